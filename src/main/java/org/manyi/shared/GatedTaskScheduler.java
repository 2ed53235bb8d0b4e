package org.manyi.shared;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import java.util.function.BooleanSupplier;
import org.springframework.scheduling.Trigger;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * Asks before each run of a piece of scheduled work whether it may. The question belongs to the work, not to the executor's future: a
 * decorator of the future that does not run it, or fails, ends a repeated piece of work for good.
 */
final class GatedTaskScheduler extends ThreadPoolTaskScheduler {

    private final transient BooleanSupplier mayWork;

    GatedTaskScheduler(BooleanSupplier mayWork) {
        this.mayWork = mayWork;
    }

    private Runnable gated(Runnable work) {
        return () -> {
            if (mayWork.getAsBoolean()) {
                work.run();
            }
        };
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable work, Trigger trigger) {
        return super.schedule(gated(work), trigger);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable work, Instant startTime) {
        return super.schedule(gated(work), startTime);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable work, Instant startTime, Duration period) {
        return super.scheduleAtFixedRate(gated(work), startTime, period);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable work, Duration period) {
        return super.scheduleAtFixedRate(gated(work), period);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, Instant startTime, Duration delay) {
        return super.scheduleWithFixedDelay(gated(work), startTime, delay);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, Duration delay) {
        return super.scheduleWithFixedDelay(gated(work), delay);
    }
}
