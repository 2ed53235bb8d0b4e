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

/** A node dies while it gives every school its part of a phase, or moves a date of all of them; others go on with it. */
class PhaseKillTests {

    private static final String HALT = "halt call.after[schoolPartsSteps.openParts]@2";

    @Test
    void everySchoolHasItsPartOnceAndEveryPhaseBeginsOnceThoughANodeDiesWhileItIsGivenOut() {
        Database district = Harness.district();
        long schools =
                district.count("select count(*) from org_unit where type = 'SCHOOL' and active and parent_code = 'D1'"
                        + " and kind <> 'private-training'");
        String id;
        try (Node dying = node(district, "dying").faults(HALT).start()) {
            dying.awaitHealthy();
            id = open(dying, LocalDate.now().getYear() - 2);
            dying.awaitEnd(Duration.ofMinutes(2));
        }
        assertThat(district.count(
                        "select count(*) from campaign_part where state = 'open' and campaign_id = '%s'".formatted(id)))
                .as("schools whose part was given before")
                .isPositive()
                .isLessThan(4 * schools);
        String year = id;
        try (Node one = node(district, "one").start();
                Node other = node(district, "other").start()) {
            one.awaitHealthy();
            other.awaitHealthy();
            Awaitility.await("all phases are opened")
                    .atMost(Duration.ofMinutes(4))
                    .until(() -> district.count(
                                    "select count(*) from campaign_phase where state = 'done' and campaign_id = '%s'"
                                            .formatted(year))
                            == 4);

            assertThat(district.count("select count(*) from campaign_part where state = 'open' and campaign_id = '%s'"
                            .formatted(id)))
                    .isEqualTo(4 * schools);
            assertThat(district.count(
                            "select count(*) from campaign_history where event = 'PhaseOpened' and campaign_id = '%s'"
                                    .formatted(id)))
                    .as("phases that began")
                    .isEqualTo(4);
            assertThat(district.count(
                            "select count(*) from campaign_history where event = 'PhaseOver' and campaign_id = '%s'"
                                    .formatted(id)))
                    .as("phases whose time was over, each once")
                    .isEqualTo(4);
            assertThat(runningTwice(district, id)).as("what runs twice").isEmpty();
            one.stop();
            other.stop();
        }
        Node.on(district).assertBooksAgree();
    }

    private static List<String> runningTwice(Database district, String id) {
        return district.jdbc()
                .sql("""
                        select business_key_ from act_ru_execution
                        where parent_id_ is null and business_key_ like :id group by business_key_ having count(*) > 1
                        """)
                .param("id", id + ".%")
                .query(String.class)
                .list();
    }

    @Test
    void everyWorkHasItsNewDayOnceAndItsDoersAreToldOnceThoughANodeDiesWhileADateIsMoved() {
        Database district = Harness.district();
        String id;
        LocalDate day = Harness.weekday(LocalDate.now().plusDays(10));
        try (Node dying = node(district, "dying")
                .faults("halt call.after[planAdjustmentSteps.moveWorks]@2")
                .start()) {
            dying.awaitHealthy();
            id = open(dying, day.getYear() - 1);
            String year = id;
            Awaitility.await("every school has its planning to do")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> district.count(
                                    "select count(*) from campaign_phase where phase_id = 'february-planning' and state <> 'opening' and campaign_id = '%s'"
                                            .formatted(year))
                            == 1);
            NodeClient jijiao = NodeClient.of(dying).as("jijiao").loggedIn();
            int version = Integer.parseInt(jijiao.get("/api/v1/campaigns/" + id).text("/version"));
            done(jijiao.post(
                    "/api/v1/campaigns/" + id + "/dates",
                    Map.of(
                            "version",
                            version,
                            "moves",
                            List.of(Map.of("what", "fileSchoolPlan", "due", day.toString())),
                            "reason",
                            "推迟备案")));
            dying.awaitEnd(Duration.ofMinutes(2));
        }
        String works = "select count(*) from campaign_work where node_id = 'fileSchoolPlan' and campaign_id = '%s'"
                .formatted(id);
        long all = district.count(works);
        assertThat(district.count(works + " and due_on = date '%s'".formatted(day)))
                .as("works moved before")
                .isPositive()
                .isLessThan(all);
        try (Node next = node(district, "next").start()) {
            next.awaitHealthy();
            String done = "select count(*) from campaign_adjustment where state = 'done' and campaign_id = '%s'"
                    .formatted(id);
            Awaitility.await("the change is carried out")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> district.count(done) == 1);
            assertThat(district.count(works + " and due_on = date '%s'".formatted(day)))
                    .isEqualTo(all);
            assertThat(district.count(
                            "select count(*) from campaign_work_history where event = 'WorkDateMoved' and number like '%s.fileSchoolPlan.%%'"
                                    .formatted(id)))
                    .as("each work once")
                    .isEqualTo(all);
            assertThat(district.count(
                            "select count(*) from mail where template = 'dates' and case_number = '%s'".formatted(id)))
                    .as("each person once")
                    .isPositive()
                    .isEqualTo(district.count(
                            "select count(distinct username) from mail where template = 'dates' and case_number = '%s'"
                                    .formatted(id)));
            next.stop();
        }
        Node.on(district).assertBooksAgree();
    }

    private static Node.Setup node(Database district, String name) {
        return Node.on(district).named(name).set("manyi.campaign.schools-at-once", 4);
    }

    /** A year of one district that is past, so that what has begun by now is opened at once. */
    private static String open(Node node, int year) {
        NodeClient jijiao = NodeClient.of(node).as("jijiao").loggedIn();
        Answer drafted = done(jijiao.post(
                "/api/v1/campaigns", Map.of("plan", "luozhuang-2022", "year", year, "confirmNotDuplicate", true)));
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
