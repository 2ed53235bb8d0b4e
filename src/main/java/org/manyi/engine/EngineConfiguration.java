package org.manyi.engine;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cmd.AcquireJobsCmd;
import org.camunda.bpm.engine.impl.jobexecutor.AcquiredJobs;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.impl.jobexecutor.NotifyAcquisitionRejectedJobsHandler;
import org.camunda.bpm.engine.spring.ProcessEngineFactoryBean;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.spring.boot.starter.configuration.impl.AbstractCamundaConfiguration;
import org.camunda.bpm.spring.boot.starter.configuration.impl.DefaultJobConfiguration.JobConfiguration;
import org.camunda.bpm.spring.boot.starter.property.CamundaBpmProperties;
import org.camunda.bpm.spring.boot.starter.property.JobExecutionProperty;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskExecutor;

@Configuration(proxyBeanMethods = false)
class EngineConfiguration {

    /** Ten attempts over about nine hours; the engine's default burns three within 150 ms. */
    static final String RETRY_CYCLE = "PT10S,PT1M,PT5M,PT15M,PT30M,PT1H,PT1H,PT2H,PT4H";

    /** The engine finds its tables made by Flyway; with the starter's order it would create them first. */
    @Bean
    static BeanFactoryPostProcessor engineAfterFlyway() {
        return factory -> {
            for (String name : factory.getBeanNamesForType(ProcessEngineFactoryBean.class, true, false)) {
                String definition = name.startsWith("&") ? name.substring(1) : name;
                factory.getBeanDefinition(definition).setDependsOn("flywayInitializer");
            }
        };
    }

    /** Takes the starter's place; its settings stay in {@code camunda.bpm.job-execution}. No node takes a job while a gate is closed. */
    @Bean
    @ConditionalOnBooleanProperty(name = "camunda.bpm.job-execution.enabled", matchIfMissing = true)
    static JobExecutor jobExecutor(
            @Qualifier(JobConfiguration.CAMUNDA_TASK_EXECUTOR_QUALIFIER) TaskExecutor threads,
            CamundaBpmProperties properties,
            JobAttempts attempts,
            ObjectProvider<JobGate> gates) {
        JobExecutionProperty settings = properties.getJobExecution();
        CountingJobExecutor executor = new CountingJobExecutor(attempts);
        executor.setTaskExecutor(threads);
        executor.setRejectedJobsHandler(new NotifyAcquisitionRejectedJobsHandler());
        executor.setLockTimeInMillis(settings.getLockTimeInMillis());
        executor.setWaitTimeInMillis(settings.getWaitTimeInMillis());
        executor.setMaxWait(settings.getMaxWait());
        executor.setBackoffTimeInMillis(settings.getBackoffTimeInMillis());
        executor.setMaxBackoff(settings.getMaxBackoff());
        executor.setAcquireJobsCmdFactory(number -> context -> gates.stream().allMatch(JobGate::mayTakeJobs)
                ? new AcquireJobsCmd(executor, number).execute(context)
                : new AcquiredJobs(number));
        return executor;
    }

    @Bean
    AbstractCamundaConfiguration manyiEngineSettings(
            ApplicationContext context,
            ApplicationEventPublisher events,
            ObjectProvider<BpmnParseListener> furtherListeners) {
        return new AbstractCamundaConfiguration() {
            @Override
            public void preInit(SpringProcessEngineConfiguration engine) {
                engine.setDatabaseSchemaUpdate("false");
                engine.setExpressionManager(new GuardedExpressionManager(context));
                List<BpmnParseListener> listeners = new ArrayList<>();
                if (engine.getCustomPreBPMNParseListeners() != null) {
                    listeners.addAll(engine.getCustomPreBPMNParseListeners());
                }
                listeners.add(new TaskNews(events));
                listeners.add(new NoScripts());
                furtherListeners.orderedStream().forEach(listeners::add);
                engine.setCustomPreBPMNParseListeners(listeners);
                engine.setFailedJobRetryTimeCycle(RETRY_CYCLE);
                engine.setJobExecutorPreferTimerJobs(true);
                engine.setJobExecutorAcquireByDueDate(true);
                engine.setJobExecutorAcquireExclusiveOverProcessHierarchies(true);
                engine.setHistoryRemovalTimeStrategy("end");
                engine.setHistoryCleanupBatchWindowStartTime("01:00");
                engine.setHistoryCleanupBatchWindowEndTime("05:00");
                engine.setEnableExpressionsInAdhocQueries(false);
                engine.setEnableExpressionsInStoredQueries(false);
                engine.setAuthorizationEnabled(false);
                engine.setDeserializationTypeValidationEnabled(true);
                engine.setJavaSerializationFormatEnabled(false);
                engine.setSkipHistoryOptimisticLockingExceptions(false);
                engine.setDbMetricsReporterActivate(false);
            }
        };
    }
}
