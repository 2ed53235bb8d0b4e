package org.manyi.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.manyi.shared.MovableClock;
import org.manyi.shared.PersonalData;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What was answered to a request that carried an idempotency key, so that it can be sent again without being done again. Only what
 * succeeded is kept: a refusal did nothing, and the same key may come back with a corrected body.
 */
@Component
class IdempotencyKeys {

    private static final Duration KEPT = Duration.ofHours(24);

    /** A request that has not been answered after this long is not at work any more: its node is gone. */
    private static final Duration AT_WORK_AT_MOST = Duration.ofSeconds(60);

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int BETWEEN_LOOKS_MILLIS = 100;

    private final JdbcClient jdbc;
    private final PersonalData personalData;
    private final Clock clock;

    @Autowired
    IdempotencyKeys(JdbcClient jdbc, PersonalData personalData, MovableClock clock) {
        this(jdbc, personalData, clock.system());
    }

    IdempotencyKeys(JdbcClient jdbc, PersonalData personalData, Clock clock) {
        this.jdbc = jdbc;
        this.personalData = personalData;
        this.clock = clock;
    }

    /** What to do with a request that carries a key. */
    sealed interface Outcome {

        /** Do it, then {@link #finish} or {@link #release} the row. */
        record Start(long id) implements Outcome {}

        /** Answer as before. */
        record Replay(int status, String location, String contentType, String body) implements Outcome {}

        /** The key belongs to another body. */
        record Reused() implements Outcome {}

        /** It was done, but its node went down before the answer was kept. */
        record Done() implements Outcome {}

        /** The same request is still at work. */
        record AtWork() implements Outcome {}
    }

    private record Row(
            long id,
            String bodySha256,
            Instant startedAt,
            boolean executed,
            Integer status,
            String location,
            String contentType,
            String body) {}

    /** Takes the key for a request, or says what became of the request that took it before. */
    Outcome begin(String username, String path, String clientKey, String bodySha256) {
        Instant patienceEnds = clock.instant().plus(PATIENCE);
        while (true) {
            if (insert(username, path, clientKey, bodySha256)) {
                return new Outcome.Start(find(username, path, clientKey).id());
            }
            Row row = find(username, path, clientKey);
            Outcome outcome = row == null ? null : judge(row, bodySha256);
            if (outcome != null) {
                return outcome;
            }
            if (clock.instant().isAfter(patienceEnds)) {
                return new Outcome.AtWork();
            }
            pause();
        }
    }

    /** Null when it must be looked at again. */
    private Outcome judge(Row row, String bodySha256) {
        Instant now = clock.instant();
        if (row.startedAt().plus(KEPT).isBefore(now)) {
            delete(row.id());
            return null;
        }
        if (!row.bodySha256().equals(bodySha256)) {
            return new Outcome.Reused();
        }
        if (row.status() != null) {
            return new Outcome.Replay(
                    row.status(), row.location(), row.contentType(), personalData.decrypt(row.body()));
        }
        if (row.startedAt().plus(AT_WORK_AT_MOST).isAfter(now)) {
            return null;
        }
        if (row.executed()) {
            return new Outcome.Done();
        }
        return takeOver(row, now) ? new Outcome.Start(row.id()) : null;
    }

    /** Keeps the answer; its body encrypted, since it may show what only the asker may see. */
    void finish(long id, int status, String location, String contentType, String body) {
        jdbc.sql("""
                        update idempotency_key set status = :status, location = :location, content_type = :contentType, body = :body
                        where id = :id
                        """)
                .param("status", status)
                .param("location", location)
                .param("contentType", contentType)
                .param("body", personalData.encrypt(body))
                .param("id", id)
                .update();
    }

    /** Gives the key back after a refusal. */
    void release(long id) {
        delete(id);
    }

    /** Gives the key back after a breakdown, unless the work had been committed before it. */
    void releaseUnlessExecuted(long id) {
        jdbc.sql("delete from idempotency_key where id = :id and executed = false")
                .param("id", id)
                .update();
    }

    /** Notes in the transaction at work that its commit is the request's. */
    void markExecuted(long id) {
        jdbc.sql("update idempotency_key set executed = true where id = :id")
                .param("id", id)
                .update();
    }

    /** Removes what is older than a day. */
    void tidy() {
        jdbc.sql("delete from idempotency_key where started_at < :old")
                .param("old", AccountStore.time(clock.instant().minus(KEPT)))
                .update();
    }

    private boolean insert(String username, String path, String clientKey, String bodySha256) {
        try {
            jdbc.sql("""
                            insert into idempotency_key (username, path, client_key, body_sha256, started_at, executed)
                            values (:username, :path, :clientKey, :sha256, :now, false)
                            """)
                    .param("username", username)
                    .param("path", path)
                    .param("clientKey", clientKey)
                    .param("sha256", bodySha256)
                    .param("now", AccountStore.time(clock.instant()))
                    .update();
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    private boolean takeOver(Row row, Instant now) {
        return jdbc.sql("""
                                update idempotency_key set started_at = :now
                                where id = :id and started_at = :startedAt and executed = false and status is null
                                """)
                        .param("now", AccountStore.time(now))
                        .param("id", row.id())
                        .param("startedAt", AccountStore.time(row.startedAt()))
                        .update()
                > 0;
    }

    private void delete(long id) {
        jdbc.sql("delete from idempotency_key where id = :id").param("id", id).update();
    }

    private Row find(String username, String path, String clientKey) {
        return jdbc.sql("""
                        select id, body_sha256, started_at, executed, status, location, content_type, body from idempotency_key
                        where username = :username and path = :path and client_key = :clientKey
                        """)
                .param("username", username)
                .param("path", path)
                .param("clientKey", clientKey)
                .query((row, n) -> new Row(
                        row.getLong("id"),
                        row.getString("body_sha256"),
                        AccountStore.instant(row, "started_at"),
                        row.getBoolean("executed"),
                        row.getObject("status", Integer.class),
                        row.getString("location"),
                        row.getString("content_type"),
                        row.getString("body")))
                .optional()
                .orElse(null);
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the same request", e);
        }
    }
}
