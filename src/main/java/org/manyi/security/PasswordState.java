package org.manyi.security;

/** How an account came to its password, which decides whether it must be changed first. */
enum PasswordState {
    /** There is none: nobody can log in. */
    NONE,
    /** Set by whoever installed the system: pages ask for another at the first login; programs may go on with it. */
    INITIAL,
    /** Handed out by the security administrator: good for nothing but choosing an own one. */
    TEMPORARY,
    /** Chosen by the person. */
    OWN,
    /** The well-known one of the demonstration district: never changed by force, never too old. */
    DEMONSTRATION
}
