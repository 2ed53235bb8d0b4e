package org.manyi.notification;

import java.time.LocalDate;
import java.util.SortedSet;
import java.util.TreeSet;
import org.manyi.calendar.WorkingDays;

/**
 * Which due days are spoken of on a day: a task is mentioned on the last working day before its due day, on the due day, and on the
 * first working day after it.
 */
final class ReminderDays {

    /** Further from its due day than any run of days off is long. */
    private static final int REACH = 20;

    private ReminderDays() {}

    /**
     * The due days with a mark after {@code since} up to and including {@code today}; more than one day lies in between when no
     * reminders were written for a while.
     *
     * @return in order, never empty
     */
    static SortedSet<LocalDate> dueDays(LocalDate since, LocalDate today, WorkingDays calendar) {
        SortedSet<LocalDate> days = new TreeSet<>();
        for (LocalDate due = since.minusDays(REACH); !due.isAfter(today.plusDays(REACH)); due = due.plusDays(1)) {
            if (lies(since, today, due)
                    || lies(since, today, calendar.previous(due))
                    || lies(since, today, calendar.next(due))) {
                days.add(due);
            }
        }
        return days;
    }

    private static boolean lies(LocalDate since, LocalDate today, LocalDate mark) {
        return mark.isAfter(since) && !mark.isAfter(today);
    }
}
