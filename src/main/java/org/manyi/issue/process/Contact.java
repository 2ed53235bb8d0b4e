package org.manyi.issue.process;

import java.time.Instant;

/**
 * A contact with the reporter, or the attempt.
 *
 * @param round 0 for the first contact
 * @param solved null when not reached
 * @param satisfaction null when not reached
 */
record Contact(
        Kind kind,
        int round,
        int attempt,
        Instant at,
        String by,
        String outcome,
        Boolean solved,
        String satisfaction,
        String note) {

    /** Which contact. */
    enum Kind {
        FIRST("first"),
        CALLBACK("callback");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }
}
