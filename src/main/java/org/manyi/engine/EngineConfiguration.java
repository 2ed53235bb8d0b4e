package org.manyi.engine;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.jobexecutor.JobExecutor;
import org.camunda.bpm.engine.spring.ProcessEngineFactoryBean;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.spring.boot.starter.configuration.impl.AbstractCamundaConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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

    @Bean
    AbstractCamundaConfiguration manyiEngineSettings(
            ApplicationContext context,
            ApplicationEventPublisher events,
            ObjectProvider<JobExecutor> jobExecutor,
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
