package org.manyi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.manyi.TestClient.Answer;
import org.manyi.rehearsal.Books;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** One issue carried through the whole loop by API alone, as a program of the bureau's would. */
@ManyiTest
class LoopByApiTests {

    @Autowired
    TestClient client;

    @Autowired
    TestTime time;

    @Autowired
    Books books;

    @AfterEach
    void giveTimeBack() {
        time.reset();
    }

    @Test
    void anIssueIsReturnedExtendedFailedDissatisfiedAndStillClosedForGood() {
        String number = raise();
        assertThat(number).matches("\\d{4}-WT-\\d{5}");

        complete("office", number, "contactReporter", Map.of("outcome", "reached", "note", "已说明办理时限"));
        complete(
                "jijiao",
                number,
                "triageIssue",
                Map.of("decision", "accept", "department", "jijiao", "unitCode", "S0002"));
        complete(
                "principal002",
                number,
                "signForIssue",
                Map.of("decision", "return", "reason", "该路段归第一小学管理", "suggestedUnitCode", "S0001"));
        complete("jijiao", number, "decideReturn", Map.of("unitCode", "S0001", "reason", "情况属实"));
        assertThat(client.as("principal003").get("/api/v1/issues/" + number).status())
                .as("a school that has nothing to do with it sees nothing")
                .isEqualTo(404);
        complete("principal001", number, "signForIssue", Map.of("decision", "sign"));

        String firstDue = issue("principal001", number).at("/dueDate").asString();
        assertThat(client.as("principal001")
                        .post(
                                "/api/v1/issues/" + number + "/actions/requestExtension",
                                Map.of(
                                        "version",
                                        issue("principal001", number)
                                                .at("/version")
                                                .asInt(),
                                        "workingDays",
                                        3,
                                        "reason",
                                        "等待配件到货"))
                        .status())
                .isEqualTo(200);
        assertThat(issue("chair", number).at("/status").asString()).isEqualTo("extensionReview");
        complete("jijiao", number, "decideExtension", Map.of("decision", "grant", "workingDays", 3, "reason", "同意"));
        assertThat(LocalDate.parse(issue("principal001", number).at("/dueDate").asString()))
                .as("the granted days move the last day")
                .isAfter(LocalDate.parse(firstDue));

        rectify(number);
        verify(number, "fail");
        assertThat(issue("chair", number).at("/round").asInt()).isEqualTo(2);
        rectify(number);
        verify(number, "pass");

        complete(
                "office",
                number,
                "callReporter",
                Map.of("reached", true, "solved", false, "satisfaction", "dissatisfied", "note", "仍有拥堵"));
        JsonNode supervised = issue("chair", number);
        assertThat(supervised.at("/round").asInt()).isEqualTo(3);
        assertThat(supervised.at("/urgency").asString()).isEqualTo("urgent");
        rectify(number);
        verify(number, "pass");
        complete(
                "office",
                number,
                "callReporter",
                Map.of("reached", true, "solved", true, "satisfaction", "satisfied", "note", "已解决"));

        String approver = TestPosts.holderOf(task("chair", number, "approveClosure"));
        complete(approver, number, "approveClosure", Map.of("decision", "approve", "reason", "同意销号"));
        assertThat(issue("office", number).at("/status").asString()).isEqualTo("closed");
        assertThat(issue("office", number).at("/tasks").size()).isZero();

        OffsetDateTime now = OffsetDateTime.parse(
                client.as("sysadmin").get("/api/v1/rehearsal/clock").text("/now"));
        Answer moved = client.as("sysadmin")
                .post("/api/v1/rehearsal/clock", Map.of("to", now.plusDays(29).toString()));
        assertThat(moved.status()).as(moved.body()).isEqualTo(200);
        assertThat(moved.json().at("/jobsRun").asInt()).isPositive();
        complete("jijiao", number, "checkRecurrence", Map.of("decision", "lasting", "note", "未再发生"));
        assertThat(issue("office", number).at("/status").asString()).isEqualTo("closed");
        List<String> report = new ArrayList<>();
        assertThat(books.check(report::add)).as("the books agree: %s", report).isTrue();
    }

    private String raise() {
        Answer raised = client.as("office")
                .post(
                        "/api/v1/issues",
                        Map.of(
                                "title", "放学时校门口双排停车行人被挤到路中间",
                                "description", "每天下午放学半小时内最严重",
                                "kind", "appeal",
                                "source", "hotline",
                                "category", "communication",
                                "severity", "medium",
                                "schoolCode", "S0001",
                                "confirmNotDuplicate", true,
                                "reporter", Map.of("name", "郝某晴", "phone", "13900009999")));
        assertThat(raised.status()).as(raised.body()).isEqualTo(201);
        assertThat(raised.headers().getLocation()).isNotNull();
        return raised.text("/number");
    }

    private void rectify(String number) {
        String task = task("principal001", number, "rectifyIssue").at("/id").asString();
        complete(
                "principal001",
                number,
                "rectifyIssue",
                Map.of(
                        "measures", "错峰放学并设家长等候区",
                        "result", "连续一周通行有序",
                        "completedOn",
                                LocalDate.now(java.time.ZoneId.of("Asia/Shanghai"))
                                        .toString(),
                        "beforeFiles", List.of(attach("principal001", task, "整改前.png", 1)),
                        "afterFiles", List.of(attach("principal001", task, "整改后.png", 2))));
    }

    private void verify(String number, String decision) {
        String inspector = TestPosts.holderOf(task("chair", number, "verifyRectification"));
        assertThat(inspector).startsWith("inspector");
        Map<String, Object> values = new java.util.HashMap<>(Map.of(
                "decision",
                decision,
                "mode",
                "onSite",
                "points",
                List.of(Map.of("point", "等候区已启用", "ok", decision.equals("pass"), "note", "现场查看"))));
        if (decision.equals("fail")) {
            values.put("returnCode", "unsustained");
        }
        complete(inspector, number, "verifyRectification", values);
    }

    private String attach(String user, String task, String name, int shade) {
        Answer stored = client.as(user).upload("/api/v1/tasks/" + task + "/attachments", name, png(shade));
        assertThat(stored.status()).as(stored.body()).isEqualTo(201);
        return stored.text("/id");
    }

    private void complete(String user, String number, String key, Map<String, Object> values) {
        String id = task(user, number, key).at("/id").asString();
        int version = client.as(user)
                .get("/api/v1/tasks/" + id + "/form")
                .json()
                .at("/version")
                .asInt();
        Answer done =
                client.as(user).post("/api/v1/tasks/" + id + "/complete", Map.of("version", version, "values", values));
        assertThat(done.status()).as(key + " by " + user + ": " + done.body()).isEqualTo(200);
        assertThat(done.text("/caseNumber")).isEqualTo(number);
    }

    private JsonNode task(String user, String number, String key) {
        List<String> seen = new ArrayList<>();
        for (JsonNode task : issue(user, number).at("/tasks")) {
            if (task.at("/key").asString().equals(key)) {
                return task;
            }
            seen.add(task.at("/key").asString());
        }
        throw new AssertionError(user + " sees no task " + key + " of " + number + ", but " + seen);
    }

    private JsonNode issue(String user, String number) {
        Answer answer = client.as(user).get("/api/v1/issues/" + number);
        assertThat(answer.status()).as(user + ": " + answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static byte[] png(int shade) {
        try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            var image = new java.awt.image.BufferedImage(40, 30, java.awt.image.BufferedImage.TYPE_INT_RGB);
            image.setRGB(shade, 0, 0xffffff);
            ImageIO.write(image, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
