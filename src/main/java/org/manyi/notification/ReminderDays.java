package org.manyi.notification;

import java.time.LocalDate;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.manyi.calendar.WorkingDays;

/** Which due days are spoken of on a day, by marks: so many days before the due day, 0 for the day itself, negative for days after it. */
final class ReminderDays {

    /** Further from its due day than any run of days off is long. */
    private static final int REACH = 20;

    private ReminderDays() {}

    /**
     * The due days with a mark after {@code since} up to and including {@code today}, counted in working days; more than one day lies in
     * between when no reminders were written for a while.
     *
     * @return in order; empty when nothing is spoken of
     */
    static SortedSet<LocalDate> dueDays(
            LocalDate since, LocalDate today, Collection<Integer> marks, WorkingDays calendar) {
        return among(since, today, marks, (due, mark) -> workingDay(due, mark, calendar));
    }

    /**
     * The same, counted in days of the calendar as a year's plan does. A mark on a day off is spoken of on the last working day before it,
     * and after the due day on the next working day.
     */
    static SortedSet<LocalDate> dueDaysByCalendar(
            LocalDate since, LocalDate today, Collection<Integer> marks, WorkingDays calendar) {
        return among(since, today, marks, (due, mark) -> {
            LocalDate day = due.minusDays(mark);
            if (mark == 0 || calendar.isWorkingDay(day)) {
                return day;
            }
            return mark > 0 ? calendar.previous(day) : calendar.next(day);
        });
    }

    private interface Marked {
        LocalDate day(LocalDate due, int mark);
    }

    private static SortedSet<LocalDate> among(
            LocalDate since, LocalDate today, Collection<Integer> marks, Marked marked) {
        SortedSet<LocalDate> days = new TreeSet<>();
        for (int mark : marks) {
            int reach = REACH + 2 * Math.abs(mark);
            LocalDate last = today.plusDays(reach);
            for (LocalDate due = since.minusDays(reach); !due.isAfter(last); due = due.plusDays(1)) {
                LocalDate day = marked.day(due, mark);
                if (day.isAfter(since) && !day.isAfter(today)) {
                    days.add(due);
                }
            }
        }
        return days;
    }

    /** The working day so many before the day, or after it where negative. */
    private static LocalDate workingDay(LocalDate due, int mark, WorkingDays calendar) {
        UnaryOperator<LocalDate> step = mark > 0 ? calendar::previous : calendar::next;
        LocalDate day = due;
        for (int i = 0; i < Math.abs(mark); i++) {
            day = step.apply(day);
        }
        return day;
    }
}
