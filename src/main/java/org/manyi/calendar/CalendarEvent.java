package org.manyi.calendar;

import java.time.Instant;
import java.util.Map;
import org.manyi.shared.CaseEvent;

/** Somebody did something to the calendar itself; its case is the change's number. */
public sealed interface CalendarEvent extends CaseEvent {

    @Override
    default String objectType() {
        return "calendar";
    }

    /**
     * A notice or a day was entered; it is not in force.
     *
     * @param kind never null
     * @param year the notice's or the day's
     * @param fingerprint SHA-256 of what was sent, never null
     */
    record CalendarChangeEntered(Instant at, String actor, String caseNumber, String kind, int year, String fingerprint)
            implements CalendarEvent {

        @Override
        public Map<String, Object> detail() {
            return Map.of("kind", kind, "year", year, "fingerprint", fingerprint);
        }
    }

    /** What was entered is in force from now on. */
    record CalendarChangeApplied(Instant at, String actor, String caseNumber) implements CalendarEvent {}

    /** What was entered is not wanted. */
    record CalendarChangeDiscarded(Instant at, String actor, String caseNumber) implements CalendarEvent {}

    /** An administrator let the counting go on that stood still after failures. */
    record DueDatesRetried(Instant at, String actor, String caseNumber) implements CalendarEvent {}

    /**
     * All open due dates are counted again.
     *
     * @param moved how many are later now
     * @param settled how many were provisional and are not any more
     * @param stayed how many would be earlier and kept their day
     */
    record DueDatesRecounted(Instant at, String actor, String caseNumber, int moved, int settled, int stayed)
            implements CalendarEvent {

        @Override
        public Map<String, Object> detail() {
            return Map.of("moved", moved, "settled", settled, "stayed", stayed);
        }
    }
}
