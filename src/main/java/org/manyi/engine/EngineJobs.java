package org.manyi.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The engine's jobs, as the rehearsal clock and the administrator need them. */
public interface EngineJobs {

    /**
     * A job that has used up its retries.
     *
     * @param businessKey null when its process has none
     * @param message what went wrong, without personal data; never null
     */
    record DeadJob(
            String jobId, String processKey, String activityId, String businessKey, String message, Instant since) {}

    /** Stops this node's job executor until {@link #resume()}; returns when no job of this node is under way. */
    void pause();

    /** Starts this node's job executor again, where it is switched on. */
    void resume();

    /** When the next timer after an instant is due; empty when none waits. */
    Optional<Instant> nextDue(Instant after);

    /**
     * Runs, in this thread, every job that is due by the business clock until none is left.
     *
     * @return how many ran
     */
    int runDue();

    /** The jobs without retries, oldest first. */
    List<DeadJob> dead();

    /** Gives a dead job new retries. */
    void retry(String jobId);

    /** How many jobs have held an expired lock for longer than two minutes. */
    long expiredLocks();
}
