package org.manyi;

import java.time.Duration;
import java.time.Instant;
import org.manyi.engine.EngineClock;
import org.manyi.engine.EngineJobs;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Component;

/** Moves time in tests, and gives it back: the context and its clock are shared by all tests. */
@Component
public class TestTime {

    private final MovableClock clock;
    private final EngineClock engineClock;
    private final EngineJobs jobs;

    TestTime(MovableClock clock, EngineClock engineClock, EngineJobs jobs) {
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

    /** Back to the machine's time. */
    public void reset() {
        engineClock.moveTo(Duration.ZERO);
    }
}
