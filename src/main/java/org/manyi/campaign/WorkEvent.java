package org.manyi.campaign;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.manyi.shared.CaseEvent;

/** News of a piece of the year's work, published in the transaction that changes it; each has its row in the work's history too. */
public sealed interface WorkEvent extends CaseEvent {

    @Override
    default String objectType() {
        return "campaignWork";
    }

    /**
     * It was handed in.
     *
     * @param late whether after its day
     */
    record WorkHandedIn(Instant at, String actor, String caseNumber, boolean late) implements WorkEvent {
        @Override
        public Map<String, Object> detail() {
            return Map.of("late", late);
        }
    }

    /**
     * The department entered for who did it what was done.
     *
     * @param late whether after its day
     */
    record WorkRegistered(Instant at, String actor, String caseNumber, boolean late) implements WorkEvent {
        @Override
        public Map<String, Object> detail() {
            return Map.of("late", late);
        }
    }

    /** It was sent back to be done again. */
    record WorkReturned(Instant at, String actor, String caseNumber) implements WorkEvent {}

    /** It was checked and found in order. */
    record WorkAccepted(Instant at, String actor, String caseNumber) implements WorkEvent {}

    /** It is not wanted any more. */
    record WorkWithdrawn(Instant at, String actor, String caseNumber) implements WorkEvent {}

    /** A school wrote it into its ledger. */
    record LedgerItemAdded(Instant at, String actor, String caseNumber) implements WorkEvent {}

    /** A school changed what its ledger says. */
    record LedgerItemChanged(Instant at, String actor, String caseNumber, LocalDate from, LocalDate to)
            implements WorkEvent {
        @Override
        public Map<String, Object> detail() {
            return Map.of("from", from.toString(), "to", to.toString());
        }
    }

    /** It has another day since the plan was changed. */
    record WorkDateMoved(Instant at, String actor, String caseNumber, LocalDate from, LocalDate to)
            implements WorkEvent {
        @Override
        public Map<String, Object> detail() {
            return Map.of("from", from.toString(), "to", to.toString());
        }
    }

    /** Who does it asked for a later day. */
    record LaterDateAsked(Instant at, String actor, String caseNumber, LocalDate wanted) implements WorkEvent {
        @Override
        public Map<String, Object> detail() {
            return Map.of("to", wanted.toString());
        }
    }

    /** It has a later day, as asked. */
    record LaterDateGranted(Instant at, String actor, String caseNumber, LocalDate from, LocalDate to)
            implements WorkEvent {
        @Override
        public Map<String, Object> detail() {
            return Map.of("from", from.toString(), "to", to.toString());
        }
    }

    /** It keeps its day. */
    record LaterDateRefused(Instant at, String actor, String caseNumber) implements WorkEvent {}
}
