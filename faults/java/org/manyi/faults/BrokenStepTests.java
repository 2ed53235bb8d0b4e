package org.manyi.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.manyi.faults.NodeClient.Answer;

/** A statement breaks in the middle of a transaction (B9): nothing of the step stays, and what is said is not how Spring feels about it. */
class BrokenStepTests {

    private static final List<String> STATEMENTS = List.of(
            "insert into issue_history",
            "insert into inbox_task",
            "insert into act_ru_task",
            "insert into act_hi_taskinst",
            "update inbox_task",
            "insert into mail",
            "insert into audit_entry");

    @Test
    void aStepThatBreaksAnywhereLeavesNothingBehindAndIsDoneByTheNextTry() {
        Database district = Harness.district();
        long before = district.count("select count(*) from issue");
        NodeClient office;
        try (Node calm = Node.on(district).start()) {
            calm.awaitHealthy();
            office = NodeClient.of(calm).as("office").loggedIn();
        }
        String faults = STATEMENTS.stream()
                .map(statement -> "fail statement.before[" + statement + "]@1")
                .collect(Collectors.joining("; "));
        try (Node node = Node.on(district).named("breaking").faults(faults).start()) {
            node.awaitHealthy();
            NodeClient here = office.at(node);
            int broken = 0;
            Answer raised = here.post("/api/v1/issues", Cases.report("中途出错"));
            while (!raised.done() && broken < STATEMENTS.size()) {
                broken++;
                assertToldDecently(raised);
                raised = here.post("/api/v1/issues", Cases.report("中途出错"));
            }
            assertThat(raised.status()).as(raised.body()).isEqualTo(201);
            String task = Cases.task(here, raised.text("/number"), "contactReporter");
            int version = Cases.version(here, task);
            Map<String, Object> values = Map.of("outcome", "reached", "note", "已联系");
            Answer done = Cases.complete(here, task, version, values);
            while (!done.done() && broken < 2 * STATEMENTS.size()) {
                broken++;
                assertToldDecently(done);
                done = Cases.complete(here, task, version, values);
            }
            assertThat(done.status()).as(done.body()).isEqualTo(200);
            assertThat(broken).as("steps that broke").isGreaterThanOrEqualTo(5);
            assertThat(node.log()).doesNotContain("UnexpectedRollbackException");
            System.out.println("steps broken: " + broken);
        }
        assertThat(district.count("select count(*) from issue")).isEqualTo(before + 1);
        Node.on(district).assertBooksAgree();
    }

    private static void assertToldDecently(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(500);
        assertThat(answer.text("/code")).isEqualTo("internal");
        assertThat(answer.body()).doesNotContain("Exception", "ollback", "provoked");
    }
}
