package org.manyi.campaign.process;

import java.util.List;
import org.manyi.inbox.TaskHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class YearConfiguration {

    private final List<YearTask> tasks;
    private final YearDesk desk;

    YearConfiguration(List<YearTask> tasks, YearDesk desk) {
        this.tasks = tasks;
        this.desk = desk;
    }

    @Bean
    TaskHandler februaryPlanningTasks() {
        return tasks(Diagrams.FEBRUARY_PLANNING);
    }

    @Bean
    TaskHandler workItemTasks() {
        return tasks(Diagrams.WORK_ITEM);
    }

    @Bean
    TaskHandler externalResultsTasks() {
        return tasks(Diagrams.EXTERNAL_RESULTS);
    }

    @Bean
    TaskHandler laterDateTasks() {
        return tasks(Diagrams.LATER_DATE);
    }

    @Bean
    TaskHandler yearEndReviewTasks() {
        return tasks(Diagrams.YEAR_END_REVIEW);
    }

    private TaskHandler tasks(String process) {
        return new YearTasks(process, tasks, desk);
    }
}
