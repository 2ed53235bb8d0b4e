package org.manyi.calendar;

import java.time.Instant;
import java.time.LocalDate;

/** Working days with make-up days from the yearly notices (Civil Code 201, 203). */
public interface WorkingDays {

    /** Whether people work on this day: a listed make-up day, or Monday to Friday not listed as off. */
    boolean isWorkingDay(LocalDate day);

    /** Whether the year's notice is known; in an unknown year weekends and fixed-date holidays are assumed. */
    boolean isOfficial(int year);

    /**
     * The day on which something counts as received: the day it came, or, where the bureau has set it so, the next working day for
     * what came after closing.
     */
    LocalDate receivedOn(Instant at);

    /**
     * The last day of a limit in working days, counted from the day after receipt.
     *
     * @param received the day of receipt, never null
     * @param workingDays at least 1
     * @throws IllegalArgumentException when fewer than 1
     */
    Due plus(LocalDate received, int workingDays);

    /**
     * A limit in hours of clock time.
     *
     * @param hours at least 1
     * @throws IllegalArgumentException when fewer than 1
     */
    Due plusHours(Instant received, int hours);

    /**
     * A due date named by people. Where it is a day off it moves to the next working day (Civil Code 203).
     *
     * @param day never null
     * @param from the day on which it was named, never null
     */
    Due on(LocalDate day, LocalDate from);

    /** The first working day after this one; the day on which an unfinished matter turns red. */
    LocalDate next(LocalDate day);

    /** The last working day before this one; the day on which an unfinished matter turns yellow. */
    LocalDate previous(LocalDate day);

    /**
     * How many working days lie after {@code from} up to and including {@code to}; negative when {@code to} is earlier, counting
     * the working days that have passed.
     */
    int between(LocalDate from, LocalDate to);
}
