package org.manyi.calendar;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Something entered beside the shipped files.
 *
 * @param notice what a notice says, null for a single day
 * @param day the day on which the bureau closes or works, its name being the reason; null for a notice
 * @param fingerprint SHA-256 of what was sent, never null
 * @param balance a notice's days off on weekdays less its make-up days, 0 for a day
 * @param firstDay from which day on due dates may be others, null while it is a draft
 * @param appliedBy null while it is not in force
 * @param checked how many open due dates were looked at
 * @param moved how many got a later day
 * @param settled how many lost the mark of being provisional
 * @param stayed how many would be earlier and kept their day
 * @param doneAt null while the counting is not over
 * @param failure what went wrong in the last batch, without personal data; null when nothing did
 * @param failedAt since when the counting stands still until an administrator lets it go on, null when it does not
 */
public record CalendarChange(
        long id,
        Kind kind,
        int year,
        HolidayYear notice,
        HolidayYear.Day day,
        String fingerprint,
        int balance,
        String enteredBy,
        Instant enteredAt,
        State state,
        LocalDate firstDay,
        String appliedBy,
        Instant appliedAt,
        int checked,
        int moved,
        int settled,
        int stayed,
        Instant doneAt,
        String failure,
        Instant failedAt) {

    /** What was entered. */
    public enum Kind {
        /** A yearly notice. */
        NOTICE,
        /** One day, for the bureau alone. */
        DAY
    }

    /** Where it stands. */
    public enum State {
        /** Entered, to be looked at. */
        DRAFT,
        /** In force, and open due dates are being counted again. */
        MOVING,
        /** In force, and everything is counted. */
        DONE,
        /** Not wanted. */
        DISCARDED
    }

    /** Whether a notice keeps to the 13 statutory days, as every one has since 2025. */
    public boolean balanced() {
        return kind == Kind.DAY || balance == HolidayFiles.STATUTORY_DAYS;
    }
}
