package org.manyi.calendar;

import java.util.HashMap;
import java.util.Map;
import org.manyi.calendar.CalendarChanges.Fate;
import org.manyi.calendar.DueDates.OpenDate;

/**
 * Counts a due date again from what is kept of it: the day of receipt and the number of working days. Of a day named by people only the
 * day it became is kept; it moves on where that is a day off now. A limit in hours knows no calendar.
 */
class Recount {

    private final WorkingDays calendar;
    private final Map<String, DueDates.Recounting> rooms = new HashMap<>();

    Recount(WorkingDays calendar) {
        this.calendar = calendar;
    }

    /** By when a date of the room would be due; never null. */
    Due counted(DueDates room, OpenDate date) {
        return rooms.computeIfAbsent(room.name(), name -> room.recounting(calendar))
                .due(date)
                .orElseGet(() -> counted(date.due()));
    }

    private Due counted(Due due) {
        if (due.at() != null) {
            return due;
        }
        return due.amount() > 0 ? calendar.plus(due.from(), due.amount()) : calendar.on(due.day(), due.from());
    }

    /** What a date becomes: as counted, but never an earlier day than somebody was told. */
    static Due given(Due due, Due counted) {
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
