package org.manyi.issue.process;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Keeps what was put on the shelf, or was to be. */
@Repository
class ShelvingStore {

    private final JdbcClient jdbc;

    ShelvingStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(String number, Shelving shelving) {
        jdbc.sql("""
                        insert into issue_shelving (number, round, requested_by, requested_at, reason, review_on, days_left, state)
                        values (:number, :round, :by, :at, :reason, :reviewOn, :daysLeft, :state)
                        """)
                .param("number", number)
                .param("round", shelving.round())
                .param("by", shelving.requestedBy())
                .param("at", Columns.timestamp(shelving.requestedAt()))
                .param("reason", shelving.reason())
                .param("reviewOn", shelving.reviewOn())
                .param("daysLeft", shelving.daysLeft())
                .param("state", shelving.state().code())
                .update();
    }

    void update(Shelving shelving) {
        Shelving.Decision decision = shelving.decision();
        jdbc.sql("""
                        update issue_shelving
                           set state = :state, decided_by = :by, decided_at = :at, decision_reason = :reason, ended_at = :endedAt
                         where id = :id
                        """)
                .param("state", shelving.state().code())
                .param("by", decision == null ? null : decision.by())
                .param("at", decision == null ? null : Columns.timestamp(decision.at()))
                .param("reason", decision == null ? null : decision.reason())
                .param("endedAt", Columns.timestamp(shelving.endedAt()))
                .param("id", shelving.id())
                .update();
    }

    /** The request that a leader has still to decide on. */
    Optional<Shelving> pending(String number) {
        return latest(number, Shelving.State.PENDING);
    }

    /** By which the issue is on the shelf now. */
    Optional<Shelving> current(String number) {
        return latest(number, Shelving.State.SHELVED);
    }

    /** Since when it has rested without a break; empty when it never has. */
    Optional<Instant> since(String number) {
        return jdbc.sql("""
                        select happened_at from issue_history
                         where number = :number and to_status = 'shelved' and from_status <> 'shelved'
                         order by id desc fetch first 1 rows only
                        """)
                .param("number", number)
                .query((row, n) -> Columns.instant(row, "happened_at"))
                .optional();
    }

    /** All of a case, in order. */
    List<Shelving> of(String number) {
        return jdbc.sql("select * from issue_shelving where number = :number order by id")
                .param("number", number)
                .query(ShelvingStore::read)
                .list();
    }

    private Optional<Shelving> latest(String number, Shelving.State state) {
        return of(number).stream().filter(shelving -> shelving.state() == state).reduce((earlier, later) -> later);
    }

    private static Shelving read(ResultSet row, int n) throws SQLException {
        String state = row.getString("state");
        Instant decidedAt = Columns.instant(row, "decided_at");
        return new Shelving(
                row.getLong("id"),
                row.getInt("round"),
                row.getString("requested_by"),
                Columns.instant(row, "requested_at"),
                row.getString("reason"),
                Columns.day(row, "review_on"),
                row.getInt("days_left"),
                Arrays.stream(Shelving.State.values())
                        .filter(it -> it.code().equals(state))
                        .findFirst()
                        .orElseThrow(),
                decidedAt == null
                        ? null
                        : new Shelving.Decision(
                                row.getString("decided_by"), decidedAt, row.getString("decision_reason")),
                Columns.instant(row, "ended_at"));
    }
}
