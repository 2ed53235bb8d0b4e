package org.manyi.security;

/** An empty database cannot be taken into use; the program ends. */
class FirstStartRefusedException extends RuntimeException {

    FirstStartRefusedException(String message) {
        super(message);
    }
}
