package org.manyi.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.manyi.campaign.Year.ok;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestClient.Answer;
import org.manyi.campaign.process.YearSweeps;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/** What changes while a year runs: later days, work entered for others, dates of the plan, schools that come and go. */
@ManyiTest
class YearChangesTests {

    @Autowired
    private Year year;

    @Autowired
    private TestClient client;

    @Autowired
    private YearSweeps sweep;

    @Autowired
    private JdbcClient jdbc;

    @AfterEach
    void theYearIsOver() {
        year.end();
    }

    private Answer askLaterDate(String username, String number, String until) {
        return client.as(username)
                .post("/api/v1/works/" + number + "/laterDate", Map.of("until", until, "reason", "盖章的同志出差"));
    }

    private String due(String number) {
        return jdbc.sql("select due_on from campaign_work where number = :number")
                .param("number", number)
                .query(String.class)
                .single();
    }

    private String dueOfTask(String username, String number, String key) {
        return client.as(username)
                .get("/api/v1/tasks/" + year.task(number, key))
                .text("/dueDate");
    }

    @Test
    void aSchoolAsksForALaterDayAndTheDepartmentGrantsIt() {
        String id = year.running(plan -> {});
        String filing = id + ".fileSchoolPlan.S0001";
        String wanted = year.yearOf(id) + "-02-25";

        assertThat(askLaterDate("principal001", filing, year.yearOf(id) + "-02-12")
                        .text("/errors/0/field"))
                .isEqualTo("until");
        assertThat(askLaterDate("principal002", filing, wanted).status()).isEqualTo(404);
        assertThat(askLaterDate("jijiao", filing, wanted).status()).isEqualTo(403);
        ok(askLaterDate("principal001", filing, wanted));
        assertThat(askLaterDate("principal001", filing, wanted).text("/code")).isEqualTo("not-active");

        Answer unsaid = year.complete("jijiao", filing, "decideLaterDate", Map.of("decision", "refuse"));
        assertThat(unsaid.text("/errors/0/field")).isEqualTo("reason");
        ok(year.complete("jijiao", filing, "decideLaterDate", Map.of("decision", "grant", "newDue", wanted)));

        assertThat(due(filing)).isEqualTo(wanted);
        assertThat(dueOfTask("principal001", filing, "doWork")).isEqualTo(wanted);
        year.at(id, 2, 24);
        ok(year.handIn("principal001", filing, "方案"));
        Answer work = client.as("jijiao").get("/api/v1/works/" + filing);
        assertThat(work.json().at("/work/late").asBoolean()).isFalse();
        assertThat(work.text("/laterDates/0/state")).isEqualTo("granted");
    }

