package org.manyi.org;

import java.time.Instant;
import java.util.Map;
import org.manyi.shared.CaseEvent;

/** A kind of institution was changed; its key is the kind's code. */
public sealed interface KindEvent extends CaseEvent {

    @Override
    default String objectType() {
        return "kind";
    }

    /** There is a new one. */
    record KindAdded(Instant at, String actor, String caseNumber, String called, String remit) implements KindEvent {
        @Override
        public Map<String, Object> detail() {
            return Map.of("name", called, "remit", remit);
        }
    }

    /** It has another name; old and new in one text. */
    record KindRenamed(Instant at, String actor, String caseNumber, String called) implements KindEvent {
        @Override
        public Map<String, Object> detail() {
            return Map.of("name", called);
        }
    }

    /** It stands a place further to the front. */
    record KindMoved(Instant at, String actor, String caseNumber) implements KindEvent {}

    /** It is given to no further unit. */
    record KindRetired(Instant at, String actor, String caseNumber) implements KindEvent {}

    /** It may be given to units again. */
    record KindOffered(Instant at, String actor, String caseNumber) implements KindEvent {}
}
