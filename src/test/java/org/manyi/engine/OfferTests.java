package org.manyi.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.springframework.beans.factory.annotation.Autowired;

/** What the inbox decides about a task stands in the engine's own tables too. */
@ManyiTest
class OfferTests {

    @Autowired
    private TestClient client;

    @Autowired
    private TaskService tasks;

    @Test
    void aTaskThatArisesHasItsPostsAndItsDueDateInTheEngine() {
        String number = client.as("office")
                .post(
                        "/api/v1/issues",
                        Map.of(
                                "title", "操场照明灯有三盏不亮",
                                "kind", "appeal",
                                "source", "hotline",
                                "category", "facilities",
                                "severity", "medium",
                                "schoolCode", "S0012",
                                "confirmNotDuplicate", true))
                .text("/number");

        Task task = tasks.createTaskQuery()
                .processInstanceBusinessKey(number)
                .taskDefinitionKey("triageIssue")
                .singleResult();

        assertThat(task.getDueDate().toInstant()).isAfter(Instant.now().minus(Duration.ofDays(1)));
        assertThat(tasks.getIdentityLinksForTask(task.getId()))
                .extracting(IdentityLink::getGroupId)
                .contains("dept:jicai:staff");
    }
}
