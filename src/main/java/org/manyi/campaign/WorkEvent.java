package org.manyi.campaign;

import java.time.Instant;
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

    /** It was sent back to be done again. */
    record WorkReturned(Instant at, String actor, String caseNumber) implements WorkEvent {}

    /** It was checked and found in order. */
    record WorkAccepted(Instant at, String actor, String caseNumber) implements WorkEvent {}
}
