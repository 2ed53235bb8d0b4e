package org.manyi.issue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestClient.Answer;
import org.manyi.issue.Loop.Report;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Issues as a program meets them. */
@ManyiTest
class IssueApiTests {

    @Autowired
    private TestClient api;

    @Autowired
    private Loop loop;

    private static Map<String, Object> body(String title) {
        return new HashMap<>(Map.of(
                "title", title,
                "description", "放学时双排停车",
                "kind", "appeal",
                "source", "hotline",
                "category", "transport",
                "severity", "medium",
                "schoolCode", "S0036"));
    }

    @Test
    void anIssueIsRaisedAndFoundAgain() {
        Map<String, Object> body = body("东门早晨车流混行");
        body.put("reporter", Map.of("name", "张某某", "phone", "13900000101"));

        Answer raised = api.as("office").post("/api/v1/issues", body);

        assertThat(raised.status()).isEqualTo(201);
        String number = raised.text("/number");
        assertThat(raised.headers().getLocation()).hasPath("/api/v1/issues/" + number);
        assertThat(raised.text("/status")).isEqualTo("triage");
        assertThat(raised.text("/school/code")).isEqualTo("S0036");
        assertThat(raised.text("/reporter/phone")).isEqualTo("139****0101");
        assertThat(raised.text("/rectification")).isNull();
        assertThat(raised.text("/card")).isEqualTo("none");
        assertThat(raised.text("/history/0/event")).isEqualTo("IssueRaised");
        assertThat(raised.text("/history/0/to")).isEqualTo("registered");
        for (JsonNode task : raised.json().at("/tasks")) {
            assertThat(task.at("/caseNumber").asString()).isEqualTo(number);
        }

        Answer found = api.as("office").get("/api/v1/issues/" + number);
        assertThat(found.status()).isEqualTo(200);
        assertThat(found.text("/title")).isEqualTo("东门早晨车流混行");
        assertThat(api.as("principal037").get("/api/v1/issues/" + number).status())
                .isEqualTo(404);
        assertThat(api.anonymous().get("/api/v1/issues/" + number).status()).isEqualTo(401);
        assertThat(api.as("auditor").get("/api/v1/issues").status()).isEqualTo(403);
    }

