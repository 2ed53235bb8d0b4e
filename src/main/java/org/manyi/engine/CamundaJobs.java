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
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Incident;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.manyi.security.CurrentUser;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

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
    private final JdbcClient jdbc;
    private final MovableClock clock;
    private final ApplicationEventPublisher events;

    CamundaJobs(
            ManagementService management,
            RuntimeService runtime,
            RepositoryService repository,
            JdbcClient jdbc,
            MovableClock clock,
            ApplicationEventPublisher events) {
        this.management = management;
        this.runtime = runtime;
        this.repository = repository;
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
    }

    @Override
    public void awaitQuiet() {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (underWay() > 0 && System.nanoTime() < giveUp) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private long underWay() {
        return jdbc.sql("select count(*) from act_ru_job where lock_owner_ is not null and lock_exp_time_ > :now")
                .param("now", java.sql.Timestamp.from(clock.instant()))
                .query(Long.class)
                .single();
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
                JobAttempts.CRASHED.equals(job.getExceptionMessage()),
                // The engine's message may quote what somebody typed; the class of the failure does not.
                firstWord(job.getExceptionMessage()),
                givenUpAt(job));
    }

    private Instant givenUpAt(Job job) {
        return runtime.createIncidentQuery().configuration(job.getId()).list().stream()
                .map(Incident::getIncidentTimestamp)
                .findFirst()
                .orElseGet(job::getCreateTime)
                .toInstant();
    }

    private static String firstWord(String message) {
        return message == null ? "" : message.lines().findFirst().orElse("").split("[:：]", 2)[0];
    }

    @Override
    @Transactional
    public void retry(String jobId, CurrentUser user) {
        if (management.createJobQuery().jobId(jobId).noRetriesLeft().count() == 0) {
            throw new NotFoundException();
        }
        management.setJobRetries(jobId, RETRIES);
        management.setJobDuedate(jobId, ClockUtil.now());
        events.publishEvent(new JobRetried(clock.instant(), user.username(), jobId));
    }

    @Override
    public List<String> expiredLocks() {
        return jdbc.sql("""
                        select id_ from act_ru_job where lock_owner_ is not null and lock_exp_time_ < :before order by id_
                        """)
                .param("before", java.sql.Timestamp.from(clock.instant().minusSeconds(120)))
                .query(String.class)
                .list();
    }
}
