package org.manyi.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestClient.Answer;
import org.manyi.evidence.Samples;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@ManyiTest
class TaskApiTests {

    private static final String[] ITEM = {
        "id",
        "key",
        "name",
        "process",
        "caseNumber",
        "title",
        "school",
        "district",
        "assignee",
        "candidatePosts",
        "urgency",
        "createdAt",
        "dueDate",
        "dueAt",
        "overdue",
        "round",
        "version",
        "actions"
    };

    @Autowired
    TestClient client;

    @Autowired
    Errands errands;

    @Autowired
    JdbcClient jdbc;

    @Test
    void whatIsTypedIsKeptForTheOneWhoTypedItUntilTheTaskEnds() {
        String id = client.as("staff001")
                .get("/api/v1/tasks?view=claimable&q=" + errand())
                .text("/items/0/id");
        String draft = "/api/v1/tasks/" + id + "/draft";
        String form = "/api/v1/tasks/" + id + "/form";
        String file = client.as("staff001")
                .upload("/api/v1/tasks/" + id + "/attachments", "p.png", Samples.png(11))
                .text("/id");

        assertThat(client.as("staff001").get(form).json().at("/draft").isNull()).isTrue();
        for (String note : List.of("写了一半", "写了一大半")) {
            Answer kept = client.as("staff001")
                    .put(
                            draft,
                            Map.of(
                                    "version",
                                    1,
                                    "values",
                                    Map.of("note", note, "receipts", List.of(file), "strange", "x")));
            assertThat(kept.status()).isEqualTo(200);
            assertThat(kept.text("/at")).isNotBlank();
        }

        JsonNode own = client.as("staff001").get(form).json();
        assertThat(own.at("/draft/note").asString()).isEqualTo("写了一大半");
        assertThat(own.at("/draft").propertyNames()).doesNotContain("strange");
        assertThat(own.at("/draftNote/files/0/name").asString()).isEqualTo("p.png");
        assertThat(client.as("principal001").get(form).json().at("/draft").isNull())
                .isTrue();
        assertThat(client.as("staff002")
                        .put(draft, Map.of("version", 1, "values", Map.of()))
                        .status())
                .isEqualTo(404);
        assertThat(client.as("staff001")
                        .put(draft, Map.of("version", 1, "values", Map.of("note", "长".repeat(100_001))))
                        .status())
                .isEqualTo(422);

        assertThat(client.as("staff001").delete(draft).status()).isEqualTo(204);
        assertThat(client.as("staff001").get(form).json().at("/draft").isNull()).isTrue();
        client.as("staff001").put(draft, Map.of("version", 1, "values", Map.of("note", "再写")));
        int version = client.as("staff001").get(form).json().at("/version").asInt();
        assertThat(client.as("staff001")
                        .post(
                                "/api/v1/tasks/" + id + "/complete",
                                Map.of("version", version, "values", Map.of("note", "办好了")))
                        .status())
                .isEqualTo(200);
        assertThat(jdbc.sql("select count(*) from inbox_draft where task_id = :id")
                        .param("id", id)
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(client.as("staff001")
                        .put(draft, Map.of("version", 1, "values", Map.of()))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void aTaskHasTheFormOfTheContract() {
        String number = errand();

        Answer list = client.as("staff001").get("/api/v1/tasks?view=claimable&q=" + number);

        assertThat(list.status()).isEqualTo(200);
        assertThat(list.json().propertyNames()).containsExactly("items", "nextCursor", "count");
        JsonNode item = list.json().at("/items/0");
        assertThat(item.propertyNames()).contains(ITEM);
        assertThat(list.text("/count/value")).isEqualTo("1");
        assertThat(list.text("/count/capped")).isEqualTo("false");
        assertThat(item.at("/caseNumber").asString()).isEqualTo(number);
        assertThat(item.at("/assignee").isNull()).isTrue();
        assertThat(item.at("/createdAt").asString()).endsWith("+08:00");
        assertThat(item.at("/dueDate").asString()).matches("\\d{4}-\\d\\d-\\d\\d");
        assertThat(item.at("/version").isInt()).isTrue();
        assertThat(client.as("staff001")
                        .get("/api/v1/tasks/" + item.at("/id").asString())
                        .json())
                .isEqualTo(item);
    }

    @Test
    void aTaskIsTakenFilledInAndCompletedByApi() {
        String number = errand();
        String task = "/api/v1/tasks/" + id(number, "staff001");
        Answer claimed = client.as("staff001").post(task + "/claim", null);
        assertThat(claimed.status()).isEqualTo(200);
        assertThat(claimed.text("/assignee/username")).isEqualTo("staff001");
        Answer file = client.as("staff001").upload(task + "/attachments", "票据.pdf", pdf());
        assertThat(file.status()).isEqualTo(201);
        assertThat(file.json().propertyNames()).containsExactlyInAnyOrder("id", "name", "size", "sha256", "type");
        Answer form = client.as("staff001").get(task + "/form");
        assertThat(form.json().propertyNames()).containsExactly("version", "schema", "data", "draft", "draftNote");
        assertThat(form.text("/schema/components/0/key")).isEqualTo("note");

        Answer completed = client.as("staff001")
                .post(
                        task + "/complete",
                        Map.of(
                                "version",
                                form.json().at("/version").asInt(),
                                "values",
                                Map.of("note", "买到了", "receipts", List.of(file.text("/id")))));

        assertThat(completed.status()).isEqualTo(200);
        assertThat(completed.text("/caseNumber")).isEqualTo(number);
        assertThat(completed.text("/caseStatus")).isEqualTo("errand");
        assertThat(completed.json().at("/nextTasks").isArray()).isTrue();
        assertThat(client.as("staff001")
                        .get("/api/v1/tasks?view=done&q=" + number)
                        .text("/items/0/id"))
                .isEqualTo(task.substring(task.lastIndexOf('/') + 1));
    }

    @Test
    void aRefusalSaysWhyInTheContractsWords() {
        String number = errand();
        String task = "/api/v1/tasks/" + id(number, "staff001");

        assertRefused(client.as("principal002").get(task), 404, "not-found");
        assertRefused(client.as("sysadmin").get(task), 403, "forbidden");
        assertRefused(client.as("district1").post(task + "/claim", null), 403, "forbidden");
        assertRefused(client.anonymous().get(task), 401, "unauthorized");
        assertRefused(complete(task, "staff001", 99, Map.of("note", "a")), 409, "stale-version");
        Answer invalid = complete(task, "staff001", 1, Map.of("shop", "elsewhere"));
        assertRefused(invalid, 422, "validation");
        assertThat(invalid.json().at("/errors/0/field").asString()).isEqualTo("note");
        assertThat(invalid.json().at("/errors/0/code").asString()).isEqualTo("required");
        assertThat(invalid.json().at("/errors/0/message").asString()).isEqualTo("请填写。");
        client.as("principal001").post(task + "/claim", null);
        Answer taken = client.as("staff001").post(task + "/claim", null);
        assertRefused(taken, 409, "already-claimed");
        assertThat(taken.text("/detail")).contains("纪志朗");
        complete(task, "principal001", 2, Map.of("note", "a"));
        assertRefused(complete(task, "principal001", 3, Map.of("note", "a")), 409, "not-active");
        assertRefused(client.as("principal001").post(task + "/complete", "{\"version\": "), 400, "malformed");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "view=everything, view",
        "sort=title, sort",
        "size=0, size",
        "size=101, size",
        "cursor=nonsense, cursor",
    })
    void aQueryThatMeansNothingIsRefused(String query, String field) {
        Answer answer = client.as("chair").get("/api/v1/tasks?" + query);

        assertRefused(answer, 422, "validation");
        assertThat(answer.text("/errors/0/field")).isEqualTo(field);
    }

    @Test
    void aTaskIsHandedOverAndRemarkedOn() {
        String task = "/api/v1/tasks/" + id(errand(), "staff001");

        Answer assigned =
                client.as("principal001").post(task + "/assign", Map.of("username", "staff001", "reason", "她熟悉情况"));
        Answer remark = client.as("staff001").post(task + "/comments", Map.of("text", "好的"));

        assertThat(assigned.status()).isEqualTo(200);
        assertThat(assigned.text("/assignee/username")).isEqualTo("staff001");
        assertThat(remark.status()).isEqualTo(201);
        Answer comments = client.as("district1").get(task + "/comments");
        assertThat(comments.text("/0/text")).isEqualTo("她熟悉情况");
        assertThat(comments.text("/0/assignee/username")).isEqualTo("staff001");
        assertThat(comments.text("/1/text")).isEqualTo("好的");
        assertThat(client.as("staff001").post(task + "/unclaim", null).text("/assignee"))
                .isNull();
    }

    private String errand() {
        return errands.errand()
                .about("S0001")
                .doneBy("school:S0001:principal", "school:S0001:staff")
                .start();
    }

    private String id(String number, String username) {
        return client.as(username)
                .get("/api/v1/tasks?view=claimable&q=" + number)
                .text("/items/0/id");
    }

    private Answer complete(String task, String username, int version, Map<String, Object> values) {
        Map<String, Object> body = new HashMap<>();
        body.put("version", version);
        body.put("values", values);
        return client.as(username).post(task + "/complete", body);
    }

    private static void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text("/code")).isEqualTo(code);
    }

    private static byte[] pdf() {
        return ("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n" + Math.random())
                .getBytes(StandardCharsets.UTF_8);
    }
}
