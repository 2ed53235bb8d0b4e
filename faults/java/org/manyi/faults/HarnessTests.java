package org.manyi.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.manyi.TestSession;
import org.manyi.faults.NodeClient.Answer;

/** That the harness itself does what its tests rely on: a node dies at the very commit that was named. */
class HarnessTests {

    private static final Map<String, Object> ISSUE = Map.of(
            "title", "放学时校门口双排停车行人被挤到路中间",
            "description", "每天下午放学半小时内最严重",
            "kind", "appeal",
            "source", "hotline",
            "category", "communication",
            "severity", "medium",
            "schoolCode", "S0001",
            "confirmNotDuplicate", true);

    @Test
    void aNodeKilledBeforeACommitHasNotRaisedTheIssueAndOneKilledAfterItHas() {
        Database district = Harness.district();
        long before = district.count("select count(*) from issue");

        assertThat(raiseAndDie(district, "halt commit.before[insert into issue]")
                        .status())
                .isZero();
        assertThat(district.count("select count(*) from issue")).isEqualTo(before);

        assertThat(raiseAndDie(district, "halt commit.after[insert into issue]").status())
                .isZero();
        assertThat(district.count("select count(*) from issue")).isEqualTo(before + 1);
        Node.on(district).assertBooksAgree();
    }

    private static Answer raiseAndDie(Database database, String faults) {
        try (Node node = Node.on(database).faults(faults).start()) {
            node.awaitHealthy();
            assertThat(new TestSession(node.url())
                            .login("office", "Manyi-2026!")
                            .statusCode())
                    .as("a browser can log in")
                    .isEqualTo(303);
            Answer answer = NodeClient.of(node).as("office").loggedIn().post("/api/v1/issues", ISSUE);
            assertThat(node.awaitEnd(Duration.ofSeconds(10))).isEqualTo(137);
            return answer;
        }
    }
}
