package org.manyi.calendar;

import org.manyi.calendar.CalendarChanges.Fate;

/**
 * Counts a due date again from what is kept of it: the day of receipt and the number of working days. Of a day named by people only the
 * day it became is kept; it moves on where that is a day off now. A limit in hours knows no calendar.
 */
record Recount(WorkingDays calendar) {

    /** By when it would be due; never null. */
    Due counted(Due due) {
        if (due.at() != null) {
            return due;
        }
        return due.amount() > 0 ? calendar.plus(due.from(), due.amount()) : calendar.on(due.day(), due.from());
    }

    /** What a date becomes: as {@link #counted}, but never an earlier day than somebody was told. */
    Due given(Due due) {
        Due counted = counted(due);
        return counted.day().isBefore(due.day())
                ? new Due(due.day(), due.at(), due.from(), due.amount(), due.provisional() && counted.provisional())
                : counted;
    }

    static Fate fate(Due from, Due counted) {
        if (counted.day().isAfter(from.day())) {
            return Fate.LATER;
        }
        if (counted.day().isBefore(from.day())) {
            return Fate.EARLIER;
        }
        return from.provisional() && !counted.provisional() ? Fate.SETTLED : Fate.UNCHANGED;
    }
}
