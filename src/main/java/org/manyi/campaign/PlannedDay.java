package org.manyi.campaign;

import java.time.LocalDate;
import java.time.LocalTime;

/**
 * A time that a node is due.
 *
 * @param node the node's id, never null
 * @param occurrence 0 but for recurring nodes, which count theirs from 1
 * @param starts when it opens, never null, never after {@code due}
 * @param named the day that the plan's rule names, never null
 * @param due the day after the rule for rest days, never null
 * @param at the time of that day, null for its end
 * @param periodStarts the first day of the time that it speaks about, null but for recurring nodes
 * @param periodEnds the last day of it, null but for recurring nodes
 * @param provisional true when it lies in a year whose holiday notice is not known yet
 */
public record PlannedDay(
        String node,
        int occurrence,
        LocalDate starts,
        LocalDate named,
        LocalDate due,
        LocalTime at,
        LocalDate periodStarts,
        LocalDate periodEnds,
        boolean provisional) {

    /** Whether the rule for rest days moved it. */
    public boolean moved() {
        return !due.equals(named);
    }
}
