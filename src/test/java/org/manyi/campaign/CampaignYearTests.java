package org.manyi.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.manyi.campaign.Year.ok;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestClient.Answer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A year as it runs: from its draft through its four phases to the award, with every turn that it can take. */
@ManyiTest
class CampaignYearTests {

    @Autowired
    private Year year;

    @Autowired
    private TestClient client;

    @Autowired
    private JdbcClient jdbc;

    @AfterEach
    void theYearIsOver() {
        year.end();
    }

    @Test
    void aYearRunsFromItsDraftToTheAward() {
        String id = year.draft(plan -> {});
        ok(year.complete("jijiao", id, "revisePlan", Map.of("note", "请审定")));
        Answer silent = year.complete("chair", id, "decidePlan", Map.of("decision", "return"));
        assertThat(silent.text("/errors/0/field")).isEqualTo("reason");
        ok(year.complete("chair", id, "decidePlan", Map.of("decision", "return", "reason", "主题再想想")));
        assertThat(client.as("jijiao").get("/api/v1/campaigns/" + id).text("/returnedReason"))
                .isEqualTo("主题再想想");
        ok(year.complete("jijiao", id, "revisePlan", Map.of()));
        ok(year.complete("chair", id, "decidePlan", Map.of("decision", "approve")));
        assertThat(year.state(id)).isEqualTo("decided");
        ok(year.complete("jijiao", id, "issuePlan", Map.of("issuedOn", year.yearOf(id) + "-02-01")));
        assertThat(year.state(id)).isEqualTo("running");
        assertThat(year.node(id, "fileSchoolPlan")).isEqualTo("planned");

        year.at(id, 2, 11);
        assertThat(year.node(id, "fileSchoolPlan")).isEqualTo("open");
        String filing = id + ".fileSchoolPlan.S0001";
        Answer bare = client.as("principal001")
                .post(
                        "/api/v1/tasks/" + year.task(filing, "doWork") + "/complete",
                        Map.of("version", 1, "values", Map.of("report", "我校的方案")));
        assertThat(bare.text("/errors/0/field")).isEqualTo("files");
        ok(year.handIn("principal001", filing, "我校的方案"));
        Answer unsaid = year.complete("jijiao", filing, "checkWork", Map.of("decision", "return"));
        assertThat(unsaid.text("/errors/0/field")).isEqualTo("reason");
        String again = year.yearOf(id) + "-02-20";
        ok(year.complete(
                "jijiao", filing, "checkWork", Map.of("decision", "return", "reason", "没有盖章页", "newDue", again)));
        assertThat(year.work(filing)).isEqualTo("returned");
        assertThat(client.as("principal001")
                        .get("/api/v1/tasks/" + year.task(filing, "doWork"))
                        .text("/dueDate"))
                .isEqualTo(again);
        ok(year.handIn("principal001", filing, "补上盖章页"));
        ok(year.complete("jijiao", filing, "checkWork", Map.of("decision", "pass")));
        assertThat(year.work(filing)).isEqualTo("done");
        year.doAll(id);
        assertThat(year.node(id, "fileSchoolPlan")).isEqualTo("done");
        assertThat(phase(id, "february-planning")).isEqualTo("done");

        for (int[] day : new int[][] {{3, 2}, {6, 1}, {9, 1}, {10, 12}, {10, 26}, {11, 2}, {11, 9}}) {
            year.at(id, day[0], day[1]);
            year.doAll(id);
        }
        year.at(id, 12, 2);
        String results = id + ".receiveExternalResults";
        Map<String, Object> entry = Map.of(
                "cityRank", 7, "score", "91.255", "publishedOn", year.yearOf(id) + "-12-01", "paper", "市教育局通报 8 号");
        assertThat(year.complete("jijiao", results, "enterExternalResults", entry)
                        .text("/errors/0/field"))
                .isEqualTo("score");
        Map<String, Object> right = new java.util.HashMap<>(entry);
        right.put("score", "91.25");
        ok(year.complete("jijiao", results, "enterExternalResults", right));
        Answer own = year.complete("jijiao", results, "confirmExternalResults", Map.of("decision", "confirm"));
        assertThat(own.status()).isIn(403, 422);
        ok(year.complete("office", results, "confirmExternalResults", Map.of("decision", "refuse", "reason", "名次是 5")));
        right.put("cityRank", 5);
        ok(year.complete("jijiao", results, "enterExternalResults", right));
        ok(year.complete("office", results, "confirmExternalResults", Map.of("decision", "confirm")));
        for (int[] day : new int[][] {{12, 2}, {12, 7}, {12, 31}, {14, 26}, {15, 1}}) {
            year.at(id, day[0], day[1]);
            year.doAll(id);
        }

        assertThat(year.node(id, "awardHonours")).isEqualTo("done");
        assertThat(year.running(id)).as("nothing of the year is left running").isEmpty();
        assertThat(year.state(id)).isEqualTo("closed");
        assertThat(phase(id, "year-end-review")).isEqualTo("done");
        assertThat(jdbc.sql(
                                "select event from campaign_history where campaign_id = :id and event like 'P%' order by place")
                        .param("id", id)
                        .query(String.class)
                        .list())
                .contains("PlanIssued", "PhaseOpened")
                .doesNotContain("PhaseOver");
    }

