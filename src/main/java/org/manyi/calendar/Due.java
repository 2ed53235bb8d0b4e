package org.manyi.calendar;

import java.time.Instant;
import java.time.LocalDate;

/**
 * By when something is due, and how that came about.
 *
 * @param day the last day on which it is in time, never null; overdue from the next calendar day, red from the next working day
 * @param at the instant where a limit is in hours, else null
 * @param from the day (or the instant's day) from which it was counted, never null; the day itself is not counted
 * @param amount how many working days or hours were counted, 0 where people named the day
 * @param provisional true when it crosses a year whose holiday notice is not known yet; shown, never silent
 */
public record Due(LocalDate day, Instant at, LocalDate from, int amount, boolean provisional) {}