    @Test
    void aProbableDuplicateIsAConflictThatNamesItsCandidates() {
        String number =
                api.as("office").post("/api/v1/issues", body("西门公交站牌挡住盲道")).text("/number");

        Answer again = api.as("office").post("/api/v1/issues", body("西门公交站牌挡住盲道了"));

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("/code")).isEqualTo("possible-duplicate");
        assertThat(again.text("/errors/0/message")).contains(number);
        Map<String, Object> confirmed = body("西门公交站牌挡住盲道了");
        confirmed.put("confirmNotDuplicate", true);
        assertThat(api.as("office").post("/api/v1/issues", confirmed).status()).isEqualTo(201);
    }

    @Test
    void whatIsWrongIsNamedFieldByField() {
        Answer refused = api.as("office").post("/api/v1/issues", Map.of("title", "短"));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("/code")).isEqualTo("validation");
        assertThat(refused.json().at("/errors").findValuesAsString("field"))
                .contains("title", "kind", "source", "category", "severity", "schoolCode");
        assertThat(api.as("office").post("/api/v1/issues", "{\"title\":").status())
                .isEqualTo(400);
    }

    @Test
    void aSchoolRaisesItsOwnOnly() {
        Map<String, Object> body = body("自查发现灭火器过期");
        assertThat(api.as("principal036").post("/api/v1/issues", body).status()).isEqualTo(403);
        body.put("source", "selfCheck");
        assertThat(api.as("principal036").post("/api/v1/issues", body).status()).isEqualTo(201);
        body.put("schoolCode", "S0037");
        assertThat(api.as("principal036").post("/api/v1/issues", body).status()).isEqualTo(403);
        assertThat(api.as("body1").post("/api/v1/issues", body).status()).isEqualTo(403);
    }

    @Test
    void theSameRequestTwiceRaisesOneIssue() {
        Map<String, Object> body = body("南门夜间路灯不亮");
        String key = "raise-" + System.nanoTime();

        Answer first = api.as("office").with("Idempotency-Key", key).post("/api/v1/issues", body);
        Answer second = api.as("office").with("Idempotency-Key", key).post("/api/v1/issues", body);

        assertThat(second.text("/number")).isEqualTo(first.text("/number"));
    }

    @Test
    void theUnitAsksForMoreTime() {
        String number = loop.rectifying(new Report().school("S0038"));
        String path = "/api/v1/issues/" + number + "/actions/requestExtension";
        Answer seen = api.as("principal038").get("/api/v1/issues/" + number);
        assertThat(seen.json().at("/actions").toString()).contains("requestExtension");
        int version = seen.json().at("/version").asInt();

        assertThat(api.as("principal038")
                        .post(path, Map.of("version", version - 1, "reason", "等配件", "workingDays", 3))
                        .text("/code"))
                .isEqualTo("stale-version");
        assertThat(api.as("principal038")
                        .post(path, Map.of("version", version, "reason", "等配件", "workingDays", 11))
                        .status())
                .isEqualTo(422);
        assertThat(api.as("principal038")
                        .post(path, Map.of("reason", "等配件", "workingDays", 3))
                        .status())
                .isEqualTo(422);
        Answer asked = api.as("principal038").post(path, Map.of("version", version, "reason", "等配件", "workingDays", 3));
        assertThat(asked.status()).isEqualTo(200);
        assertThat(asked.text("/status")).isEqualTo("extensionReview");
        assertThat(api.as("district4")
                        .post(path, Map.of("version", version, "reason", "等配件", "workingDays", 3))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void theWholeLoopRunsByApi() {
        String number =
                api.as("office").post("/api/v1/issues", body("北门护学岗缺人值守")).text("/number");
        complete(number, "triageIssue", Map.of("decision", "accept"));
        complete(number, "signForIssue", Map.of("decision", "sign"));
        complete(
                number,
                "rectifyIssue",
                Map.of(
                        "measures",
                        "安排值守",
                        "result",
                        "每日到岗",
                        "completedOn",
                        loop.today().toString()));
        complete(
                number,
                "verifyRectification",
                Map.of("decision", "pass", "mode", "onSite", "points", List.of(Map.of("point", "到岗", "ok", true))));
        assertThat(complete(number, "approveClosure", Map.of("decision", "approve"))
                        .text("/caseStatus"))
                .isEqualTo("closed");
    }

    private Answer complete(String number, String key, Map<String, Object> values) {
        var task = loop.task(number, key);
        TestClient.As as = api.as(loop.holder(task));
        int version = as.get("/api/v1/tasks/" + task.id() + "/form")
                .json()
                .at("/version")
                .asInt();
        Answer answer =
                as.post("/api/v1/tasks/" + task.id() + "/complete", Map.of("version", version, "values", values));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    @ParameterizedTest
    @ValueSource(strings = {"status=lost", "card=blue", "kind=x", "source=y", "size=0", "size=101", "from=soon"})
    void aFilterThatMeansNothingIsRefused(String query) {
        assertThat(api.as("office").get("/api/v1/issues?" + query).status()).isIn(400, 422);
    }

    @Test
    void theReporterIsShownToWhoCallsOnly() {
        Map<String, Object> body = body("操场器材生锈扎手");
        body.put("reporter", Map.of("name", "张某某", "phone", "13900000101"));
        String path = "/api/v1/issues/"
                + api.as("jijiao").post("/api/v1/issues", body).text("/number") + "/reporter/reveal";

        assertThat(api.as("jijiao").post(path, Map.of("reason", "想看看")).status())
                .isEqualTo(403);
        assertThat(api.as("principal036").post(path, Map.of("reason", "想看看")).status())
                .isEqualTo(403);
        Answer shown = api.as("office").post(path, Map.of("reason", "首次联系"));
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.text("/phone")).isEqualTo("13900000101");
    }
}
