package org.manyi.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.manyi.faults.NodeClient.Answer;
import tools.jackson.databind.node.ObjectNode;

/** A node dies while it gives every school its part of a phase, and two others go on with it at once. */
class PhaseKillTests {

    private static final String HALT = "halt call.after[schoolPartsSteps.openParts]@2";

    @Test
    void everySchoolHasItsPartOnceAndEveryPhaseBeginsOnceThoughANodeDiesWhileItIsGivenOut() {
        Database district = Harness.district();
        long schools =
                district.count("select count(*) from org_unit where type = 'SCHOOL' and active and parent_code = 'D1'");
        String id;
        try (Node dying = node(district, "dying").faults(HALT).start()) {
            dying.awaitHealthy();
            id = openFormerYear(dying);
            dying.awaitEnd(Duration.ofMinutes(2));
        }
        assertThat(district.count(openParts(id)))
                .as("schools whose part was given before")
                .isPositive()
                .isLessThan(4 * schools);
        try (Node one = node(district, "one").start();
                Node other = node(district, "other").start()) {
            one.awaitHealthy();
            other.awaitHealthy();
            Awaitility.await("all phases are opened")
                    .atMost(Duration.ofMinutes(4))
                    .until(() -> district.count(
                                    "select count(*) from campaign_phase where state = 'done' and campaign_id = '" + id
                                            + "'")
                            == 4);

            assertThat(district.count(openParts(id))).isEqualTo(4 * schools);
            assertThat(district.count(history(id, "PhaseOpened")))
                    .as("phases that began")
                    .isEqualTo(4);
            assertThat(district.count(history(id, "PhaseOver")))
                    .as("phases whose time was over, each once")
                    .isEqualTo(4);
            List<String> twice = district.jdbc()
                    .sql("""
                            select business_key_ from act_ru_execution
                            where parent_id_ is null and business_key_ like :id group by business_key_ having count(*) > 1
                            """)
                    .param("id", id + ".%")
                    .query(String.class)
                    .list();
            assertThat(twice).as("what runs twice").isEmpty();
            one.stop();
            other.stop();
        }
        Node.on(district).assertBooksAgree();
    }

    private static String openParts(String id) {
        return "select count(*) from campaign_part where state = 'open' and campaign_id = '" + id + "'";
    }

    private static String history(String id, String event) {
        return "select count(*) from campaign_history where campaign_id = '" + id + "' and event = '" + event + "'";
    }

    private static Node.Setup node(Database district, String name) {
        return Node.on(district).named(name).set("manyi.campaign.schools-at-once", 4);
    }

    /** A year of one district, before those of the demonstration, whose phases are all over, so that they are opened at once. */
    private static String openFormerYear(Node node) {
        NodeClient jijiao = NodeClient.of(node).as("jijiao").loggedIn();
        int year = LocalDate.now().getYear() - 4;
        Answer drafted = done(jijiao.post("/api/v1/campaigns", Map.of("plan", "luozhuang-2022", "year", year)));
        String id = drafted.text("/id");
        ObjectNode plan = (ObjectNode) drafted.json().at("/plan");
        ((ObjectNode) plan.get("participants")).putArray("districts").add("D1");
        done(jijiao.post("/api/v1/campaigns/" + id + "/plan", Map.of("version", 0, "plan", plan)));
        done(NodeClient.of(node).as("chair").loggedIn().post("/api/v1/campaigns/" + id + "/decide", Map.of()));
        done(jijiao.post("/api/v1/campaigns/" + id + "/start", Map.of()));
        return id;
    }

    private static Answer done(Answer answer) {
        assertThat(answer.done()).as(answer.body()).isTrue();
        return answer;
    }
}
