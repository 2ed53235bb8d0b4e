package org.manyi.calendar;

import org.manyi.calendar.CalendarChange.State;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a node does in the background with a change of the calendar that is in force, done at once; and taking all of it back. */
@Component
public class CalendarMoves {

    private final CalendarChanges changes;
    private final DueDateMover mover;
    private final HolidayBook book;
    private final JdbcClient jdbc;

    CalendarMoves(CalendarChanges changes, DueDateMover mover, HolidayBook book, JdbcClient jdbc) {
        this.changes = changes;
        this.mover = mover;
        this.book = book;
        this.jdbc = jdbc;
    }

    /** Counts the open due dates again, batch by batch, until all are. */
    public void carry(long id) {
        while (changes.find(id).state() == State.MOVING) {
            mover.step(id);
        }
    }

    /** The calendar as shipped. */
    public void takeBack() {
        jdbc.sql("delete from calendar_change").update();
        book.refresh();
    }
}
