package org.manyi.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.manyi.shared.MovableClock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Counts failed logins, never good ones: by account, where five in a row lock it (domain rule E3), and by address, where many make
 * the next try wait longer and longer. Names that no account has are counted like the others, so that a lock betrays nothing.
 * Written statement by statement outside of any transaction: a refusal must not take its own record back.
 */
@Component
class LoginFailures {

    /** Locks follow one another longer and longer until a login succeeds or this long passes without a failure. */
    private static final Duration MEMORY = Duration.ofDays(1);

    private static final Duration ADDRESS_MEMORY = Duration.ofMinutes(10);
    private static final Duration ADDRESS_WAITS_AT_MOST = Duration.ofSeconds(60);

    private final JdbcClient jdbc;
    private final SecuritySettings settings;
    private final Clock clock;

    @Autowired
    LoginFailures(JdbcClient jdbc, SecuritySettings settings, MovableClock clock) {
        this(jdbc, settings, clock.system());
    }

    LoginFailures(JdbcClient jdbc, SecuritySettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What is counted and locked: an account for the whole world, or an account on one of the person's own devices, so that a
     * stranger's failures do not lock the person out.
     */
    record Subject(String text, String username) {

        /** {@code device} is null for a strange one. */
        static Subject of(String username, String device) {
            return device == null ? account(username) : device(username, device);
        }

        static Subject account(String username) {
            return new Subject("account:" + username, username);
        }

        /** {@code device} is at most 64 characters. */
        static Subject device(String username, String device) {
            return new Subject("device:" + username + ":" + device, username);
        }
    }

    private record Row(int failures, int locks, Instant lastAt, Instant lockedUntil) {}

    /** Whether an account is locked now, for everybody or for this device. */
    boolean isLocked(Subject subject) {
        Row row = find(subject.text());
        return row != null && row.lockedUntil() != null && row.lockedUntil().isAfter(clock.instant());
    }

    /** Notes a failure from an address. */
    void noteAddress(String address) {
        count(address(address), null, ADDRESS_MEMORY);
    }

    /**
     * Notes a failure of an account, which need not exist.
     *
     * @return true when it is the one that locks it
     */
    boolean note(Subject subject) {
        count(subject.text(), subject.username(), MEMORY);
        Row row = find(subject.text());
        if (row == null || row.failures() < settings.lockAfter()) {
            return false;
        }
        return jdbc.sql("""
                                update login_failure set failures = 0, locks = locks + 1, locked_until = :until
                                where subject = :subject and failures >= :limit
                                """)
                        .param("until", AccountStore.time(clock.instant().plus(lockAfter(row.locks()))))
                        .param("subject", subject.text())
                        .param("limit", settings.lockAfter())
                        .update()
                > 0;
    }

    /** Forgets the account's failures after a good login or when the administrator lifts the lock. */
    void forget(String username) {
        jdbc.sql("delete from login_failure where username = :username")
                .param("username", username)
                .update();
    }

    /** How long this address must still wait before its next try; zero when it need not. */
    Duration wait(String address) {
        Row row = find(address(address));
        if (row == null || row.failures() < settings.slowAddressAfter()) {
            return Duration.ZERO;
        }
        int beyond = Math.min(row.failures() - settings.slowAddressAfter(), 6);
        Duration pause = Duration.ofSeconds(1L << beyond);
        if (pause.compareTo(ADDRESS_WAITS_AT_MOST) > 0) {
            pause = ADDRESS_WAITS_AT_MOST;
        }
        Duration left = Duration.between(clock.instant(), row.lastAt().plus(pause));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Removes what is too old to count. */
    void tidy() {
        jdbc.sql("delete from login_failure where last_at < :old and (locked_until is null or locked_until < :now)")
                .param("old", AccountStore.time(clock.instant().minus(MEMORY)))
                .param("now", AccountStore.time(clock.instant()))
                .update();
    }

    private Duration lockAfter(int earlierLocks) {
        Duration lock = settings.lockFor().multipliedBy(1L << Math.min(earlierLocks, 10));
        return lock.compareTo(settings.lockAtMost()) > 0 ? settings.lockAtMost() : lock;
    }

    private void count(String subject, String username, Duration memory) {
        if (increment(subject, memory) == 0) {
            try {
                jdbc.sql("""
                                insert into login_failure (subject, username, failures, locks, last_at)
                                values (:subject, :username, 1, 0, :now)
                                """)
                        .param("subject", subject)
                        .param("username", username)
                        .param("now", AccountStore.time(clock.instant()))
                        .update();
            } catch (DuplicateKeyException e) {
                increment(subject, memory);
            }
        }
    }

    private int increment(String subject, Duration memory) {
        return jdbc.sql("""
                        update login_failure set
                            failures = case when last_at < :old then 1 else failures + 1 end,
                            locks = case when last_at < :old then 0 else locks end,
                            last_at = :now
                        where subject = :subject
                        """)
                .param("old", AccountStore.time(clock.instant().minus(memory)))
                .param("now", AccountStore.time(clock.instant()))
                .param("subject", subject)
                .update();
    }

    private Row find(String subject) {
        return jdbc.sql("select failures, locks, last_at, locked_until from login_failure where subject = :subject")
                .param("subject", subject)
                .query((row, n) -> new Row(
                        row.getInt("failures"),
                        row.getInt("locks"),
                        AccountStore.instant(row, "last_at"),
                        AccountStore.instant(row, "locked_until")))
                .optional()
                .orElse(null);
    }

    private static String address(String address) {
        return "address:" + address;
    }
}
