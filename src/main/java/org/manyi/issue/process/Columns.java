package org.manyi.issue.process;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.manyi.shared.MovableClock;

/** Reads and writes column values alike on both databases. */
final class Columns {

    private Columns() {}

    static OffsetDateTime timestamp(Instant instant) {
        return instant == null ? null : instant.atZone(MovableClock.ZONE).toOffsetDateTime();
    }

    /** In the bureau's offset, whatever the driver's. */
    static OffsetDateTime timestamp(ResultSet row, String column) throws SQLException {
        return timestamp(instant(row, column));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    static LocalDate day(ResultSet row, String column) throws SQLException {
        return row.getObject(column, LocalDate.class);
    }

    static Integer number(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    static Boolean flag(ResultSet row, String column) throws SQLException {
        boolean value = row.getBoolean(column);
        return row.wasNull() ? null : value;
    }
}
