package org.manyi.campaign;

import java.time.DayOfWeek;
import java.time.LocalTime;

/**
 * How a node comes back.
 *
 * @param every never null
 * @param weekday the day of the week; given for {@link Every#WEEK} only
 * @param dayOfMonth 1 to 31, the month's last day where it is shorter; given for {@link Every#MONTH} and {@link Every#QUARTER}, where it
 *     is a day of the quarter's last month
 * @param at the time of day by which it is due, null for the end of the day
 * @param from the first day that may bring it, never null
 * @param until the last day that may bring it, never null
 * @param period about which time each one speaks: that which it falls in, the one before or the one after (S2-08, S2-10); never null
 */
public record Recurrence(
        Every every,
        DayOfWeek weekday,
        Integer dayOfMonth,
        LocalTime at,
        DayOfPlan from,
        DayOfPlan until,
        Period period) {

    /** How often. */
    public enum Every {
        /** Once a week. */
        WEEK,
        /** Once a month. */
        MONTH,
        /** Once a quarter. */
        QUARTER
    }

    /** The time spoken about. */
    public enum Period {
        /** The one that it falls in. */
        SAME,
        /** The one before. */
        PREVIOUS,
        /** The one after. */
        NEXT
    }
}
