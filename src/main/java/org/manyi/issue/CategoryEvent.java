package org.manyi.issue;

import java.time.Instant;
import java.util.Map;
import org.manyi.shared.CaseEvent;

/** A category of issues was changed; its key is the category's code. */
public sealed interface CategoryEvent extends CaseEvent {

    @Override
    default String objectType() {
        return "category";
    }

    /** There is a new one. */
    record CategoryAdded(Instant at, String actor, String caseNumber, String called) implements CategoryEvent {
        @Override
        public Map<String, Object> detail() {
            return Map.of("name", called);
        }
    }

    /** It has another name; old and new in one text. */
    record CategoryRenamed(Instant at, String actor, String caseNumber, String called) implements CategoryEvent {
        @Override
        public Map<String, Object> detail() {
            return Map.of("name", called);
        }
    }

    /** It stands a place further to the front. */
    record CategoryMoved(Instant at, String actor, String caseNumber) implements CategoryEvent {}

    /** It is not offered any more. */
    record CategoryRetired(Instant at, String actor, String caseNumber) implements CategoryEvent {}

    /** It is offered again. */
    record CategoryOffered(Instant at, String actor, String caseNumber) implements CategoryEvent {}
}
