package org.manyi.issue.process;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A request to put a round on the shelf, or to leave it there longer.
 *
 * @param id null before it is written
 * @param daysLeft how many working days the round had left when it was first asked, at least 1
 * @param decision null while pending, and when withdrawn
 * @param endedAt null until it is off the shelf or another one follows
 */
record Shelving(
        Long id,
        int round,
        String requestedBy,
        Instant requestedAt,
        String reason,
        LocalDate reviewOn,
        int daysLeft,
        State state,
        Decision decision,
        Instant endedAt) {

    /** How it stands. */
    enum State {
        PENDING("pending"),
        SHELVED("shelved"),
        REFUSED("refused"),
        WITHDRAWN("withdrawn"),
        ENDED("ended");

        private final String code;

        State(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    /** Who decided, and why; the reason may be null when it was approved. */
    record Decision(String by, Instant at, String reason) {}

    static Shelving requested(int round, String by, Instant at, String reason, LocalDate reviewOn, int daysLeft) {
        return new Shelving(null, round, by, at, reason, reviewOn, daysLeft, State.PENDING, null, null);
    }

    Shelving decided(boolean approved, Decision made) {
        return new Shelving(
                id,
                round,
                requestedBy,
                requestedAt,
                reason,
                reviewOn,
                daysLeft,
                approved ? State.SHELVED : State.REFUSED,
                made,
                null);
    }

    Shelving withdrawn(Instant at) {
        return over(State.WITHDRAWN, at);
    }

    Shelving ended(Instant at) {
        return over(State.ENDED, at);
    }

    private Shelving over(State as, Instant at) {
        return new Shelving(id, round, requestedBy, requestedAt, reason, reviewOn, daysLeft, as, decision, at);
    }
}
