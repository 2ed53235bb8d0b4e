package org.manyi.security;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.manyi.shared.TryLaterException;
import org.springframework.stereotype.Component;

/**
 * Lets at most two people's passwords be hashed at once and a few wait a moment; everybody else is told at once to try later. A
 * hash costs a tenth of a second of a core on purpose, so without the gate ten thousand logins would stop the work of those who
 * are in.
 */
@Component
class HashingGate {

    private static final int AT_ONCE = 2;
    private static final int WAITING = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Semaphore places = new Semaphore(AT_ONCE + WAITING);
    private final Semaphore working = new Semaphore(AT_ONCE, true);

    /** Whether somebody who came now would be turned away. */
    boolean isFull() {
        return places.availablePermits() == 0;
    }

    /** What is said to who is turned away. */
    TryLaterException busy() {
        return TryLaterException.busy(PATIENCE);
    }

    /**
     * Does the work when there is room.
     *
     * @throws TryLaterException 503 when there is none
     */
    <T> T pass(Supplier<T> work) {
        if (!places.tryAcquire()) {
            throw busy();
        }
        try {
            if (!working.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
            try {
                return work.get();
            } finally {
                working.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        } finally {
            places.release();
        }
    }
}
