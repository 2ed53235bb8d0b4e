package org.manyi.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestClient.Answer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/** A year's plan from its draft to its decision, by API. */
@ManyiTest
class CampaignApiTests {

    private static final AtomicInteger YEAR = new AtomicInteger(2100);

    @Autowired
    private TestClient client;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void aPlanIsDraftedReturnedOnceRevisedAndDecided() {
        String id = draft();
        assertThat(get("jijiao", id).text("/state")).isEqualTo("draft");

        assertThat(step("jijiao", id, "submit", 0).status()).isEqualTo(200);
        Answer returned = client.as("chair")
                .post(path(id, "decide"), Map.of("version", 1, "decision", "return", "reason", "家访时间太晚"));
        assertThat(returned.status()).isEqualTo(200);
        assertThat(returned.text("/returnedReason")).isEqualTo("家访时间太晚");
        assertThat(returned.text("/submitted")).isEqualTo("false");

        Answer revised = revise(id, 2, "全新主题");
        assertThat(revised.status()).isEqualTo(200);
        assertThat(revised.text("/plan/theme")).isEqualTo("全新主题");
        assertThat(revised.text("/planVersion")).isEqualTo("2");
        assertThat(step("jijiao", id, "submit", 3).status()).isEqualTo(200);
        Answer decided = client.as("chair").post(path(id, "decide"), Map.of("version", 4, "decision", "approve"));
        assertThat(decided.text("/state")).isEqualTo("decided");
        assertThat(decided.text("/returnedReason")).isNull();

        assertThat(jdbc.sql("select event from campaign_history where campaign_id = :id order by place")
                        .param("id", id)
                        .query(String.class)
                        .list())
                .containsExactly(
                        "PlanDrafted", "PlanSubmitted", "PlanReturned", "PlanRevised", "PlanSubmitted", "PlanDecided");
        assertThat(jdbc.sql(
                                "select event from audit_entry where object_key = :id and object_type = 'campaign' order by id")
                        .param("id", id)
                        .query(String.class)
                        .list())
                .containsExactly(
                        "PlanDrafted", "PlanSubmitted", "PlanReturned", "PlanRevised", "PlanSubmitted", "PlanDecided");
    }

    @Test
    void numbersOfAYearHaveNoGaps() {
        int year = YEAR.incrementAndGet();
        List<String> ids = IntStream.rangeClosed(1, 3)
                .mapToObj(n -> client.as("jijiao")
                        .post(
                                "/api/v1/campaigns",
                                Map.of("plan", "luozhuang-2022", "year", year, "confirmNotDuplicate", true))
                        .text("/id"))
                .toList();

        assertThat(ids).containsExactly(year + "-ND-01", year + "-ND-02", year + "-ND-03");
    }

