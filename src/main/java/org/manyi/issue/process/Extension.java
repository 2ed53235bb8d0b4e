package org.manyi.issue.process;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A request for more time in a round.
 *
 * @param id null before it is written
 * @param decision null while pending, and when withdrawn
 */
record Extension(
        Long id,
        int round,
        String requestedBy,
        Instant requestedAt,
        int workingDays,
        String reason,
        State state,
        Decision decision) {

    /** How it stands. */
    enum State {
        PENDING("pending"),
        GRANTED("granted"),
        REFUSED("refused"),
        WITHDRAWN("withdrawn");

        private final String code;

        State(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /** What was decided; days and date are null when refused. */
    record Decision(String by, Instant at, Integer workingDays, LocalDate dueDate, String reason) {}

    static Extension requested(int round, String by, Instant at, int workingDays, String reason) {
        return new Extension(null, round, by, at, workingDays, reason, State.PENDING, null);
    }

    Extension granted(Decision decision) {
        return new Extension(id, round, requestedBy, requestedAt, workingDays, reason, State.GRANTED, decision);
    }

    Extension refused(Decision decision) {
        return new Extension(id, round, requestedBy, requestedAt, workingDays, reason, State.REFUSED, decision);
    }

    Extension withdrawn() {
        return new Extension(id, round, requestedBy, requestedAt, workingDays, reason, State.WITHDRAWN, null);
    }
}
