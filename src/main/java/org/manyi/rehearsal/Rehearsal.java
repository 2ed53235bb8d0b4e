package org.manyi.rehearsal;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.manyi.engine.EngineJobs;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ConflictException.Reason;
import org.manyi.shared.MovableClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Moves the bureau's clock forward as if the days had passed: every timer on the way rings at its own time, in order, before the
 * clock reaches where it was sent.
 */
@Service
public class Rehearsal {

    private final MovableClock clock;
    private final ClockKeeper keeper;
    private final EngineJobs jobs;
    private final JdbcClient jdbc;
    private final ReentrantLock one = new ReentrantLock();

    Rehearsal(MovableClock clock, ClockKeeper keeper, EngineJobs jobs, JdbcClient jdbc) {
        this.clock = clock;
        this.keeper = keeper;
        this.jobs = jobs;
        this.jdbc = jdbc;
    }

    /**
     * Where the clock stands after a move.
     *
     * @param now business time in the bureau's zone, never null
     * @param jobsRun how many jobs ran on the way
     * @param mailsQueued how many mails were written on the way
     */
    public record Moved(OffsetDateTime now, int jobsRun, long mailsQueued) {}

    /** Where the clock stands; nothing runs. */
    public Moved now() {
        return new Moved(clock.now().toOffsetDateTime(), 0, 0);
    }

    /**
     * Moves the clock forward and runs everything that falls due on the way, on this node.
     *
     * @param to business time, never null
     * @throws ConflictException clock-backwards when {@code to} lies before now, stale-version when another node is moving the clock
     */
    public Moved moveTo(Instant to) {
        one.lock();
        try {
            if (!keeper.take()) {
                throw ConflictException.of(Reason.STALE_VERSION);
            }
            try {
                if (to.isBefore(clock.instant())) {
                    throw ConflictException.of(Reason.CLOCK_BACKWARDS);
                }
                jobs.awaitQuiet();
                long mailsBefore = mails();
                int ran = play(to);
                return new Moved(clock.now().toOffsetDateTime(), ran, mails() - mailsBefore);
            } finally {
                keeper.release();
            }
        } finally {
            one.unlock();
        }
    }

    /** Plays the time up to {@code to}; whoever calls it has taken the clock. */
    int play(Instant to) {
        int ran = jobs.runDue();
        for (Optional<Instant> next = jobs.nextDue(clock.instant());
                next.isPresent() && !next.get().isAfter(to);
                next = jobs.nextDue(clock.instant())) {
            keeper.set(next.get());
            ran += jobs.runDue();
        }
        if (to.isAfter(clock.instant())) {
            keeper.set(to);
        }
        return ran + jobs.runDue();
    }

    private long mails() {
        return jdbc.sql("select count(*) from mail").query(Long.class).single();
    }
}
