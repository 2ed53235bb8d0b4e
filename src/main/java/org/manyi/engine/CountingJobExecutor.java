package org.manyi.engine;

import java.util.List;
import org.camunda.bpm.engine.impl.ProcessEngineImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.ExecuteJobsRunnable;
import org.camunda.bpm.engine.impl.jobexecutor.JobFailureCollector;
import org.camunda.bpm.engine.spring.components.jobexecutor.SpringJobExecutor;

/** The engine's job executor, which counts every run before it begins. */
class CountingJobExecutor extends SpringJobExecutor {

    private final JobAttempts attempts;

    CountingJobExecutor(JobAttempts attempts) {
        this.attempts = attempts;
    }

    @Override
    public Runnable getExecuteJobsRunnable(List<String> jobIds, ProcessEngineImpl engine) {
        return new ExecuteJobsRunnable(jobIds, engine) {
            @Override
            protected void executeJob(String jobId, CommandExecutor commands, JobFailureCollector failures) {
                if (!attempts.begin(jobId, commands)) {
                    return;
                }
                boolean done = false;
                try {
                    super.executeJob(jobId, commands, failures);
                    done = true;
                } finally {
                    if (!done) {
                        attempts.failed(jobId);
                    }
                }
            }
        };
    }
}
