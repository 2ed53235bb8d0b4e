package org.manyi.notification;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import org.manyi.calendar.DateTexts;
import org.manyi.calendar.Due;
import org.manyi.shared.MovableClock;

/**
 * By when, in the language of the thread in which it is asked for its text: 2 月 14 日（周六，补班） 09:00. A mail is read on another day
 * than it was written, so it never says today.
 */
final class SpokenDue {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    private final Due due;
    private final DateTexts dates;

    private SpokenDue(Due due, DateTexts dates) {
        this.due = due;
        this.dates = dates;
    }

    /** Null where nothing is due. */
    static SpokenDue of(Due due, DateTexts dates) {
        return due == null ? null : new SpokenDue(due, dates);
    }

    /** A day by which something was due or is, by itself. */
    static SpokenDue ofDay(LocalDate day, DateTexts dates) {
        return new SpokenDue(new Due(day, null, day, 0, false), dates);
    }

    /** Whether it crosses a year whose holidays are not announced yet. */
    public boolean isProvisional() {
        return due.provisional();
    }

    /** Never null. */
    public String getText() {
        String day = dates.full(due.day());
        return due.at() == null ? day : day + " " + TIME.format(due.at().atZone(MovableClock.ZONE));
    }
}
