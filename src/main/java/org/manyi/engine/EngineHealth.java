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

    EngineHealth(ProcessEngine engine, ObjectProvider<JobExecutor> executor) {
        this.engine = engine;
        this.executor = executor;
    }

    @Override
    public Health health() {
        engine.getManagementService().getProperties();
        JobExecutor running = executor.getIfAvailable();
        if (running != null && !running.isActive()) {
            return Health.down().withDetail("jobExecutor", "stopped").build();
        }
        return Health.up().build();
    }
}
