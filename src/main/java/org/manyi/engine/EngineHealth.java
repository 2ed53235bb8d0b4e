package org.manyi.engine;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether the engine answers, and whether its job executor runs where it should. */
@Component
class EngineHealth implements HealthIndicator {

    private final ProcessEngine engine;
    private final ObjectProvider<JobExecutor> executor;
    private final CamundaJobs jobs;

    EngineHealth(ProcessEngine engine, ObjectProvider<JobExecutor> executor, CamundaJobs jobs) {
        this.engine = engine;
        this.executor = executor;
        this.jobs = jobs;
    }

    @Override
    public Health health() {
        engine.getManagementService().getProperties();
        JobExecutor running = executor.getIfAvailable();
        if (running != null && !running.isActive() && !jobs.isPaused()) {
            return Health.down().withDetail("jobExecutor", "stopped").build();
        }
        return Health.up().build();
    }
}
