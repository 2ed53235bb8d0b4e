package org.manyi.engine;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.TimeZone;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ScheduledWorkGate;
import org.manyi.shared.StartRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Compares this node's clock and zone with the database's, which all nodes share. A node that is wrong at its start is refused: the
 * engine's tables hold no zone, so every due date it wrote would be off. A node whose clock goes wrong later takes no job and does no
 * scheduled work until it is right again, and says so in its health, so that a proxy sends nobody there.
 */
@Component
class NodeClock implements SmartInitializingSingleton, ScheduledWorkGate, JobGate, HealthIndicator {

    /** A larger difference between node and database is wrong. */
    static final Duration TOLERANCE = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(NodeClock.class);

    private final JdbcClient jdbc;
    private final Clock system;
    private volatile boolean right = true;

    NodeClock(JdbcClient jdbc, MovableClock clock) {
        this.jdbc = jdbc;
        this.system = clock.system();
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (!TimeZone.getDefault().toZoneId().getRules().equals(MovableClock.ZONE.getRules())) {
            throw new StartRefusedException(
                    "This node runs in the zone %s; it must run in %s"
                            .formatted(TimeZone.getDefault().getID(), MovableClock.ZONE),
                    "Start it by its own main class, which sets the zone.");
        }
        Duration difference = difference();
        if (isWrong(difference)) {
            throw new StartRefusedException(
                    "This node's clock and the database's differ by %d s.".formatted(difference.toSeconds()),
                    "Set both to the right time, by NTP for instance, and start again.");
        }
        // What a column without zone gives back must be the wall clock of the zone, whatever the database's own zone
        // is.
        Timestamp now = jdbc.sql("select localtimestamp").query(Timestamp.class).single();
        Duration zone = Duration.between(now.toInstant(), system.instant()).abs();
        if (zone.compareTo(Duration.ofMinutes(30)) > 0) {
            throw new StartRefusedException(
                    "The database session runs in another zone than %s: its wall clock is off by %d minutes."
                            .formatted(MovableClock.ZONE, zone.toMinutes()),
                    "Set the time zone of the database or of the role to it; Manyi's own setting for PostgreSQL does so.");
        }
    }

    @Override
    public boolean mayWork() {
        return isRight();
    }

    @Override
    public boolean mayTakeJobs() {
        return isRight();
    }

    @Override
    public Health health() {
        return isRight() ? Health.up().build() : Health.down().build();
    }

    private boolean isRight() {
        Duration difference = difference();
        boolean now = !isWrong(difference);
        if (right && !now) {
            log.error(
                    "This node's clock and the database's differ by {} s: it takes no jobs and does no scheduled work until both agree",
                    difference.toSeconds());
        } else if (!right && now) {
            log.warn("This node's clock is right again; it goes on with its work");
        }
        right = now;
        return now;
    }

    /** By how much the node is ahead, as little as the time the question took allows. */
    private Duration difference() {
        Instant asked = system.instant();
        Instant database = jdbc.sql("select current_timestamp")
                .query((row, n) -> row.getObject(1, OffsetDateTime.class))
                .single()
                .toInstant();
        Instant answered = system.instant();
        if (database.isBefore(asked)) {
            return Duration.between(database, asked);
        }
        return database.isAfter(answered) ? Duration.between(database, answered) : Duration.ZERO;
    }

    private static boolean isWrong(Duration difference) {
        return difference.abs().compareTo(TOLERANCE) > 0;
    }
}
