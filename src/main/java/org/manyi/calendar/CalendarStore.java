package org.manyi.calendar;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.manyi.calendar.CalendarChange.Kind;
import org.manyi.calendar.CalendarChange.State;
import org.manyi.calendar.DueDates.OpenDate;
import org.manyi.shared.MovableClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The rows of what was entered. */
@Component
class CalendarStore {

    private static final int MOST = 100;

    private final JdbcClient jdbc;
    private final JsonMapper json = JsonMapper.builder().build();

    CalendarStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How far the counting has come; {@code room} is null before the first batch, {@code after} is never null. */
    record Progress(CalendarChange change, String room, String after) {}

    /** What is counted in one batch. */
    record Counts(int checked, int moved, int settled, int stayed) {}

    long insert(CalendarChange change) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                        insert into calendar_change (kind, calendar_year, content, fingerprint, balance, entered_by, entered_at, state,
                            checked, moved, settled, stayed)
                        values (:kind, :year, :content, :fingerprint, :balance, :by, :at, :state, 0, 0, 0, 0)
                        """)
                .param("kind", change.kind().name())
                .param("year", change.year())
                .param("content", json.writeValueAsString(change.notice() != null ? change.notice() : change.day()))
                .param("fingerprint", change.fingerprint())
                .param("balance", change.balance())
                .param("by", change.enteredBy())
                .param("at", at(change.enteredAt()))
                .param("state", change.state().name())
                .update(key, "id");
        return Objects.requireNonNull(key.getKey()).longValue();
    }

    List<CalendarChange> latest() {
        return jdbc.sql("select * from calendar_change order by id desc limit " + MOST)
                .query((row, n) -> change(row))
                .list();
    }

    Optional<CalendarChange> find(long id) {
        return read(id, "");
    }

    Optional<CalendarChange> lock(long id) {
        return read(id, " for update");
    }

    private Optional<CalendarChange> read(long id, String suffix) {
        return jdbc.sql("select * from calendar_change where id = :id" + suffix)
                .param("id", id)
                .query((row, n) -> change(row))
                .optional();
    }

    /** Changes whenever something is put into force. */
    String edition() {
        return jdbc.sql(
                        "select count(*) as amount, max(applied_at) as latest from calendar_change where applied_at is not null")
                .query((row, n) -> row.getLong("amount") + "@" + instant(row, "latest"))
                .single();
    }

    /** What is in force, in the order in which it was put there. */
    List<CalendarChange> inForce() {
        return jdbc.sql("select * from calendar_change where applied_at is not null order by applied_at, id")
                .query((row, n) -> change(row))
                .list();
    }

    void discard(long id) {
        jdbc.sql("update calendar_change set state = :state where id = :id")
                .param("state", State.DISCARDED.name())
                .param("id", id)
                .update();
    }

    /**
     * Puts a change into force.
     *
     * @param firstDay from which day on due dates may be others, null when nothing can move
     * @param movesFrom by the machine's clock, when every node is sure to know the change
     */
    void apply(long id, LocalDate firstDay, String by, Instant now, Instant movesFrom) {
        jdbc.sql("""
                        update calendar_change
                           set state = :state, first_day = :firstDay, applied_by = :by, applied_at = :now, moves_from = :movesFrom,
                               done_at = :doneAt
                         where id = :id
                        """)
                .param("state", firstDay == null ? State.DONE.name() : State.MOVING.name())
                .param("firstDay", firstDay)
                .param("by", by)
                .param("now", at(now))
                .param("movesFrom", at(movesFrom))
                .param("doneAt", firstDay == null ? at(now) : null)
                .param("id", id)
                .update();
    }

    /** The changes whose counting is not over and may begin, in the order in which they came into force. */
    List<Long> moving(Instant system) {
        return jdbc.sql("""
                        select id from calendar_change where state = :state and moves_from <= :now and failed_at is null
                        order by applied_at, id
                        """)
                .param("state", State.MOVING.name())
                .param("now", at(system))
                .query(Long.class)
                .list();
    }

    /** Locks a change for a batch; empty when another node is at it or when it is over. */
    Optional<Progress> lockMoving(long id) {
        return jdbc.sql(
                        "select * from calendar_change where id = :id and state = :state and failed_at is null for update skip locked")
                .param("id", id)
                .param("state", State.MOVING.name())
                .query((row, n) -> new Progress(
                        change(row), row.getString("room"), Objects.requireNonNullElse(row.getString("after_key"), "")))
                .optional();
    }

    void advance(long id, String room, String after, Counts counts) {
        jdbc.sql("""
                        update calendar_change
                           set room = :room, after_key = :after, checked = checked + :checked, moved = moved + :moved,
                               settled = settled + :settled, stayed = stayed + :stayed, attempts = 0, failure = null
                         where id = :id
                        """)
                .param("room", room)
                .param("after", after)
                .param("checked", counts.checked())
                .param("moved", counts.moved())
                .param("settled", counts.settled())
                .param("stayed", counts.stayed())
                .param("id", id)
                .update();
    }

    /** Keeps that a due date is later now; once a change and date. */
    void moved(long id, String room, OpenDate date, LocalDate to) {
        jdbc.sql("""
                        insert into calendar_moved (change_id, room, date_key, case_number, from_day, to_day)
                        values (:id, :room, :key, :caseNumber, :from, :to)
                        """)
                .param("id", id)
                .param("room", room)
                .param("key", date.key())
                .param("caseNumber", date.caseNumber())
                .param("from", date.due().day())
                .param("to", to)
                .update();
    }

    /** Keeps that a batch failed; after so many in a row the change stands still. */
    void failed(long id, String failure, int most, Instant now) {
        jdbc.sql("""
                        update calendar_change
                           set attempts = attempts + 1, failure = :failure,
                               failed_at = case when attempts + 1 >= :most then :now end
                         where id = :id
                        """)
                .param("failure", failure)
                .param("most", most)
                .param("now", at(now))
                .param("id", id)
                .update();
    }

    /** Lets a change that stands still go on; answers whether it did stand still. */
    boolean retry(long id) {
        return jdbc.sql(
                                "update calendar_change set attempts = 0, failed_at = null where id = :id and failed_at is not null")
                        .param("id", id)
                        .update()
                == 1;
    }

    /** The changes that stand still, the longest first. */
    List<CalendarChange> standingStill() {
        return jdbc.sql("select * from calendar_change where failed_at is not null order by failed_at, id")
                .query((row, n) -> change(row))
                .list();
    }

    void done(long id, Instant now) {
        jdbc.sql("update calendar_change set state = :state, done_at = :now where id = :id")
                .param("state", State.DONE.name())
                .param("now", at(now))
                .param("id", id)
                .update();
    }

    private CalendarChange change(ResultSet row) throws SQLException {
        Kind kind = Kind.valueOf(row.getString("kind"));
        String content = row.getString("content");
        return new CalendarChange(
                row.getLong("id"),
                kind,
                row.getInt("calendar_year"),
                kind == Kind.NOTICE ? json.readValue(content, HolidayYear.class) : null,
                kind == Kind.DAY ? json.readValue(content, HolidayYear.Day.class) : null,
                row.getString("fingerprint"),
                row.getInt("balance"),
                row.getString("entered_by"),
                instant(row, "entered_at"),
                State.valueOf(row.getString("state")),
                row.getObject("first_day", LocalDate.class),
                row.getString("applied_by"),
                instant(row, "applied_at"),
                row.getInt("checked"),
                row.getInt("moved"),
                row.getInt("settled"),
                row.getInt("stayed"),
                instant(row, "done_at"),
                row.getString("failure"),
                instant(row, "failed_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant == null ? null : instant.atZone(MovableClock.ZONE).toOffsetDateTime();
    }
}