    @Test
    void aSecondPlanOfTheSameYearHasToBeConfirmed() {
        int year = YEAR.incrementAndGet();
        Map<String, Object> asked = Map.of("plan", "luozhuang-2022", "year", year);
        assertThat(client.as("jijiao").post("/api/v1/campaigns", asked).status())
                .isEqualTo(201);

        Answer again = client.as("jijiao").post("/api/v1/campaigns", asked);

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("/code")).isEqualTo("possible-duplicate");
    }

    @Test
    void whatIsNoPlanOrNoYearIsRefused() {
        assertThat(client.as("jijiao")
                        .post("/api/v1/campaigns", Map.of("plan", "unknown", "year", 2026))
                        .status())
                .isEqualTo(404);
        assertThat(client.as("jijiao")
                        .post("/api/v1/campaigns", Map.of("plan", "luozhuang-2022", "year", 26))
                        .status())
                .isEqualTo(422);
        assertThat(client.as("jijiao")
                        .post("/api/v1/campaigns", Map.of("year", 2026))
                        .status())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xueqian", "office", "chair", "principal001", "leader1"})
    void onlyTheDepartmentInChargeDraftsAndRevises(String username) {
        String id = draft();

        assertThat(client.as(username)
                        .post("/api/v1/campaigns", Map.of("plan", "luozhuang-2022", "year", YEAR.incrementAndGet()))
                        .status())
                .isEqualTo(403);
        assertThat(step(username, id, "submit", 0).status()).isIn(403, 404);
    }

    @Test
    void onlyTheHeadOfTheBureauDecides() {
        String id = draft();
        step("jijiao", id, "submit", 0);

        assertThat(client.as("jijiao")
                        .post(path(id, "decide"), Map.of("version", 1))
                        .status())
                .isEqualTo(403);
        assertThat(client.as("deputy1")
                        .post(path(id, "decide"), Map.of("version", 1))
                        .status())
                .isEqualTo(403);
        assertThat(get("chair", id).text("/state")).isEqualTo("draft");
    }

    @Test
    void schoolsSeeAPlanOnceItIsDecided() {
        String id = draft();
        assertThat(get("principal001", id).status()).isEqualTo(404);
        assertThat(get("district1", id).status()).isEqualTo(404);
        assertThat(get("xueqian", id).status()).isEqualTo(200);

        client.as("chair").post(path(id, "decide"), Map.of());

        assertThat(get("principal001", id).text("/state")).isEqualTo("decided");
        assertThat(get("principal001", id).json().at("/actions")).isEmpty();
        assertThat(client.as("principal001").get("/api/v1/campaigns").body()).contains(id);
        assertThat(get("sysadmin", id).status()).isEqualTo(403);
    }

    @Test
    void aSubmittedOrDecidedPlanIsNotChanged() {
        String id = draft();
        step("jijiao", id, "submit", 0);
        assertThat(revise(id, 1, "改一改").text("/code")).isEqualTo("not-active");

        assertThat(step("jijiao", id, "recall", 1).status()).isEqualTo(200);
        assertThat(revise(id, 2, "改一改").status()).isEqualTo(200);

        client.as("chair").post(path(id, "decide"), Map.of());
        assertThat(revise(id, 4, "再改").text("/code")).isEqualTo("not-active");
        assertThat(client.as("chair").post(path(id, "decide"), Map.of()).text("/code"))
                .isEqualTo("not-active");
    }

    @Test
    void whoeverLooksAtAnOldVersionChangesNothing() {
        String id = draft();
        assertThat(revise(id, 0, "先来的").status()).isEqualTo(200);

        Answer late = revise(id, 0, "后来的");

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.text("/code")).isEqualTo("stale-version");
        assertThat(get("jijiao", id).text("/plan/theme")).isEqualTo("先来的");
    }

    @Test
    void aPlanThatBreaksARuleIsNamedFieldByFieldAndNothingIsSaved() {
        String id = draft();
        ObjectNode plan = (ObjectNode) get("jijiao", id).json().at("/plan");
        ((ObjectNode) plan.at("/nodes/0")).put("phase", "no-such-phase");

        Answer refused = client.as("jijiao").post(path(id, "plan"), revision(0, plan));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("/errors/0/field")).isEqualTo("nodes[summarizeLastYear].phase");
        assertThat(get("jijiao", id).text("/planVersion")).isEqualTo("1");
    }

    @Test
    void aReturnNeedsAReasonAndANothingChangedIsNoVersion() {
        String id = draft();
        step("jijiao", id, "submit", 0);
        assertThat(client.as("chair")
                        .post(path(id, "decide"), Map.of("decision", "return", "reason", " "))
                        .status())
                .isEqualTo(422);
        step("jijiao", id, "recall", 1);

        ObjectNode plan = (ObjectNode) get("jijiao", id).json().at("/plan");
        assertThat(client.as("jijiao").post(path(id, "plan"), revision(2, plan)).status())
                .isEqualTo(422);
    }

    @Test
    void whatNoDatabaseKeepsAsTextIsRefusedAtItsField() {
        String id = draft();
        ObjectNode plan = (ObjectNode) get("jijiao", id).json().at("/plan");
        plan.put("theme", "a\u0000b");
        assertThat(client.as("jijiao").post(path(id, "plan"), revision(0, plan)).text("/errors/0/field"))
                .isEqualTo("theme");

        step("jijiao", id, "submit", 0);
        assertThat(client.as("chair")
                        .post(path(id, "decide"), Map.of("decision", "return", "reason", "a\u0000b"))
                        .text("/errors/0/field"))
                .isEqualTo("reason");
    }

    @Test
    void aYearRollsOverIntoTheNextWithItsDaysMoved() {
        String id = draft();
        int year = Integer.parseInt(id.substring(0, 4));

        Answer next = client.as("jijiao").post(path(id, "actions/rollOver"), Map.of("year", YEAR.incrementAndGet()));

        assertThat(next.status()).isEqualTo(201);
        assertThat(next.text("/rolledFrom")).isEqualTo(id);
        assertThat(next.text("/plan/year")).isNotEqualTo(String.valueOf(year));
        assertThat(next.text("/days/0/due")).startsWith(next.text("/plan/year"));
        assertThat(next.text("/plan/nodes/0/due/day")).isEqualTo("02-07");
    }

    private String draft() {
        Answer drafted = client.as("jijiao")
                .post("/api/v1/campaigns", Map.of("plan", "luozhuang-2022", "year", YEAR.incrementAndGet()));
        assertThat(drafted.status()).as(drafted.body()).isEqualTo(201);
        return drafted.text("/id");
    }

    private Answer get(String username, String id) {
        return client.as(username).get("/api/v1/campaigns/" + id);
    }

    private Answer step(String username, String id, String step, int version) {
        return client.as(username).post(path(id, step), Map.of("version", version));
    }

    private Answer revise(String id, int version, String theme) {
        ObjectNode plan = (ObjectNode) get("jijiao", id).json().at("/plan");
        plan.put("theme", theme);
        return client.as("jijiao").post(path(id, "plan"), revision(version, plan));
    }

    private static Map<String, Object> revision(int version, ObjectNode plan) {
        Map<String, Object> revision = new LinkedHashMap<>();
        revision.put("version", version);
        revision.put("plan", plan);
        revision.put("note", "测试");
        return revision;
    }

    private static String path(String id, String step) {
        return "/api/v1/campaigns/" + id + "/" + step;
    }
}
