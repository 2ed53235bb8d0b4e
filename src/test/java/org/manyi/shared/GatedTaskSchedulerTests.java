package org.manyi.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.support.PeriodicTrigger;

class GatedTaskSchedulerTests {

    private static final Duration OFTEN = Duration.ofMillis(1);
    private static final int REFUSALS = 3;

    private interface Repeating extends BiFunction<TaskScheduler, Runnable, ScheduledFuture<?>> {}

    static Stream<Arguments> waysToRepeat() {
        Stream<Repeating> ways = Stream.of(
                (scheduler, work) -> scheduler.scheduleWithFixedDelay(work, OFTEN),
                (scheduler, work) -> scheduler.scheduleWithFixedDelay(work, Instant.EPOCH, OFTEN),
                (scheduler, work) -> scheduler.scheduleAtFixedRate(work, OFTEN),
                (scheduler, work) -> scheduler.scheduleAtFixedRate(work, Instant.EPOCH, OFTEN),
                (scheduler, work) -> scheduler.schedule(work, new PeriodicTrigger(OFTEN)));
        return ways.map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("waysToRepeat")
    void repeatedWorkThatWasHeldBackGoesOnWhenItMay(Repeating way) throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();

        assertGoesOn(way, () -> asked.incrementAndGet() > REFUSALS, asked);
    }

    @ParameterizedTest
    @MethodSource("waysToRepeat")
    void repeatedWorkGoesOnAfterTheGateCouldNotBeAsked(Repeating way) throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();

        assertGoesOn(
                way,
                () -> {
                    if (asked.incrementAndGet() <= REFUSALS) {
                        throw new IllegalStateException("The database is away");
                    }
                    return true;
                },
                asked);
    }

    private static void assertGoesOn(Repeating way, BooleanSupplier gate, AtomicInteger asked)
            throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(2);
        GatedTaskScheduler scheduler = new GatedTaskScheduler(gate);
        scheduler.initialize();
        try {
            way.apply(scheduler, () -> {
                assertThat(asked.get()).isGreaterThan(REFUSALS);
                ran.countDown();
            });
            assertThat(ran.await(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            scheduler.shutdown();
        }
    }
}
