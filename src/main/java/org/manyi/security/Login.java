package org.manyi.security;

import java.util.Set;

/**
 * Somebody who came in.
 *
 * @param user who, with the roles and posts of now
 * @param epoch the account's epoch: once the account's is another, this login is over
 * @param due what has to be done before anything else is open to him
 */
record Login(CurrentUser user, int epoch, Due due) {

    /** What stands between a login and the work, in this order. */
    enum Due {
        /** The code of the second factor: until it is given nobody is at work yet. */
        CODE("/login/code"),
        /** Another password. */
        PASSWORD("/password"),
        /** The second factor is to be set up. */
        ENROLMENT("/second-factor"),
        /** Nothing. */
        NOTHING(null);

        private final String page;

        Due(String page) {
            this.page = page;
        }

        /** Where it is done; null for nothing. */
        String page() {
            return page;
        }

        /** Whether a place is open meanwhile. */
        boolean opens(String path) {
            return this == NOTHING
                    || path.equals(page)
                    || Set.of("/logout", "/error").contains(path);
        }
    }

    boolean passwordDue() {
        return due == Due.PASSWORD;
    }

    /** Whether the person is in, though something may still be due. */
    boolean isComplete() {
        return due != Due.CODE;
    }
}
