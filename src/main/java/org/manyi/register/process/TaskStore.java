package org.manyi.register.process;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.manyi.calendar.Due;
import org.manyi.inbox.CaseAccess;
import org.manyi.register.MeetingTasks;
import org.manyi.register.RegisterEvent;
import org.manyi.register.TaskState;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps what meetings gave to do; every change by a person goes with its event and its row of history. */
@Repository
class TaskStore {

    private static final String SELECT = """
            select t.*, m.title as meeting_title, m.department_code, u.short_name as unit_name
            from register_task t join register_meeting m on m.number = t.meeting_number join org_unit u on u.code = t.unit_code
            """;

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    TaskStore(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    TaskRow find(String number) {
        return jdbc.sql(SELECT + " where t.number = :number")
                .param("number", number)
                .query((row, n) -> row(row))
                .optional()
                .orElseThrow(NotFoundException::new);
    }

    List<TaskRow> of(String meeting, CaseAccess.Condition seen) {
        return jdbc.sql(SELECT + " where t.meeting_number = :meeting and " + seen.sql() + " order by t.place")
                .params(seen.params())
                .param("meeting", meeting)
                .query((row, n) -> row(row))
                .list();
    }

    int open(CaseAccess.Condition seen) {
        return jdbc.sql("select count(*) from register_task t where t.state <> 'done' and " + seen.sql())
                .params(seen.params())
                .query(Integer.class)
                .single();
    }

    /** The place behind the others of a meeting. */
    int nextPlace(String meeting) {
        return jdbc.sql("select coalesce(max(place), 0) + 1 from register_task where meeting_number = :meeting")
                .param("meeting", meeting)
                .query(Integer.class)
                .single();
    }

    /** Writes down what was given. */
    void give(
            String number,
            String meeting,
            int place,
            String unit,
            String what,
            LocalDate named,
            Due due,
            String by,
            Instant at) {
        jdbc.sql("""
                        insert into register_task (number, meeting_number, place, unit_code, what, named_day, due_on, provisional, state,
                            given_by, given_at, files, late, returns)
                        values (:number, :meeting, :place, :unit, :what, :named, :due, :provisional, 'open', :by, :at, '', false, 0)
                        """)
                .param("number", number)
                .param("meeting", meeting)
                .param("place", place)
                .param("unit", unit)
                .param("what", what)
                .param("named", named)
                .param("due", due.day())
                .param("provisional", due.provisional())
                .param("by", by)
                .param("at", timestamp(at))
                .update();
        enter(new RegisterEvent.MeetingTaskGiven(at, by, number, unit, due.day()), null);
    }

    void handIn(String number, String report, List<String> files, boolean late, String by, Instant at) {
        jdbc.sql("""
                        update register_task set state = 'checking', report = :report, files = :files, late = :late, handed_in_by = :by,
                            handed_in_at = :at, returned_reason = null
                        where number = :number
                        """)
                .param("report", report)
                .param("files", String.join(",", files))
                .param("late", late)
                .param("by", by)
                .param("at", timestamp(at))
                .param("number", number)
                .update();
        enter(new RegisterEvent.MeetingTaskHandedIn(at, by, number, late), null);
    }

    void giveBack(String number, String reason, LocalDate due, boolean provisional, String by, Instant at) {
        jdbc.sql("""
                        update register_task set state = 'returned', returned_reason = :reason, returns = returns + 1, named_day = :due,
                            due_on = :due, provisional = :provisional
                        where number = :number
                        """)
                .param("reason", reason)
                .param("due", due)
                .param("provisional", provisional)
                .param("number", number)
                .update();
        enter(new RegisterEvent.MeetingTaskReturned(at, by, number), reason);
    }

    void confirm(String number, String note, String by, Instant at) {
        enter(new RegisterEvent.MeetingTaskConfirmed(at, by, number), note);
    }

    void close(String number, Instant at) {
        jdbc.sql("update register_task set state = 'done', done_at = :at where number = :number")
                .param("at", timestamp(at))
                .param("number", number)
                .update();
    }

    private void enter(RegisterEvent.TaskNews event, String reason) {
        jdbc.sql("""
                        insert into register_task_history (number, place, at, actor, event, reason)
                        values (:number, (select coalesce(max(h.place), 0) + 1 from register_task_history h where h.number = :number),
                            :at, :actor, :event, :reason)
                        """)
                .param("number", event.caseNumber())
                .param("at", timestamp(event.at()))
                .param("actor", event.actor())
                .param("event", event.name())
                .param("reason", reason)
                .update();
        events.publishEvent(event);
    }

    /** What happened, the newest first. */
    List<MeetingTasks.Entry> history(String number) {
        return jdbc.sql("""
                        select h.at, h.event, h.reason, coalesce(a.name, h.actor) as actor_name from register_task_history h
                            left join account a on a.username = h.actor
                        where h.number = :number order by h.place desc
                        """)
                .param("number", number)
                .query((row, n) -> new MeetingTasks.Entry(
                        timestamp(instant(row, "at")),
                        row.getString("actor_name"),
                        row.getString("event"),
                        row.getString("reason")))
                .list();
    }

    private static TaskRow row(ResultSet row) throws SQLException {
        String files = row.getString("files");
        return new TaskRow(
                row.getString("number"),
                row.getString("meeting_number"),
                row.getString("meeting_title"),
                row.getString("department_code"),
                row.getString("unit_code"),
                row.getString("unit_name"),
                row.getString("what"),
                row.getObject("named_day", LocalDate.class),
                row.getObject("due_on", LocalDate.class),
                row.getBoolean("provisional"),
                TaskState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                instant(row, "given_at"),
                row.getString("report"),
                files.isEmpty() ? List.of() : Arrays.asList(files.split(",")),
                row.getString("handed_in_by"),
                instant(row, "handed_in_at"),
                row.getBoolean("late"),
                row.getInt("returns"),
                row.getString("returned_reason"));
    }

    static OffsetDateTime timestamp(Instant instant) {
        return instant == null ? null : instant.atZone(MovableClock.ZONE).toOffsetDateTime();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