    @Test
    void aLaterDayThatIsRefusedChangesNothingAndOneAskedTooLateStaysLate() {
        String id = year.running(plan -> {});
        String filing = id + ".fileSchoolPlan.S0001";
        String before = due(filing);
        ok(askLaterDate("principal001", filing, year.yearOf(id) + "-02-25"));
        ok(year.complete("jijiao", filing, "decideLaterDate", Map.of("decision", "refuse", "reason", "时间够了")));
        assertThat(due(filing)).isEqualTo(before);

        year.at(id, 2, 27);
        String until = year.yearOf(id) + "-03-05";
        ok(askLaterDate("principal001", filing, until));
        ok(year.complete("jijiao", filing, "decideLaterDate", Map.of("decision", "grant")));
        assertThat(due(filing)).isEqualTo(until);
        ok(year.handIn("principal001", filing, "方案"));
        assertThat(client.as("jijiao")
                        .get("/api/v1/works/" + filing)
                        .json()
                        .at("/work/late")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aLaterDayNeedNotBeDecidedOnceTheWorkIsHandedIn() {
        String id = year.running(plan -> {});
        String filing = id + ".fileSchoolPlan.S0001";
        ok(askLaterDate("principal001", filing, year.yearOf(id) + "-02-25"));
        ok(year.handIn("principal001", filing, "还是赶出来了"));

        assertThat(year.task(filing, "decideLaterDate")).isNull();
        assertThat(client.as("principal001").get("/api/v1/works/" + filing).text("/laterDates/0/state"))
                .isEqualTo("dropped");
    }

    @Test
    void theDepartmentEntersForASchoolWhatItHandedInOnPaperAndSomebodyElseChecksIt() {
        String id = year.running(plan -> {});
        String filing = id + ".fileSchoolPlan.S0001";
        String door = "/api/v1/works/" + filing + "/register";
        assertThat(client.as("jijiao").post(door, Map.of("report", "纸质送来")).text("/errors/0/field"))
                .isEqualTo("files");
        assertThat(client.as("xueqian").post(door, Map.of("report", "纸质送来")).status())
                .isEqualTo(404);
        Answer paper = client.as("jijiao").upload("/api/v1/attachments", "plan.pdf", Year.PAPER);
        ok(paper);
        Map<String, Object> entered = Map.of("report", "纸质送来", "files", List.of(paper.text("/id")));
        assertThat(client.as("principal001").post(door, entered).status()).isEqualTo(403);
        ok(client.as("jijiao").post(door, entered));

        Answer work = client.as("principal001").get("/api/v1/works/" + filing);
        assertThat(work.json().at("/onBehalf").asBoolean()).isTrue();
        assertThat(work.text("/work/state")).isEqualTo("checking");
        assertThat(client.as("jijiao").post(door, entered).text("/code")).isEqualTo("not-active");
        Answer own = year.complete("jijiao", filing, "checkWork", Map.of("decision", "pass"));
        assertThat(own.status()).isIn(403, 422);
    }

    /** A day of late February that is neither Saturday nor Sunday, which the rule for rest days would move. */
    private String weekday(String id) {
        LocalDate day = LocalDate.of(year.yearOf(id), 2, 24);
        while (day.getDayOfWeek().getValue() > 5) {
            day = day.plusDays(1);
        }
        return day.toString();
    }

    private int version(String id) {
        return client.as("jijiao")
                .get("/api/v1/campaigns/" + id)
                .json()
                .at("/version")
                .asInt();
    }

    private Answer move(String username, String id, Map<String, Object> move) {
        return client.as(username)
                .post(
                        "/api/v1/campaigns/" + id + "/dates",
                        Map.of("version", version(id), "moves", List.of(move), "reason", "与寒假冲突"));
    }

    @Test
    void aMovedDateReachesEveryRunningWorkOnceAndTellsItsDoersOnce() {
        String id = year.running(plan -> {});
        String done = id + ".fileSchoolPlan.S0001";
        String open = id + ".fileSchoolPlan.S0002";
        ok(year.handIn("principal001", done, "方案"));
        ok(year.complete("jijiao", done, "checkWork", Map.of("decision", "pass")));
        String before = due(done);
        String day = weekday(id);
        Map<String, Object> move = Map.of("what", "fileSchoolPlan", "due", day);

        Answer preview =
                client.as("jijiao").post("/api/v1/campaigns/" + id + "/dates/preview", Map.of("moves", List.of(move)));
        assertThat(preview.text("/affected/0/node")).isEqualTo("fileSchoolPlan");
        assertThat(preview.text("/affected/0/works")).isEqualTo("2");
        assertThat(move("xueqian", id, move).status()).isEqualTo(403);
        ok(move("jijiao", id, move));
        year.runJobs();

        assertThat(due(done)).isEqualTo(before);
        assertThat(due(open)).isEqualTo(day);
        assertThat(dueOfTask("principal002", open, "doWork")).isEqualTo(day);
        Answer changes = client.as("jijiao").get("/api/v1/campaigns/" + id + "/changes");
        assertThat(changes.json().at("/items/0/done").asBoolean()).isTrue();
        assertThat(changes.text("/items/0/moved")).isEqualTo("2");
        assertThat(changes.text("/items/0/left")).isEqualTo("0");
        assertThat(jdbc.sql("select count(*) from mail where template = 'dates' and case_number = :id")
                        .param("id", id)
                        .query(Long.class)
                        .single())
                .isEqualTo(jdbc.sql(
                                "select count(distinct username) from mail where template = 'dates' and case_number = :id")
                        .param("id", id)
                        .query(Long.class)
                        .single())
                .isPositive();
        assertThat(jdbc.sql("select count(*) from campaign_work_history where number = :n and event = 'WorkDateMoved'")
                        .param("n", open)
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void aMovedDateShortensNoDayThatWasGrantedAndMovesTimersOfWhatHasNotBegun() {
        String id = year.running(plan -> {});
        String granted = id + ".fileSchoolPlan.S0001";
        String wanted = year.yearOf(id) + "-03-10";
        ok(askLaterDate("principal001", granted, wanted));
        ok(year.complete("jijiao", granted, "decideLaterDate", Map.of("decision", "grant")));

        ok(move("jijiao", id, Map.of("what", "fileSchoolPlan", "due", weekday(id))));
        ok(move("jijiao", id, Map.of("what", "spring-surveys", "starts", year.yearOf(id) + "-03-12")));
        year.runJobs();
        assertThat(due(granted)).isEqualTo(wanted);

        year.at(id, 3, 2);
        assertThat(year.node(id, "takeSurveyWave1")).isEqualTo("planned");
        assertThat(year.work(id + ".surveyWave1")).isNull();
        year.at(id, 3, 12);
        assertThat(year.work(id + ".surveyWave1")).isNotNull();
        assertThat(move("jijiao", id, Map.of("what", "spring-surveys", "starts", year.yearOf(id) + "-04-01"))
                        .text("/errors/0/field"))
                .isEqualTo("starts");
    }

    @Test
    void whatIsNotADateOfThisPlanIsNotMoved() {
        String id = year.running(plan -> {});
        String day = year.yearOf(id) + "-05-05";
        assertThat(move("jijiao", id, Map.of("what", "noSuchNode", "due", day)).text("/errors/0/field"))
                .isEqualTo("what");
        assertThat(move("jijiao", id, Map.of("what", "hearProgress", "due", day))
                        .text("/errors/0/field"))
                .isEqualTo("what");
        assertThat(move("jijiao", id, Map.of("what", "fileSchoolPlan", "due", year.yearOf(id) + "-01-05"))
                        .text("/errors/0/field"))
                .isEqualTo("due");
        assertThat(client.as("jijiao")
                        .post(
                                "/api/v1/campaigns/" + id + "/dates",
                                Map.of(
                                        "version",
                                        version(id) - 1,
                                        "moves",
                                        List.of(Map.of("what", "fileSchoolPlan", "due", day)),
                                        "reason",
                                        "改"))
                        .text("/code"))
                .isEqualTo("stale-version");
    }

    @Test
    void aSchoolThatJoinsGetsWhatIsNotOverAndOneThatLeavesHasNothingLeftToDo() {
        String id = year.running(plan -> {});
        year.at(id, 2, 24);
        Map<String, Object> change = Map.of(
                "version", version(id), "joining", List.of("S0003"), "leaving", List.of("S0002"), "reason", "学校合并");
        assertThat(client.as("chair")
                        .post("/api/v1/campaigns/" + id + "/participants", change)
                        .status())
                .isEqualTo(403);
        ok(client.as("jijiao").post("/api/v1/campaigns/" + id + "/participants", change));
        year.runJobs();

        assertThat(year.work(id + ".fileSchoolPlan.S0003")).isEqualTo("open");
        assertThat(due(id + ".fileSchoolPlan.S0003"))
                .as("its day was over, so it has a few days")
                .isGreaterThan(year.yearOf(id) + "-02-24");
        assertThat(year.work(id + ".fileSchoolPlan.S0002")).isEqualTo("withdrawn");
        assertThat(year.task(id + ".fileSchoolPlan.S0002", "doWork")).isNull();
        assertThat(jdbc.sql("select state from campaign_part where campaign_id = :id and school_code = 'S0002'")
                        .param("id", id)
                        .query(String.class)
                        .single())
                .isEqualTo("done");
        assertThat(client.as("chair")
                        .get("/api/v1/campaigns/" + id + "/changes")
                        .json()
                        .at("/items/0/joined"))
                .hasSize(1);
        year.at(id, 3, 2);
        assertThat(year.work(id + ".takeSurveyWave1.S0003")).isNotNull();
        assertThat(year.work(id + ".takeSurveyWave1.S0002")).isNull();
        Answer again = client.as("jijiao")
                .post(
                        "/api/v1/campaigns/" + id + "/participants",
                        Map.of("version", version(id), "joining", List.of("S0003"), "reason", "再来"));
        assertThat(again.text("/errors/0/field")).isEqualTo("joining");
    }

    @Test
    void workGivenOutByThePlanBeforeWhileAChangeWasCarriedOutIsReachedAfterwards() {
        String id = year.running(plan -> {});
        String day = weekday(id);
        String behind = id + ".fileSchoolPlan.S0001";
        String before = due(behind);
        ok(move("jijiao", id, Map.of("what", "fileSchoolPlan", "due", day)));
        year.runJobs();
        jdbc.sql("update campaign_work set plan_version = 2, due_on = cast(:day as date) where number = :number")
                .param("day", before)
                .param("number", behind)
                .update();

        sweep.lookAround();

        assertThat(due(behind)).isEqualTo(day);
        assertThat(dueOfTask("principal001", behind, "doWork")).isEqualTo(day);
    }

    private static final Map<String, Object> ITEM =
            Map.of("content", "家长会改为每学期两次", "measure", "排进校历", "person", "德育主任");

    private Answer addToLedger(String username, String id, String school, String due) {
        Map<String, Object> item = new HashMap<>(ITEM);
        item.put("due", due);
        return client.as(username).post("/api/v1/campaigns/" + id + "/schools/" + school + "/ledger", item);
    }

    @Test
    void aSchoolSplitsItsPlanIntoALedgerAndClosesItItemByItemWithEvidence() {
        String id = year.running(plan -> {});
        year.at(id, 3, 2);
        String split = id + ".splitWorkLedger.S0001";
        assertThat(year.handIn("principal001", split, "分解好了").text("/errors/0/field"))
                .as("nothing is in the ledger")
                .isEqualTo("report");
        String due = year.yearOf(id) + "-05-20";
        assertThat(addToLedger("principal002", id, "S0001", due).status()).isEqualTo(404);
        assertThat(addToLedger("principal001", id, "S0001", year.yearOf(id) + "-01-01")
                        .text("/errors/0/field"))
                .isEqualTo("due");
        ok(addToLedger("principal001", id, "S0001", due));
        Answer ledger = addToLedger("principal001", id, "S0001", due);
        String first = ledger.text("/items/0/work/number");
        String second = ledger.text("/items/1/work/number");
        assertThat(first).isEqualTo(id + ".ledger-1.S0001");
        ok(year.handIn("principal001", split, "分解好了"));

        String door = "/api/v1/campaigns/" + id + "/schools/S0001/ledger/";
        Map<String, Object> changed =
                Map.of("content", "家长会改为每学期三次", "measure", "排进校历", "person", "教导主任", "due", year.yearOf(id) + "-06-01");
        assertThat(client.as("principal002").post(door + first, changed).status())
                .isEqualTo(404);
        ok(client.as("principal001").post(door + first, changed));
        assertThat(dueOfTask("principal001", first, "doWork")).isEqualTo(year.yearOf(id) + "-06-01");
        assertThat(client.as("principal001")
                        .post(door + second + "/withdraw", Map.of("reason", " "))
                        .text("/errors/0/field"))
                .isEqualTo("reason");
        ok(client.as("principal001").post(door + second + "/withdraw", Map.of("reason", "写重了")));
        assertThat(year.task(second, "doWork")).isNull();

        String task = year.task(first, "doWork");
        Answer bare = client.as("principal001")
                .post("/api/v1/tasks/" + task + "/complete", Map.of("version", 1, "values", Map.of("report", "开了")));
        assertThat(bare.text("/errors/0/field")).isEqualTo("files");
        ok(year.handIn("principal001", first, "开了"));
        Answer closed = client.as("jijiao").get("/api/v1/campaigns/" + id + "/schools/S0001/ledger");
        assertThat(closed.text("/total")).isEqualTo("1");
        assertThat(closed.text("/closed")).isEqualTo("1");
        assertThat(closed.json().at("/mayWrite").asBoolean()).isFalse();
        assertThat(client.as("principal001").post(door + first, changed).text("/code"))
                .isEqualTo("not-active");
    }

    @Test
    void aLedgerWithSomethingOpenIsNotClosed() {
        String id = year.running(plan -> {});
        year.at(id, 9, 1);
        ok(addToLedger("principal001", id, "S0001", year.yearOf(id) + "-12-30"));
        year.at(id, 12, 10);
        String close = id + ".closeLedger.S0001";
        assertThat(year.handIn("principal001", close, "都办完了").text("/errors/0/message"))
                .contains("1 项");
        ok(year.handIn("principal001", id + ".ledger-1.S0001", "办完"));
        ok(year.handIn("principal001", close, "都办完了"));
    }

    @Test
    void theDepartmentPassesAndReturnsManyAtOnceAndEachCountsByItself() {
        String id = year.running(plan -> {});
        ok(year.handIn("principal001", id + ".fileSchoolPlan.S0001", "一校的方案"));
        ok(year.handIn("principal002", id + ".fileSchoolPlan.S0002", "二校的方案"));
        ok(year.handIn("principal002", id + ".planVisits.S0002", "二校的家访计划"));
        String door = "/api/v1/campaigns/" + id + "/reviews";
        assertThat(client.as("principal001").get(door).json().at("/items")).isEmpty();
        Answer waiting = client.as("jijiao").get(door + "?node=fileSchoolPlan");
        assertThat(waiting.json().at("/items")).hasSize(2);
        assertThat(waiting.text("/items/0/report")).isEqualTo("一校的方案");
        assertThat(client.as("jijiao").get(door + "?size=1").text("/nextCursor"))
                .isNotNull();
        String one = waiting.text("/items/0/taskId");
        String other = waiting.text("/items/1/taskId");
        int version = waiting.json().at("/items/0/version").asInt();

        Answer results = client.as("jijiao")
                .post(
                        door,
                        Map.of(
                                "items",
                                List.of(
                                        decision(one, version, "pass"),
                                        decision(other, version + 7, "pass"),
                                        decision(other, version, "return"),
                                        decision("no-such-task", 1, "pass"))));

        ok(results);
        assertThat(results.json().at("/items/0/done").asBoolean()).isTrue();
        assertThat(results.json().at("/items/1/done").asBoolean()).isFalse();
        assertThat(results.text("/items/2/problem")).as("no reason was given").contains("退回");
        assertThat(results.text("/items/3/number")).isNull();
        assertThat(year.work(id + ".fileSchoolPlan.S0001")).isEqualTo("done");
        assertThat(year.work(id + ".fileSchoolPlan.S0002")).isEqualTo("checking");
        assertThat(client.as("jijiao").post(door, Map.of("items", List.of())).status())
                .isEqualTo(422);
    }

    private static Map<String, Object> decision(String task, int version, String decision) {
        return Map.of("taskId", task, "version", version, "decision", decision);
    }

    @Test
    void whatHasBegunOfADraftFollowsItsNewVersion() {
        String id = year.draft(plan -> {});
        String summary = id + ".summarizeLastYear";
        String day = weekday(id);
        ObjectNode plan = (ObjectNode)
                client.as("jijiao").get("/api/v1/campaigns/" + id).json().at("/plan");
        for (var node : plan.withArray("nodes")) {
            if (List.of("summarizeLastYear", "revisePlan")
                    .contains(node.get("id").asString())) {
                ((ObjectNode) node).putObject("due").put("rule", "day").put("day", day.substring(5));
            }
        }
        ok(client.as("jijiao").post("/api/v1/campaigns/" + id + "/plan", Map.of("version", version(id), "plan", plan)));

        assertThat(due(summary)).isEqualTo(day);
        assertThat(dueOfTask("jijiao", id, "revisePlan")).isEqualTo(day);
    }
}
