package org.manyi.backup;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.manyi.shared.MovableClock;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code backup_run}. */
@Repository
class BackupRuns {

    private static final Duration DEAD = Duration.ofMinutes(5);

    private final JdbcClient jdbc;
    private final MovableClock clock;

    BackupRuns(JdbcClient jdbc, MovableClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Asks for one, unless there is one under this key. */
    void request(String uniqueKey, String username) {
        try {
            jdbc.sql("insert into backup_run (unique_key, requested_by, requested_at) values (:key, :user, :now)")
                    .param("key", uniqueKey)
                    .param("user", username)
                    .param("now", now())
                    .update();
        } catch (DuplicateKeyException e) {
            // Another node was first, which is as good.
        }
    }

    boolean isKnown(String uniqueKey) {
        return jdbc.sql("select 1 from backup_run where unique_key = :key")
                .param("key", uniqueKey)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    Optional<BackupRun> takeNext() {
        return latest(100).stream()
                .filter(run -> run.state() == BackupRun.State.WAITING)
                .filter(run -> jdbc.sql("update backup_run set working_at = :now where id = :id and working_at is null")
                                .param("now", now())
                                .param("id", run.id())
                                .update()
                        == 1)
                .findFirst();
    }

    void beAlive(long id) {
        jdbc.sql("update backup_run set working_at = :now where id = :id")
                .param("now", now())
                .param("id", id)
                .update();
    }

    void made(long id, String fileName, Summary summary, long archiveBytes) {
        jdbc.sql("""
                        update backup_run set ended_at = :now, file_name = :file, table_rows = :rows, files = :files,
                            file_bytes = :bytes, archive_bytes = :archive, damaged = :damaged
                        where id = :id
                        """)
                .param("now", now())
                .param("file", fileName)
                .param("rows", summary.rows())
                .param("files", summary.files())
                .param("bytes", summary.bytes())
                .param("archive", archiveBytes)
                .param("damaged", summary.damaged().size())
                .param("id", id)
                .update();
    }

    void failed(long id, String code) {
        jdbc.sql("update backup_run set ended_at = :now, failure = :code where id = :id")
                .param("now", now())
                .param("code", code)
                .param("id", id)
                .update();
    }

    List<BackupRun> latest(int n) {
        return jdbc.sql("select * from backup_run order by id desc fetch first :n rows only")
                .param("n", n)
                .query((row, number) -> run(row))
                .list();
    }

    private BackupRun run(ResultSet row) throws SQLException {
        Instant working = instant(row, "working_at");
        Instant ended = instant(row, "ended_at");
        String failure = row.getString("failure");
        return new BackupRun(
                row.getLong("id"),
                row.getString("requested_by"),
                instant(row, "requested_at"),
                state(working, ended, failure),
                ended,
                row.getString("file_name"),
                row.getLong("table_rows"),
                row.getLong("files"),
                row.getLong("archive_bytes"),
                row.getInt("damaged"),
                failure);
    }

    private BackupRun.State state(Instant working, Instant ended, String failure) {
        if (ended != null) {
            return failure == null ? BackupRun.State.MADE : BackupRun.State.FAILED;
        }
        if (working == null) {
            return BackupRun.State.WAITING;
        }
        boolean dead = working.isBefore(clock.system().instant().minus(DEAD));
        return dead ? BackupRun.State.INTERRUPTED : BackupRun.State.WORKING;
    }

    private OffsetDateTime now() {
        return clock.system().instant().atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }
}
