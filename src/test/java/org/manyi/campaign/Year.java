package org.manyi.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.history.HistoricProcessInstance;
import org.manyi.TestClient;
import org.manyi.TestClient.Answer;
import org.manyi.TestTime;
import org.manyi.engine.EngineJobs;
import org.manyi.shared.MovableClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Walks a year's campaign as people do, for tests: by the API only, in years long past, so that no other test's timers ring on the way.
 */
@Component
public class Year {

    private static final AtomicInteger YEAR = new AtomicInteger(2001);

    private final TestClient client;
    private final TestTime time;
    private final EngineJobs jobs;
    private final JdbcClient jdbc;
    private final RuntimeService runtime;
    private final HistoryService history;
    private final List<String> drafted = new ArrayList<>();

    Year(
            TestClient client,
            TestTime time,
            EngineJobs jobs,
            JdbcClient jdbc,
            RuntimeService runtime,
            HistoryService history) {
        this.history = history;
        this.runtime = runtime;
        this.client = client;
        this.time = time;
        this.jobs = jobs;
        this.jdbc = jdbc;
    }

    /** A change of the plan before it is decided. */
    public interface Change {
        void to(ObjectNode plan);
    }

    /** A year that no other test has, drafted on 1 February with two schools and a kindergarten. */
    String draft(Change change) {
        int year = YEAR.getAndAdd(2);
        at(LocalDate.of(year, 2, 1));
        Answer drafted = client.as("jijiao").post("/api/v1/campaigns", Map.of("plan", "luozhuang-2022", "year", year));
        assertThat(drafted.status()).as(drafted.body()).isEqualTo(201);
        this.drafted.add(drafted.text("/id"));
        ObjectNode plan = (ObjectNode) drafted.json().at("/plan");
        ObjectNode participants = (ObjectNode) plan.get("participants");
        participants.putArray("kinds").add("special");
        ArrayNode schools = participants.putArray("schools");
        List.of("S0001", "S0002").forEach(schools::add);
        change.to(plan);
        Map<String, Object> revision = new LinkedHashMap<>();
        revision.put("version", 0);
        revision.put("plan", plan);
        Answer revised = client.as("jijiao").post("/api/v1/campaigns/" + drafted.text("/id") + "/plan", revision);
        assertThat(revised.status()).as(revised.body()).isEqualTo(200);
        return drafted.text("/id");
    }

    /** Notes a year that the test began itself. */
    public String begun(String id) {
        drafted.add(id);
        return id;
    }

    /** Ends what the test has left running, so that nobody's inbox keeps it, and gives the time back. */
    public void end() {
        for (String id : drafted) {
            runtime.createProcessInstanceQuery().rootProcessInstances().list().stream()
                    .filter(root -> root.getBusinessKey() != null
                            && root.getBusinessKey().startsWith(id))
                    .forEach(root -> runtime.deleteProcessInstance(root.getId(), "the test is over"));
            // A year is more history than all other tests write, and every backup in a test would carry it.
            List<String> over = history.createHistoricProcessInstanceQuery().finished().list().stream()
                    .filter(root -> root.getBusinessKey() != null
                            && root.getBusinessKey().startsWith(id))
                    .map(HistoricProcessInstance::getId)
                    .toList();
            if (!over.isEmpty()) {
                history.deleteHistoricProcessInstancesBulk(over);
            }
        }
        for (String table : List.of("campaign_work", "campaign_part")) {
            jdbc.sql("update " + table + " set state = 'done' where campaign_id in (:ids)")
                    .param("ids", drafted.isEmpty() ? List.of("") : drafted)
                    .update();
        }
        drafted.forEach(id -> jdbc.sql("update campaign_later_date set state = 'dropped' where number like :id")
                .param("id", id + ".%")
                .update());
        jdbc.sql("update campaign set state = 'closed' where id in (:ids)")
                .param("ids", drafted.isEmpty() ? List.of("") : drafted)
                .update();
        drafted.clear();
        time.reset();
    }

    /** A year that is under way, on 11 February. */
    public String running(Change change) {
        String id = draft(change);
        at(LocalDate.of(yearOf(id), 2, 11));
        ok(client.as("chair").post("/api/v1/campaigns/" + id + "/decide", Map.of()));
        ok(client.as("jijiao").post("/api/v1/campaigns/" + id + "/start", Map.of("documentNumber", "区教发 1 号")));
        jobs.runDue();
        return id;
    }

    public void runJobs() {
        jobs.runDue();
    }

    public int yearOf(String id) {
        return Integer.parseInt(id.substring(0, 4));
    }

