package org.manyi.notification;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import org.manyi.calendar.WorkingDays;
import org.manyi.shared.MovableClock;

/**
 * When a person is not to be disturbed.
 *
 * @param from the beginning, never null; the same as {@code until} when there are none
 * @param until the end, on the same day or the next; never null
 * @param restDays whether days off are quiet too
 */
public record QuietHours(LocalTime from, LocalTime until, boolean restDays) {

    /** Those of a person who has said nothing. */
    public static final QuietHours USUAL = new QuietHours(LocalTime.of(21, 0), LocalTime.of(7, 0), true);

    /** The same hours without the days off. */
    QuietHours onThisDay() {
        return new QuietHours(from, until, false);
    }

    /** When a mail of this moment may go; the moment itself outside the quiet hours. */
    Instant after(Instant moment, WorkingDays calendar) {
        ZonedDateTime at = moment.atZone(MovableClock.ZONE);
        LocalTime time = at.toLocalTime();
        LocalDate day = at.toLocalDate();
        boolean overnight = from.isAfter(until);
        boolean late = !time.isBefore(from);
        boolean early = time.isBefore(until);
        boolean quiet = overnight ? late || early : late && early;
        if (quiet && overnight && late) {
            day = day.plusDays(1);
        }
        if (restDays && !calendar.isWorkingDay(day)) {
            day = calendar.next(day);
            quiet = true;
        }
        return quiet ? day.atTime(until).atZone(MovableClock.ZONE).toInstant() : moment;
    }
}
