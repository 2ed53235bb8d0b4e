package org.manyi.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.manyi.faults.NodeClient.Answer;

/** Two nodes open the phases of a year for every school, and one of them dies in the middle of it. */
class PhaseKillTests {

    private static final String HALT = "halt call.after[schoolPartsSteps.openParts]@2";

    @Test
    void everySchoolHasItsPartOnceAndEveryPhaseBeginsOnceThoughANodeDiesWhileItIsGivenOut() {
        Database district = Harness.district();
        long schools = district.count("select count(*) from org_unit where type = 'SCHOOL' and active");
        try (Node dying = node(district, "dying").faults(HALT).start();
                Node other = node(district, "other").start()) {
            dying.awaitHealthy();
            other.awaitHealthy();
            String id = openFormerYear(other);
            Awaitility.await("a node dies while it gives out parts")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> !dying.isAlive()
                            || district.count("select count(*) from campaign_phase where state = 'done'") == 4);
            assertThat(dying.isAlive()).as("the node whose fault was set").isFalse();
            Awaitility.await("all phases are opened")
                    .atMost(Duration.ofMinutes(4))
                    .until(() -> district.count("select count(*) from campaign_phase where state = 'done'") == 4);

            assertThat(district.count("select count(*) from campaign_part where state = 'open'"))
                    .isEqualTo(4 * schools);
            assertThat(district.count("select count(*) from campaign_history where event = 'PhaseOpened'"))
                    .as("phases that began")
                    .isEqualTo(4);
            assertThat(district.count("select count(*) from campaign_history where event = 'PhaseOver'"))
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
            other.stop();
        }
        Node.on(district).assertBooksAgree();
    }

    private static Node.Setup node(Database district, String name) {
        return Node.on(district).named(name).set("manyi.campaign.schools-at-once", 10);
    }

    /** All phases of the year before last are over, so that they are opened at once. */
    private static String openFormerYear(Node node) {
        NodeClient jijiao = NodeClient.of(node).as("jijiao").loggedIn();
        int year = LocalDate.now().getYear() - 2;
        String id = done(jijiao.post("/api/v1/campaigns", Map.of("plan", "luozhuang-2022", "year", year)))
                .text("/id");
        done(NodeClient.of(node).as("chair").loggedIn().post("/api/v1/campaigns/" + id + "/decide", Map.of()));
        done(jijiao.post("/api/v1/campaigns/" + id + "/start", Map.of()));
        return id;
    }

    private static Answer done(Answer answer) {
        assertThat(answer.done()).as(answer.body()).isTrue();
        return answer;
    }
}
