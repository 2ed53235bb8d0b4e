package org.manyi.shared;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.task.ThreadPoolTaskSchedulerBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.scheduling.config.TaskManagementConfigUtils;

/** Scheduled work runs on a serving node; a maintenance command and the tests leave it out and call it by hand. */
@Configuration(proxyBeanMethods = false)
class SchedulingConfiguration {

    @Configuration(proxyBeanMethods = false)
    @EnableScheduling
    @ConditionalOnBooleanProperty(name = "manyi.scheduling", matchIfMissing = true)
    static class Serving {

        /** Nothing scheduled runs, a library's own neither, while a gate is closed. */
        @Bean
        ThreadPoolTaskScheduler taskScheduler(
                ThreadPoolTaskSchedulerBuilder builder, ObjectProvider<ScheduledWorkGate> gates) {
            return builder.configure(new GatedTaskScheduler(() -> gates.stream().allMatch(ScheduledWorkGate::mayWork)));
        }
    }

    /** Libraries switch scheduling on as well (Spring Session does), so that leaving it out takes more than not asking for it. */
    @Bean
    @ConditionalOnBooleanProperty(name = "manyi.scheduling", havingValue = false)
    static BeanFactoryPostProcessor nothingScheduled() {
        return factory -> {
            String processor = TaskManagementConfigUtils.SCHEDULED_ANNOTATION_PROCESSOR_BEAN_NAME;
            if (factory.containsBeanDefinition(processor)) {
                ((BeanDefinitionRegistry) factory).removeBeanDefinition(processor);
            }
        };
    }
}
