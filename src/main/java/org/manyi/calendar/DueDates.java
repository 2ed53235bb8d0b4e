package org.manyi.calendar;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Port of the rooms that keep due dates: what of theirs is open, so that it can be counted again when the calendar changes. A room lists
 * only what is not late yet; what is late stays late.
 */
public interface DueDates {

    /** What the dates belong to, the tail of the message key {@code calendar.dueDates.<name>}; never null, unique. */
    String name();

    /**
     * The keys of the tasks in the inbox that bear a date of this room and move with it; the inbox leaves them to the room. Never null.
     */
    default List<String> tasks() {
        return List.of();
    }

    /**
     * A page of what is open, by key.
     *
     * @param notBefore leaves out what is due earlier, never null
     * @param after the key of the last one seen, empty for the first page, never null
     * @param most at least 1
     */
    List<OpenDate> open(LocalDate notBefore, String after, int most);

    /**
     * Locks the case of a date until the transaction ends, and reads it.
     *
     * @return empty when it is not open any more
     */
    Optional<OpenDate> lock(String key);

    /** How dates of a room are counted again by one calendar; it may keep what it has worked out, and is used by one thread. */
    interface Recounting {

        /** By when a date is due; empty where it is counted like every other, from its day of receipt or as a named day. Never null. */
        Optional<Due> due(OpenDate date);
    }

    /**
     * How this room counts again.
     *
     * @param calendar as it will be, never null
     */
    default Recounting recounting(WorkingDays calendar) {
        return date -> Optional.empty();
    }

    /**
     * Gives what was locked in this transaction another due date, with all that hangs on it.
     *
     * @param to never null
     */
    void move(OpenDate date, Due to);

    /**
     * An open due date.
     *
     * @param key within the room, never null
     * @param caseNumber never null
     * @param due never null
     */
    record OpenDate(String key, String caseNumber, Due due) {}
}
