package org.manyi.register;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.manyi.shared.Cursor;
import org.manyi.shared.ValidationException;

/** Reads what a cursor of ours holds. */
final class Cursors {

    private static final int FIRST = 1900;
    private static final int LAST = 2999;

    private Cursors() {}

    /** A day in a cursor. */
    static LocalDate day(Cursor cursor, int part) {
        try {
            LocalDate day = LocalDate.parse(cursor.parts().get(part));
            if (day.getYear() >= FIRST && day.getYear() <= LAST) {
                return day;
            }
        } catch (DateTimeParseException e) {
            // Told below, like a day that no row has and some databases cannot hold.
        }
        throw ValidationException.of("cursor", "malformed", "shared.problem.cursor");
    }
}
