package org.manyi.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;
import org.manyi.calendar.Due;
import org.manyi.shared.MovableClock;

/**
 * A row of {@code inbox_task}, but for its texts to search and what was submitted.
 *
 * @param overdueFrom the first instant at which it is late, never null
 */
record TaskRow(
        String id,
        String key,
        String process,
        String caseNumber,
        String title,
        String schoolCode,
        String districtCode,
        String assignee,
        Urgency urgency,
        Integer round,
        Due due,
        Instant overdueFrom,
        Instant createdAt,
        int version,
        State state,
        String doneBy,
        Instant doneAt) {

    static final String COLUMNS = """
            t.task_id, t.task_key, t.process, t.case_number, t.title, t.school_code, t.district_code, t.assignee, t.urgency,
            t.round_number, t.due_date, t.due_at, t.due_from, t.due_amount, t.provisional, t.overdue_from, t.created_at,
            t.version, t.state, t.done_by, t.done_at""";

    /** Where a task stands. */
    enum State {
        /** To be done. */
        OPEN,
        /** Completed by somebody. */
        DONE,
        /** Ended by its process without anybody completing it. */
        WITHDRAWN;

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    TaskRef ref() {
        return new TaskRef(id, key, process, caseNumber);
    }

    boolean open() {
        return state == State.OPEN;
    }

    TaskRow assignedTo(String username) {
        return new TaskRow(
                id,
                key,
                process,
                caseNumber,
                title,
                schoolCode,
                districtCode,
                username,
                urgency,
                round,
                due,
                overdueFrom,
                createdAt,
                version,
                state,
                doneBy,
                doneAt);
    }

    static TaskRow read(ResultSet row, int index) throws SQLException {
        return new TaskRow(
                row.getString("task_id"),
                row.getString("task_key"),
                row.getString("process"),
                row.getString("case_number"),
                row.getString("title"),
                row.getString("school_code"),
                row.getString("district_code"),
                row.getString("assignee"),
                Urgency.of(row.getString("urgency")),
                row.getObject("round_number", Integer.class),
                new Due(
                        row.getObject("due_date", LocalDate.class),
                        instant(row, "due_at"),
                        row.getObject("due_from", LocalDate.class),
                        row.getInt("due_amount"),
                        row.getBoolean("provisional")),
                instant(row, "overdue_from"),
                instant(row, "created_at"),
                row.getInt("version"),
                State.of(row.getString("state")),
                row.getString("done_by"),
                instant(row, "done_at"));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    /** An instant as a column takes it; null stays null. */
    static OffsetDateTime at(Instant instant) {
        return instant == null ? null : instant.atZone(MovableClock.ZONE).toOffsetDateTime();
    }

    /** The first instant at which something due then is late: the limit itself, or the start of the next calendar day. */
    static Instant overdueFrom(Due due) {
        return due.at() != null ? due.at() : MovableClock.startOf(due.day().plusDays(1));
    }
}
