package org.manyi.engine;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.TimeZone;
import org.manyi.shared.MovableClock;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Refuses to start a node whose zone or clock differs from the bureau's: the engine's tables hold no zone, so every due date
 * written by such a node would be off by hours.
 */
@Component
class DatabaseClockCheck implements SmartInitializingSingleton {

    /** A larger difference between node and database is refused. */
    static final Duration TOLERANCE = Duration.ofSeconds(5);

    private final JdbcClient jdbc;
    private final MovableClock clock;

    DatabaseClockCheck(JdbcClient jdbc, MovableClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (!TimeZone.getDefault().toZoneId().getRules().equals(MovableClock.ZONE.getRules())) {
            throw new IllegalStateException("This node runs in the zone %s; it must run in %s"
                    .formatted(TimeZone.getDefault().getID(), MovableClock.ZONE));
        }
        Instant database = jdbc.sql("select current_timestamp")
                .query((row, n) -> row.getObject(1, OffsetDateTime.class))
                .single()
                .toInstant();
        Duration difference =
                Duration.between(database, clock.system().instant()).abs();
        if (difference.compareTo(TOLERANCE) > 0) {
            throw new IllegalStateException(
                    "This node's clock and the database's differ by %s s; set both to the right time"
                            .formatted(difference.toSeconds()));
        }
        // What a column without zone gives back must be the wall clock of the zone, whatever the database's own zone
        // is.
        Timestamp now = jdbc.sql("select localtimestamp").query(Timestamp.class).single();
        Duration zone =
                Duration.between(now.toInstant(), clock.system().instant()).abs();
        if (zone.compareTo(Duration.ofMinutes(30)) > 0) {
            throw new IllegalStateException("The database session runs in another zone than " + MovableClock.ZONE
                    + "; set the database's or the role's timezone to it");
        }
    }
}
