package org.manyi.engine;

import java.time.Instant;
import java.util.Map;
import org.manyi.shared.CaseEvent;

/** A decision table was changed; its key is the decision's id. */
public sealed interface DecisionEvent extends CaseEvent {

    @Override
    default String objectType() {
        return "decision";
    }

    /** A draft was put into force as this version. */
    record DecisionPublished(Instant at, String actor, String caseNumber, int version, String reason)
            implements DecisionEvent {
        @Override
        public Map<String, Object> detail() {
            return Map.of("version", version, "reason", reason);
        }
    }

    /** An earlier version was put into force again, as a version of its own. */
    record DecisionRestored(Instant at, String actor, String caseNumber, int version, int from, String reason)
            implements DecisionEvent {
        @Override
        public Map<String, Object> detail() {
            return Map.of("version", version, "from", from, "reason", reason);
        }
    }

    /** A draft was thrown away. */
    record DecisionDraftDiscarded(Instant at, String actor, String caseNumber) implements DecisionEvent {}
}
