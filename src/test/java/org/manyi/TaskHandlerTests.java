package org.manyi;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.junit.jupiter.api.Test;
import org.manyi.inbox.TaskHandler;
import org.springframework.beans.factory.annotation.Autowired;

/** Somebody in the house answers for every user task that is drawn. */
@ManyiTest
class TaskHandlerTests {

    @Autowired
    private List<TaskHandler> handlers;

    @Test
    void everyUserTaskOfADiagramHasAHandlerThatKnowsNoOtherTasksOfIt() {
        Map<String, Set<String>> drawn = ProcessModel.all().stream()
                .filter(model -> !model.elements(UserTask.class).isEmpty())
                .collect(toMap(ProcessModel::id, model -> model.elements(UserTask.class).stream()
                        .map(UserTask::getId)
                        .collect(toSet())));

        assertThat(handlers.stream().collect(toMap(TaskHandler::process, TaskHandler::taskKeys)))
                .containsAllEntriesOf(drawn);
    }
}