    @Test
    void aPhaseBeginsOnItsDayThoughTheOneBeforeIsUnfinishedAndWhatIsLateStaysLate() {
        String id = year.running(plan -> {});
        String filing = id + ".fileSchoolPlan.S0002";
        assertThat(year.node(id, "takeSurveyWave1")).isEqualTo("planned");

        year.at(id, 3, 1);

        assertThat(phase(id, "february-planning")).isEqualTo("late");
        assertThat(phase(id, "spring-surveys")).isEqualTo("running");
        assertThat(year.node(id, "fileSchoolPlan")).isEqualTo("late");
        assertThat(jdbc.sql("select count(*) from campaign_part where campaign_id = :id and late")
                        .param("id", id)
                        .query(Long.class)
                        .single())
                .isPositive();
        ok(year.handIn("principal002", filing, "迟到的方案"));
        ok(year.complete("jijiao", filing, "checkWork", Map.of("decision", "pass")));
        year.doAll(id);
        assertThat(client.as("chair")
                        .get("/api/v1/campaigns/" + id + "/schools?phase=february-planning")
                        .text("/items/0/late"))
                .isEqualTo("3");
        assertThat(phase(id, "february-planning")).isEqualTo("done");
    }

    @Test
    void aSchoolSeesItsOwnPartAndNoOthers() {
        String id = year.running(plan -> {});

        Answer own = client.as("principal001").get("/api/v1/campaigns/" + id + "/schools/S0001");
        assertThat(own.json().at("/works")).hasSize(3);
        assertThat(client.as("principal001")
                        .get("/api/v1/campaigns/" + id + "/schools/S0002")
                        .status())
                .isEqualTo(404);
        Answer rows = client.as("principal001").get("/api/v1/campaigns/" + id + "/schools");
        assertThat(rows.json().at("/items")).hasSize(1);
        assertThat(rows.text("/items/0/code")).isEqualTo("S0001");
        assertThat(client.as("chair")
                        .get("/api/v1/campaigns/" + id + "/schools")
                        .json()
                        .at("/items"))
                .hasSizeGreaterThan(2);
        assertThat(schoolsOf("principal001", id)).isEqualTo(1);
        assertThat(schoolsOf("chair", id)).isGreaterThan(2);
        assertThat(client.as("principal001")
                        .get("/api/v1/tasks/" + year.task(id + ".fileSchoolPlan.S0002", "doWork"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whatThePlanDoesNotHaveIsNotDoneAndWhatNoDiagramKnowsIsDoneAllTheSame() {
        String id = year.running(plan -> {
            for (var mechanism : plan.withArray("mechanisms")) {
                if (mechanism.get("id").asString().equals("mentors")) {
                    ((ObjectNode) mechanism).put("on", false);
                }
            }
            ArrayNode nodes = plan.withArray("nodes");
            add(nodes, "askParents", "NONE", null);
            add(nodes, "openSchoolDay", "SCHOOL", null);
            add(nodes, "tourDistrict", "DISTRICT", null);
        });

        assertThat(year.work(id + ".assignMentors.S0001")).isNull();
        assertThat(year.node(id, "assignMentors")).isEqualTo("notPlanned");
        assertThat(year.work(id + ".askParents")).isEqualTo("open");
        assertThat(year.work(id + ".openSchoolDay.S0001")).isEqualTo("open");
        assertThat(year.work(id + ".tourDistrict.D1")).isEqualTo("open");
        ok(year.handIn("jijiao", id + ".askParents", "问过了"));
        assertThat(year.work(id + ".askParents")).as("nobody has to check it").isEqualTo("done");

        year.at(id, 3, 1);
        assertThat(year.work(id + ".hearProgress-1")).isEqualTo("open");
        assertThat(year.work(id + ".hearProgress-2")).isEqualTo("planned");
        assertThat(year.work(id + ".reportContactSchools-1.leader:1")).isEqualTo("open");
    }

    private static void add(ArrayNode nodes, String node, String fanOut, String check) {
        ObjectNode added = nodes.addObject();
        added.put("id", node);
        added.put("name", "另加的事 " + node);
        added.put("phase", "february-planning");
        added.put("owner", "dept:jijiao:staff");
        added.put("fanOut", fanOut);
        added.putObject("due").put("rule", "day").put("day", "02-25");
    }

    @Test
    void withoutTheCitysRankALeaderWaitsUntilItComes() {
        String id = untilTheRankIsMissed();
        Answer past = year.complete(
                "chair",
                id,
                "decideWithoutCityRank",
                Map.of("decision", "wait", "until", "2000-01-01", "reason", "再等等"));
        assertThat(past.text("/errors/0/field")).isEqualTo("until");
        String until = year.yearOf(id) + 1 + "-03-20";
        ok(year.complete(
                "chair", id, "decideWithoutCityRank", Map.of("decision", "wait", "until", until, "reason", "再等等")));
        assertThat(year.work(id + ".decideResults")).isNull();

        String results = id + ".receiveExternalResults";
        ok(year.complete(
                "jijiao",
                results,
                "enterExternalResults",
                Map.of("cityRank", 3, "publishedOn", year.yearOf(id) + 1 + "-02-01", "paper", "市里的通报")));
        ok(year.complete("office", results, "confirmExternalResults", Map.of("decision", "confirm")));

        assertThat(year.work(id + ".decideResults")).isEqualTo("open");
        year.doAll(id);
        assertThat(year.work(id + ".awardHonours")).isNotNull();
    }

    @Test
    void withoutTheCitysRankALeaderMayGoOnWithoutHonours() {
        String id = untilTheRankIsMissed();
        String until = year.yearOf(id) + 1 + "-03-20";
        ok(year.complete(
                "chair", id, "decideWithoutCityRank", Map.of("decision", "wait", "until", until, "reason", "再等等")));
        year.at(id, 15, 20);

        ok(year.complete("chair", id, "decideWithoutCityRank", Map.of("decision", "goOn", "reason", "不再等了")));
        year.doAll(id);

        assertThat(year.work(id + ".awardHonours")).isNull();
        assertThat(year.work(id + ".decideResults")).isEqualTo("done");
        assertThat(year.state(id)).isEqualTo("closed");
    }

    /** A year of which only the review was planned, in the following March; its every work is done but for the city's results. */
    private String untilTheRankIsMissed() {
        String id = year.running(plan -> {
            ArrayNode nodes = plan.withArray("nodes");
            for (int at = nodes.size() - 1; at >= 0; at--) {
                if (!nodes.get(at).get("phase").asString().equals("year-end-review")) {
                    nodes.remove(at);
                }
            }
        });
        for (int month = 12; month <= 15; month++) {
            year.at(id, month, 12);
            year.doAll(id);
        }
        assertThat(year.task(id, "decideWithoutCityRank")).isNotNull();
        return id;
    }

    @Test
    void onlyADecidedPlanIsIssuedAndOnlyByItsAuthor() {
        String id = year.draft(plan -> {});
        Answer early = client.as("jijiao").post("/api/v1/campaigns/" + id + "/start", Map.of());
        assertThat(early.text("/code")).isEqualTo("not-active");
        ok(client.as("chair").post("/api/v1/campaigns/" + id + "/decide", Map.of()));
        assertThat(client.as("xueqian")
                        .post("/api/v1/campaigns/" + id + "/start", Map.of())
                        .status())
                .isEqualTo(403);
        assertThat(client.as("jijiao")
                        .post("/api/v1/campaigns/" + id + "/start", Map.of("issuedOn", "2999-01-01"))
                        .text("/errors/0/field"))
                .isEqualTo("issuedOn");
        ok(client.as("jijiao").post("/api/v1/campaigns/" + id + "/start", Map.of()));
        assertThat(client.as("jijiao")
                        .post("/api/v1/campaigns/" + id + "/start", Map.of())
                        .text("/code"))
                .isEqualTo("not-active");
    }

    @Test
    void aPlanWithAPhaseThatNoDiagramRunsIsNotPutBeforeTheCommitteeNorIssued() {
        String id = year.draft(plan -> {
            ObjectNode extra = plan.withArray("phases").addObject();
            extra.put("id", "summer-camp")
                    .put("name", "夏令营")
                    .put("starts", "07-10")
                    .put("ends", "08-20");
        });

        assertThat(client.as("jijiao")
                        .post("/api/v1/campaigns/" + id + "/submit", Map.of("version", 1))
                        .text("/errors/0/field"))
                .isEqualTo("phases");
        ok(client.as("chair").post("/api/v1/campaigns/" + id + "/decide", Map.of()));
        assertThat(client.as("jijiao")
                        .post("/api/v1/campaigns/" + id + "/start", Map.of())
                        .text("/errors/0/field"))
                .isEqualTo("phases");
        assertThat(year.state(id)).isEqualTo("decided");
    }

    @Test
    void whoHasNothingFromTheYearBeforeStartsFromTheTemplate() {
        String id = year.running(plan -> {
            ArrayNode nodes = plan.withArray("nodes");
            add(nodes, "planWalks", "SCHOOL", null);
            ((ObjectNode) nodes.get(nodes.size() - 1)).put("template", "一、走访多少户：");
        });

        String task = year.task(id + ".planWalks.S0001", "doWork");

        assertThat(client.as("principal001")
                        .get("/api/v1/tasks/" + task + "/form")
                        .text("/data/report"))
                .isEqualTo("一、走访多少户：");
    }

    @Test
    void nextYearStartsFromWhatWasHandedInThisYear() {
        String id = year.running(plan -> {});
        ok(year.handIn("principal001", id + ".fileSchoolPlan.S0001", "去年的方案全文"));
        Answer next = client.as("jijiao")
                .post("/api/v1/campaigns/" + id + "/actions/rollOver", Map.of("year", year.yearOf(id) + 1));
        String nextId = year.begun(next.text("/id"));
        ok(client.as("chair").post("/api/v1/campaigns/" + nextId + "/decide", Map.of()));
        ok(client.as("jijiao").post("/api/v1/campaigns/" + nextId + "/start", Map.of()));
        year.at(nextId, 2, 11);

        String task = year.task(nextId + ".fileSchoolPlan.S0001", "doWork");
        assertThat(client.as("principal001")
                        .get("/api/v1/tasks/" + task + "/form")
                        .text("/data/report"))
                .isEqualTo("去年的方案全文");
    }

    private String phase(String id, String phase) {
        for (var one : year.timeline("chair", id).json().at("/phases")) {
            if (one.get("id").asString().equals(phase)) {
                return one.get("state").asString();
            }
        }
        return null;
    }

    private int schoolsOf(String username, String id) {
        for (var node : year.timeline(username, id).json().at("/nodes")) {
            if (node.get("id").asString().equals("fileSchoolPlan")) {
                return node.at("/schools/total").asInt();
            }
        }
        return 0;
    }
}
