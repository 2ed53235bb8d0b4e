package org.manyi.issue.process;

import java.time.Instant;
import java.util.Arrays;

/**
 * A contact with the reporter, or the attempt.
 *
 * @param round 0 before the first
 * @param solved null when not reached
 * @param satisfaction null when not reached
 * @param question what the department wanted to know, null for other contacts
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
        String question,
        String note) {

    /** Which contact. */
    enum Kind {
        FIRST("first"),
        QUESTION("question"),
        CALLBACK("callback");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }

        static Kind of(String code) {
            return Arrays.stream(values())
                    .filter(it -> it.code.equals(code))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
