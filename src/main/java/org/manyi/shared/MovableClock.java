package org.manyi.shared;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * The one clock of the bureau's business: system time plus an offset that only a rehearsal moves. Tokens, sessions,
 * lockouts and password age follow {@link #system()} instead.
 */
public final class MovableClock extends Clock {

    /** The zone in which a day is a day; the same on every node and in the database. */
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** When a day begins in the bureau's zone. */
    public static Instant startOf(LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant();
    }

    private final Clock system;
    private volatile Duration offset = Duration.ZERO;

    /**
     * Wraps the machine's clock.
     *
     * @param system never null
     */
    public MovableClock(Clock system) {
        this.system = system.withZone(ZONE);
    }

    /** The machine's own clock in the bureau's zone; never null, never moved. */
    public Clock system() {
        return system;
    }

    /** How far business time is from system time; never null, negative while a demonstration plays its past. */
    public Duration offset() {
        return offset;
    }

    /**
     * Moves business time; the engine's clock follows through {@code engine.EngineClock}, so nobody else calls this.
     *
     * @param offset the new distance from system time, never null
     */
    public void moveTo(Duration offset) {
        this.offset = offset;
    }

    /** Today in the bureau's zone; never null. */
    public LocalDate today() {
        return LocalDate.ofInstant(instant(), ZONE);
    }

    /** Now in the bureau's zone; never null. */
    public ZonedDateTime now() {
        return instant().atZone(ZONE);
    }

    @Override
    public ZoneId getZone() {
        return ZONE;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return ZONE.equals(zone) ? this : Clock.offset(system.withZone(zone), offset);
    }

    @Override
    public Instant instant() {
        // Databases keep microseconds; a finer instant would differ from itself once stored.
        return system.instant().plus(offset).truncatedTo(java.time.temporal.ChronoUnit.MICROS);
    }
}
