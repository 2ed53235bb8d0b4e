package org.manyi.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.manyi.shared.TryLaterException;

class HashingGateTests {

    private final HashingGate gate = new HashingGate();

    @Test
    void twoHashAtOnceAFewWaitAndTheOthersAreToldToTryLater() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch refused = new CountDownLatch(100 - 18);
        Callable<Boolean> login = () -> {
            try {
                return gate.pass(() -> {
                    most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                    await(release);
                    atOnce.decrementAndGet();
                    return true;
                });
            } catch (TryLaterException e) {
                assertThat(e.status()).isEqualTo(503);
                assertThat(e.retryAfter()).isPositive();
                refused.countDown();
                return false;
            }
        };
        ExecutorService people = Executors.newFixedThreadPool(100);
        try {
            List<Future<Boolean>> tries = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                tries.add(people.submit(login));
            }
            assertThat(refused.await(10, TimeUnit.SECONDS)).isTrue();
            release.countDown();
            assertThat(tries.stream().filter(HashingGateTests::passed)).hasSize(18);
            assertThat(most).hasValue(2);
            assertThat(gate.<Boolean>pass(() -> true)).isTrue();
        } finally {
            people.shutdownNow();
        }
    }

    private static boolean passed(Future<Boolean> login) {
        try {
            return login.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
