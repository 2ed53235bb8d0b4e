package org.manyi.engine;

import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

@Service
class CamundaJobs implements EngineJobs {

    private static final Logger log = LoggerFactory.getLogger(CamundaJobs.class);
    private static final int BATCH = 50;
    private static final int RETRIES = 3;

    /** The most jobs of the engine's own (history cleanup) that may stand between; they follow no case and are left alone. */
    private static final int HOUSEKEEPING = 8;

    private final ManagementService management;
    private final RuntimeService runtime;
    private final RepositoryService repository;
    private final ObjectProvider<JobExecutor> executor;
    private final JdbcClient jdbc;
    private final MovableClock clock;
    private volatile boolean paused;

    CamundaJobs(
            ManagementService management,
            RuntimeService runtime,
            RepositoryService repository,
            ObjectProvider<JobExecutor> executor,
            JdbcClient jdbc,
            MovableClock clock) {
        this.management = management;
        this.runtime = runtime;
        this.repository = repository;
        this.executor = executor;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public void pause() {
        JobExecutor running = executor.getIfAvailable();
        if (running == null || !running.isActive()) {
            return;
        }
        paused = true;
        running.shutdown();
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (lockedBy(running.getLockOwner()) > 0 && System.nanoTime() < giveUp) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private long lockedBy(String owner) {
        return jdbc.sql("select count(*) from act_ru_job where lock_owner_ = :owner")
                .param("owner", owner)
                .query(Long.class)
                .single();
    }

    @Override
    public void resume() {
        JobExecutor stopped = executor.getIfAvailable();
        if (stopped != null && !stopped.isActive()) {
            stopped.start();
        }
        paused = false;
    }

    /** Whether somebody has paused this node's job executor on purpose. */
    boolean isPaused() {
        return paused;
    }

    @Override
    public Optional<Instant> nextDue(Instant after) {
        return management
                .createJobQuery()
                .timers()
                .active()
                .withRetriesLeft()
                .duedateHigherThan(Date.from(after))
                .orderByJobDuedate()
                .asc()
                .listPage(0, HOUSEKEEPING + 1)
                .stream()
                .filter(CamundaJobs::isOfProcess)
                .map(job -> job.getDuedate().toInstant())
                .findFirst();
    }

    @Override
    public int runDue() {
        int ran = 0;
        Set<String> failed = new HashSet<>();
        while (true) {
            List<Job> due = management
                    .createJobQuery()
                    .executable()
                    .orderByJobDuedate()
                    .asc()
                    .listPage(0, BATCH + HOUSEKEEPING + failed.size())
                    .stream()
                    .filter(CamundaJobs::isOfProcess)
                    .filter(job -> !failed.contains(job.getId()))
                    .toList();
            if (due.isEmpty()) {
                return ran;
            }
            for (Job job : due) {
                if (run(job)) {
                    ran++;
                } else {
                    failed.add(job.getId());
                }
            }
        }
    }

    private static boolean isOfProcess(Job job) {
        return job.getProcessDefinitionId() != null;
    }

    private boolean run(Job job) {
        try {
            management.executeJob(job.getId());
            return true;
        } catch (OptimisticLockingException e) {
            return false;
        } catch (RuntimeException e) {
            if (management.createJobQuery().jobId(job.getId()).count() == 0) {
                // An earlier job of the same batch withdrew it.
                return false;
            }
            log.warn("Job {} of {} failed and keeps its retries", job.getId(), job.getProcessDefinitionKey(), e);
            return false;
        }
    }

    @Override
    public List<DeadJob> dead() {
        return management.createJobQuery().noRetriesLeft().list().stream()
                .sorted(Comparator.comparing(Job::getCreateTime))
                .map(this::dead)
                .toList();
    }

    private DeadJob dead(Job job) {
        String activity =
                management.createJobDefinitionQuery().jobDefinitionId(job.getJobDefinitionId()).list().stream()
                        .map(definition -> definition.getActivityId())
                        .findFirst()
                        .orElse(null);
        ProcessInstance instance = job.getProcessInstanceId() == null
                ? null
                : runtime.createProcessInstanceQuery()
                        .processInstanceId(job.getProcessInstanceId())
                        .singleResult();
        return new DeadJob(
                job.getId(),
                job.getProcessDefinitionKey(),
                activity,
                instance == null ? null : instance.getBusinessKey(),
                // The engine's message may quote what somebody typed; the class of the failure does not.
                firstWord(job.getExceptionMessage()),
                job.getCreateTime().toInstant());
    }

    private static String firstWord(String message) {
        return message == null ? "" : message.lines().findFirst().orElse("").split("[:：]", 2)[0];
    }

    @Override
    public void retry(String jobId) {
        if (management.createJobQuery().jobId(jobId).noRetriesLeft().count() == 0) {
            throw new NotFoundException();
        }
        management.setJobRetries(jobId, RETRIES);
        management.setJobDuedate(jobId, ClockUtil.now());
    }

    @Override
    public long expiredLocks() {
        return jdbc.sql("select count(*) from act_ru_job where lock_owner_ is not null and lock_exp_time_ < :before")
                .param("before", java.sql.Timestamp.from(clock.instant().minusSeconds(120)))
                .query(Long.class)
                .single();
    }
}
