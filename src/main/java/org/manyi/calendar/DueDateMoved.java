package org.manyi.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.manyi.shared.CaseEvent;

/**
 * A change of the calendar gave an open matter a later day, or made a provisional day final.
 *
 * @param at business time, never null
 * @param actor who put the change into force, never null
 * @param caseNumber never null
 * @param change the change's number
 * @param room whose date it is, as {@link DueDates#name}; never null
 * @param from the day until now, never null
 * @param to the day from now on, never null
 * @param provisional whether it still is
 */
public record DueDateMoved(
        Instant at,
        String actor,
        String caseNumber,
        long change,
        String room,
        LocalDate from,
        LocalDate to,
        boolean provisional)
        implements CaseEvent {

    @Override
    public String objectType() {
        return "dueDate";
    }

    @Override
    public Map<String, Object> detail() {
        return Map.of(
                "calendarChange",
                change,
                "room",
                room,
                "from",
                from.toString(),
                "to",
                to.toString(),
                "provisional",
                provisional);
    }
}
