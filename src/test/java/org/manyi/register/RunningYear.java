package org.manyi.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.manyi.TestClient;
import org.manyi.TestClient.Answer;
import org.manyi.TestTime;
import org.manyi.shared.MovableClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A campaign of 2026 that counts as running, and a Friday in it; for tests, which leave no entries behind. */
@Component
class RunningYear {

    static final String REGISTERS = "/api/v1/registers";

    private static final byte[] PAPER =
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final TestClient client;
    private final TestTime time;
    private final JdbcClient jdbc;
    private final RuntimeService runtime;
    private final HistoryService history;
    private String campaign;

    RunningYear(TestClient client, TestTime time, JdbcClient jdbc, RuntimeService runtime, HistoryService history) {
        this.client = client;
        this.time = time;
        this.jdbc = jdbc;
        this.runtime = runtime;
        this.history = history;
    }

    /** Begins it, on Friday 20 March 2026. */
    String begin() {
        at(LocalDate.of(2026, 3, 20));
        Answer drafted = client.as("jijiao")
                .post("/api/v1/campaigns", Map.of("plan", "luozhuang-2022", "year", 2026, "confirmNotDuplicate", true));
        assertThat(drafted.status()).as(drafted.body()).isEqualTo(201);
        campaign = drafted.text("/id");
        // What a year does of itself is not what is tested here: it is a year that runs, without its processes.
        stop(campaign);
        jdbc.sql("update campaign_work set state = 'done' where campaign_id = :id")
                .param("id", campaign)
                .update();
        jdbc.sql("update campaign set state = 'running', plan_id = 'register-tests' where id = :id")
                .param("id", campaign)
                .update();
        return campaign;
    }

    void at(LocalDate day) {
        time.set(day.atTime(9, 0).atZone(MovableClock.ZONE).toInstant());
    }

    /** Ends it and takes every entry away. */
    void end() {
        List<String> numbers = new ArrayList<>(
                jdbc.sql("select number from register_task").query(String.class).list());
        numbers.forEach(this::stop);
        for (String table : List.of(
                "register_task_history",
                "register_task",
                "register_speech",
                "register_meeting",
                "register_visit_version",
                "register_visit",
                "register_class_group",
                "register_families",
                "register_publicity")) {
            jdbc.sql("delete from " + table).update();
        }
        if (campaign != null) {
            jdbc.sql("update campaign set state = 'closed' where id = :id")
                    .param("id", campaign)
                    .update();
        }
        time.reset();
    }

    private void stop(String businessKey) {
        runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(businessKey)
                .rootProcessInstances()
                .list()
                .forEach(instance -> runtime.deleteProcessInstance(instance.getId(), "the test is over"));
        List<String> over =
                history
                        .createHistoricProcessInstanceQuery()
                        .processInstanceBusinessKey(businessKey)
                        .finished()
                        .list()
                        .stream()
                        .map(HistoricProcessInstance::getId)
                        .toList();
        if (!over.isEmpty()) {
            history.deleteHistoricProcessInstancesBulk(over);
        }
    }

    Answer meeting(String username, Map<String, Object> other) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("campaign", campaign);
        facts.put("title", "第一次测评反馈会");
        facts.put("day", "2026-03-18");
        facts.put("place", "区教体局会议室");
        facts.put("kind", "feedback");
        facts.putAll(other);
        return client.as(username).post(REGISTERS + "/meetings", facts);
    }

    /** A meeting that jijiao has held. */
    String held() {
        return ok(meeting("jijiao", Map.of())).text("/item/number");
    }

    /** What a meeting gave a unit to do. */
    String given(String meeting, String unit, String due) {
        return ok(client.as("jijiao")
                        .post(
                                REGISTERS + "/meetings/" + meeting + "/tasks",
                                Map.of("what", "把接送秩序理顺", "unit", unit, "dueDate", due)))
                .text("/number");
    }

    /** The id of a case's open task, null when there is none. */
    String task(String number, String key) {
        return jdbc.sql(
                        "select task_id from inbox_task where case_number = :number and task_key = :key and state = 'open'")
                .param("number", number)
                .param("key", key)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    Answer complete(String username, String number, String key, Map<String, Object> values) {
        String task = task(number, key);
        assertThat(task).as("%s of %s", key, number).isNotNull();
        Answer form = client.as(username).get("/api/v1/tasks/" + task + "/form");
        assertThat(form.status()).as(form.body()).isEqualTo(200);
        return client.as(username)
                .post(
                        "/api/v1/tasks/" + task + "/complete",
                        Map.of("version", Integer.parseInt(form.text("/version")), "values", values));
    }

    /** The id of a file that the person has uploaded for something that he is about to send. */
    String file(String username, String name) {
        Answer kept = client.as(username).upload("/api/v1/attachments", name, PAPER);
        assertThat(kept.status()).as(kept.body()).isEqualTo(201);
        return kept.text("/id");
    }

    /** The events of an object in the trail, the earliest first. */
    List<String> trail(String type, String key) {
        return jdbc.sql("select event from audit_entry where object_type = :type and object_key = :key order by id")
                .param("type", type)
                .param("key", key)
                .query(String.class)
                .list();
    }

    static Answer ok(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
        return answer;
    }
}
