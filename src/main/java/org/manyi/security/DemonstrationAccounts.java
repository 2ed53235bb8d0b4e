package org.manyi.security;

import java.util.List;

/** The well-known accounts of the demonstration district, which its login page offers. */
public interface DemonstrationAccounts {

    /**
     * An account as the login page offers it.
     *
     * @param username never null
     * @param name never null
     * @param units the names of the units in which the person holds a post, empty for an administrator; never null
     * @param password the well-known one, never null
     */
    record Shown(String username, String name, List<String> units, String password) {}

    /** The accounts to offer, those of schools only by example; empty where this is no demonstration; never null. */
    List<Shown> shown();
}