    /** Moves the clock to a morning and runs what is due by then. */
    public void at(LocalDate day) {
        time.set(day.atTime(8, 30).atZone(MovableClock.ZONE).toInstant());
        jobs.runDue();
    }

    /** Moves the clock on within the year or to the next. */
    public void at(String id, int month, int day) {
        at(LocalDate.of(yearOf(id), 1, 1).plusMonths(month - 1).plusDays(day - 1));
    }

    /** Does a piece of work by whoever holds the task. */
    Answer handIn(String username, String number, String report) {
        return complete(username, number, "doWork", Map.of("report", report));
    }

    /** Completes the open task of a case by its key; a paper is added where the key asks for one. */
    public Answer complete(String username, String caseNumber, String key, Map<String, Object> values) {
        String task = task(caseNumber, key);
        assertThat(task).as("%s of %s", key, caseNumber).isNotNull();
        TestClient.As as = client.as(username);
        Answer form = as.get("/api/v1/tasks/" + task + "/form");
        assertThat(form.status()).as(form.body()).isEqualTo(200);
        Map<String, Object> sent = new LinkedHashMap<>(values);
        if (key.equals("doWork")) {
            Answer paper = as.upload("/api/v1/tasks/" + task + "/attachments", "paper.txt.pdf", PAPER);
            assertThat(paper.status()).as(paper.body()).isEqualTo(201);
            sent.putIfAbsent("files", List.of(paper.text("/id")));
        }
        Answer done = as.post(
                "/api/v1/tasks/" + task + "/complete",
                Map.of("version", Integer.parseInt(form.text("/version")), "values", sent));
        jobs.runDue();
        return done;
    }

    static final byte[] PAPER =
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    /** The id of a case's open task, null when there is none. */
    String task(String caseNumber, String key) {
        return jdbc.sql(
                        "select task_id from inbox_task where case_number = :case and task_key = :key and state = 'open'")
                .param("case", caseNumber)
                .param("key", key)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /** Hands in and passes everything of the year that is open, by its doers and checkers. */
    public void doAll(String id) {
        for (boolean more = true; more; ) {
            List<Map<String, Object>> open =
                    jdbc.sql("""
                            select t.case_number, t.task_key, min(c.post_key) as post from inbox_task t
                                join inbox_candidate c on c.task_id = t.task_id
                            where t.case_number like :id and t.state = 'open' and t.task_key in ('doWork', 'checkWork')
                            group by t.case_number, t.task_key order by t.case_number
                            """).param("id", id + ".%").query().listOfRows();
            more = !open.isEmpty();
            for (Map<String, Object> task : open) {
                String number = task.get("case_number").toString();
                String who = holder(task.get("post").toString());
                if (number.contains(".splitWorkLedger.")) {
                    addToLedger(id, number.substring(number.lastIndexOf('.') + 1), who);
                }
                if (task.get("task_key").equals("doWork")) {
                    ok(handIn(who, number, "已经做完"));
                } else {
                    ok(complete(who, number, "checkWork", Map.of("decision", "pass")));
                }
            }
        }
    }

    private void addToLedger(String id, String school, String who) {
        ok(client.as(who)
                .post(
                        "/api/v1/campaigns/" + id + "/schools/" + school + "/ledger",
                        Map.of(
                                "content", "改善午餐",
                                "measure", "每周公布菜谱",
                                "person", "总务主任",
                                "due", yearOf(id) + "-11-20")));
    }

    private String holder(String post) {
        return jdbc.sql("select min(username) from org_holding where post_key = :post")
                .param("post", post)
                .query(String.class)
                .single();
    }

    /** Where the year and all that belongs to it stand in the engine. */
    List<String> running(String id) {
        return jdbc.sql("""
                        select distinct coalesce(r.business_key_, '') || ' ' || e.act_id_ from act_ru_execution e
                            join act_ru_execution r on r.id_ = e.proc_inst_id_
                        where e.act_id_ is not null and r.business_key_ like :id
                        """).param("id", id + "%").query(String.class).list();
    }

    Answer timeline(String username, String id) {
        return client.as(username).get("/api/v1/campaigns/" + id + "/timeline");
    }

    /** The state of a node in the timeline. */
    String node(String id, String node) {
        for (var one : timeline("chair", id).json().at("/nodes")) {
            if (one.get("id").asString().equals(node)) {
                return one.get("state").asString();
            }
        }
        return null;
    }

    /** The state of a piece of work, null when there is none. */
    public String work(String number) {
        return jdbc.sql("select state from campaign_work where number = :number")
                .param("number", number)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    public String state(String id) {
        return client.as("chair").get("/api/v1/campaigns/" + id).text("/state");
    }

    static void ok(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
    }
}
