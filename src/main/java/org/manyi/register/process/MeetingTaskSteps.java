package org.manyi.register.process;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Component;

/** The steps of {@code meeting-task}. */
@Component
public class MeetingTaskSteps {

    private final TaskStore tasks;
    private final MovableClock clock;

    MeetingTaskSteps(TaskStore tasks, MovableClock clock) {
        this.tasks = tasks;
        this.clock = clock;
    }

    /** It is done. */
    public void closeMeetingTask(DelegateExecution execution) {
        tasks.close(execution.getProcessBusinessKey(), clock.instant());
    }
}
