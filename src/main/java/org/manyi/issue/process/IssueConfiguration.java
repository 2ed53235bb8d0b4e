package org.manyi.issue.process;

import java.util.List;
import org.manyi.inbox.TaskHandler;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IssueSettings.class)
class IssueConfiguration {

    private final List<IssueTask> tasks;
    private final IssueStore store;
    private final Discretion discretion;
    private final IssueViews views;

    IssueConfiguration(List<IssueTask> tasks, IssueStore store, Discretion discretion, IssueViews views) {
        this.tasks = tasks;
        this.store = store;
        this.discretion = discretion;
        this.views = views;
    }

    @Bean
    TaskHandler issueRectificationTasks() {
        return tasks(IssueRectification.KEY);
    }

    @Bean
    TaskHandler rectificationRoundTasks() {
        return tasks(RectificationRound.KEY);
    }

    @Bean
    TaskHandler shelvingTasks() {
        return tasks(ShelvingProcess.KEY);
    }

    @Bean
    TaskHandler coHandlingTasks() {
        return tasks(CoHandlingProcess.KEY);
    }

    @Bean
    TaskHandler longTermFollowUpTasks() {
        return tasks(LongTermFollowUp.KEY);
    }

    @Bean
    TaskHandler recurrenceCheckTasks() {
        return tasks(RecurrenceCheck.KEY);
    }

    @Bean
    TaskHandler protectedMatterTasks() {
        return tasks(ProtectedMatter.KEY);
    }

    private TaskHandler tasks(String process) {
        return new LoopTasks(process, tasks, store, discretion, views);
    }
}
