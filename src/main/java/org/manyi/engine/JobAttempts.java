package org.manyi.engine;

import java.time.Duration;
import java.util.Date;
import java.util.concurrent.ThreadLocalRandom;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.persistence.entity.JobEntity;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Counts a job's runs before they begin. The engine counts a failure after it: a job that takes its node down with it would be run
 * again for ever, by one node after the other.
 */
@Component
class JobAttempts {

    /** What the engine keeps as the failure of a job that was parked. */
    static final String CRASHED = "NodeCrashed";

    /** So many nodes may go down in a job. */
    static final int MOST = 3;

    private static final Logger log = LoggerFactory.getLogger(JobAttempts.class);
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(2);

    /** With the lock's 30 s and the pauses between two looks still less than the 45 s within which a dead node's work goes on. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final JdbcClient jdbc;

    JobAttempts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Writes down, in a transaction of its own, that a run begins.
     *
     * @return false when the job is not to be run now, because a node went down in it: it waits for a while, or is parked
     */
    boolean begin(String jobId, CommandExecutor engine) {
        try {
            jdbc.sql("insert into engine_job_attempt (job_id, attempts, running) values (:job, 1, true)")
                    .param("job", jobId)
                    .update();
            return true;
        } catch (DuplicateKeyException e) {
            return engine.execute(context -> again(jobId, context));
        } catch (DataIntegrityViolationException e) {
            // Its case withdrew it meanwhile, which the engine finds out as well.
            return true;
        }
    }

    /** Forgets a run that failed in an orderly way, which the engine counts itself. */
    void failed(String jobId) {
        jdbc.sql("delete from engine_job_attempt where job_id = :job")
                .param("job", jobId)
                .update();
    }

    private record Attempt(int attempts, boolean running) {}

    private boolean again(String jobId, CommandContext context) {
        Attempt last = jdbc.sql("select attempts, running from engine_job_attempt where job_id = :job for update")
                .param("job", jobId)
                .query((row, n) -> new Attempt(row.getInt("attempts"), row.getBoolean("running")))
                .optional()
                .orElse(null);
        JobEntity job = context.getJobManager().findJobById(jobId);
        if (last == null || job == null) {
            return last == null;
        }
        if (!last.running()) {
            note(jobId, last.attempts() + 1, true);
            return true;
        }
        job.unlock();
        if (last.attempts() < MOST) {
            // Not at once, and not together: whoever merely ran beside the one that brings nodes down gets through
            // meanwhile.
            job.setDuedate(Date.from(ClockUtil.now().toInstant().plus(someTime())));
            note(jobId, last.attempts(), false);
            log.warn("A node went down in job {}; it is tried again soon", jobId);
        } else {
            job.setExceptionMessage(CRASHED);
            job.setRetries(0);
            failed(jobId);
            log.error("{} nodes went down in job {}; it is parked", MOST, jobId);
        }
        return false;
    }

    private void note(String jobId, int attempts, boolean running) {
        jdbc.sql("update engine_job_attempt set attempts = :attempts, running = :running where job_id = :job")
                .param("attempts", attempts)
                .param("running", running)
                .param("job", jobId)
                .update();
    }

    private static Duration someTime() {
        return Duration.ofMillis(
                ThreadLocalRandom.current().nextLong(SHORTEST_WAIT.toMillis(), LONGEST_WAIT.toMillis()));
    }
}
