package org.manyi.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.manyi.security.CurrentUser;

/** The engine's jobs, as the rehearsal clock and the administrator need them. */
public interface EngineJobs {

    /**
     * A job that has used up its retries, or that was parked because nodes went down in it.
     *
     * @param businessKey null when its process has none
     * @param crashed whether it was parked
     * @param message what went wrong, without personal data; never null
     * @param since when it was given up, by the business clock; never null
     */
    record DeadJob(
            String jobId,
            String processKey,
            String activityId,
            String businessKey,
            boolean crashed,
            String message,
            Instant since) {}

    /** Returns when no node has a job under way that it took before a {@link JobGate} was closed; after 40 s in any case. */
    void awaitQuiet();

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

    /**
     * Gives a dead job new retries.
     *
     * @param user who wants it, never null; it stands in the trail
     * @throws org.manyi.shared.NotFoundException when no such job is dead
     */
    void retry(String jobId, CurrentUser user);

    /** The jobs whose lock ran out more than two minutes ago. */
    List<String> expiredLocks();
}
