package org.manyi;

import java.time.Duration;
import java.time.Instant;
import org.manyi.engine.EngineClock;
import org.manyi.engine.EngineJobs;
import org.manyi.shared.MovableClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Moves time in tests, and gives it back: the context and its clock are shared by all tests. */
@Component
public class TestTime {

    private final MovableClock clock;
    private final EngineClock engineClock;
    private final EngineJobs jobs;
    private final JdbcClient jdbc;

    TestTime(MovableClock clock, EngineClock engineClock, EngineJobs jobs, JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.engineClock = engineClock;
        this.jobs = jobs;
    }

    /** Sets the clock, forward or back, without running anything. */
    public void set(Instant to) {
        engineClock.moveTo(Duration.between(clock.system().instant(), to));
    }

    /** Sets the clock and runs what is due then. */
    public int pass(Duration duration) {
        set(clock.instant().plus(duration));
        return jobs.runDue();
    }

    /** Back to the machine's time, also where a rehearsal has kept another. */
    public void reset() {
        jdbc.sql("update clock set offset_millis = 0").update();
        engineClock.moveTo(Duration.ZERO);
    }
}
