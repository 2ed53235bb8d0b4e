package org.manyi.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.manyi.register.RunningYear.REGISTERS;
import static org.manyi.register.RunningYear.ok;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestClient.Answer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The district's meetings: who holds them, who speaks, who sees what of them, and what comes of what they give to do. */
@ManyiTest
class MeetingTests {

    @Autowired
    private RunningYear year;

    @Autowired
    private TestClient client;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void aYearIsUnderWay() {
        year.begin();
    }

    @AfterEach
    void itIsOver() {
        year.end();
    }

    @Test
    void aMeetingIsEnteredByADepartmentForARunningYearAndItsNode() {
        Answer entered = year.meeting("jijiao", Map.of("node", "holdFeedbackMeeting1"));
        assertThat(entered.status()).as(entered.body()).isEqualTo(201);
        String number = entered.text("/item/number");
        assertThat(number).matches("2026-HY-\\d{2,}");
        assertThat(entered.text("/nodeName")).isEqualTo("第一次测评反馈会");
        assertThat(entered.text("/item/department")).isEqualTo("jijiao");

        assertThat(year.meeting("jijiao", Map.of("node", "nothing")).text("/errors/0/field"))
                .isEqualTo("node");
        assertThat(year.meeting("jijiao", Map.of("campaign", "2026-ND-99")).text("/errors/0/field"))
                .isEqualTo("campaign");
        assertThat(year.meeting("jijiao", Map.of("kind", "party", "title", " "))
                        .json()
                        .at("/errors"))
                .hasSize(2);
        assertThat(year.meeting("jijiao", Map.of("department", "xueqian")).text("/errors/0/field"))
                .isEqualTo("department");
        for (String stranger : List.of("principal001", "district1", "chair", "leader1")) {
            assertThat(year.meeting(stranger, Map.of()).status()).as(stranger).isEqualTo(403);
        }
        assertThat(year.trail("meeting", number)).containsExactly("MeetingEntered");
    }

    @Test
    void aMeetingIsSeenByItsDepartmentTheOfficeOfTheYearTheChairAndThoseConcerned() {
        String number = ok(year.meeting("xueqian", Map.of())).text("/item/number");
        String path = REGISTERS + "/meetings/" + number;
        for (String insider : List.of("xueqian", "jijiao", "chair")) {
            assertThat(client.as(insider).get(path).status()).as(insider).isEqualTo(200);
        }
        for (String stranger : List.of("office", "principal041", "leader1", "district1", "principal001")) {
            assertThat(client.as(stranger).get(path).status()).as(stranger).isEqualTo(404);
        }
        ok(client.as("xueqian").post(path + "/speeches", Map.of("unit", "S0001", "part", "share")));
        for (String concerned : List.of("principal001", "district1", "leader1")) {
            assertThat(client.as(concerned).get(path).status()).as(concerned).isEqualTo(200);
            assertThat(client.as(concerned).get(REGISTERS + "/meetings").body())
                    .as(concerned)
                    .contains(number);
        }
        assertThat(client.as("principal002").get(path).status()).isEqualTo(404);
        assertThat(client.as("principal002").get(REGISTERS + "/meetings").body())
                .doesNotContain(number);
        assertThat(client.as("jijiao")
                        .post(path + "/speeches", Map.of("unit", "S0002", "part", "share"))
                        .status())
                .as("who sees it does not hold it")
                .isEqualTo(403);
    }

    @Test
    void theAgendaIsInOrderAndASchoolSeesAndWritesItsOwnStatementOnly() {
        String number = year.held();
        String path = REGISTERS + "/meetings/" + number;
        String file = year.file("jijiao", "share.pdf");
        Answer first = ok(client.as("jijiao")
                .post(
                        path + "/speeches",
                        Map.of("unit", "S0001", "part", "share", "statement", "我们这样做", "files", List.of(file))));
        Answer second = ok(client.as("jijiao").post(path + "/speeches", Map.of("unit", "S0002", "part", "pledge")));
        assertThat(first.text("/number")).isEqualTo(number + ".S1");
        assertThat(client.as("jijiao").get(path).text("/speeches/0/unit")).isEqualTo("S0001");

        Answer own = client.as("principal002").get(path);
        assertThat(own.json().at("/speeches")).hasSize(1);
        assertThat(own.text("/speeches/0/unit")).isEqualTo("S0002");
        String foreign = REGISTERS + "/speeches/" + first.text("/number");
        assertThat(client.as("principal002").get(foreign).status()).isEqualTo(404);
        assertThat(client.as("principal002")
                        .post(foreign, Map.of("version", 0, "text", "改掉"))
                        .status())
                .isEqualTo(404);
        assertThat(client.as("principal002").get("/api/v1/attachments/" + file).status())
                .as("another school's paper")
                .isEqualTo(404);
        assertThat(client.as("principal001").get("/api/v1/attachments/" + file).status())
                .isEqualTo(200);

        String mine = REGISTERS + "/speeches/" + second.text("/number");
        Answer written = ok(client.as("staff002").post(mine, Map.of("version", 0, "text", "我们一定改好")));
        assertThat(written.text("/statement")).isEqualTo("我们一定改好");
        assertThat(client.as("principal002")
                        .post(mine, Map.of("version", 0, "text", "迟了"))
                        .text("/code"))
                .isEqualTo("stale-version");
        assertThat(client.as("district1")
                        .post(mine, Map.of("version", 1, "text", "代写"))
                        .status())
                .as("a district sees it and does not write it")
                .isEqualTo(403);
        assertThat(client.as("principal002")
                        .post(mine + "/move", Map.of("version", 1))
                        .status())
                .isEqualTo(403);

        ok(client.as("jijiao").post(mine + "/move", Map.of("version", 1)));
        assertThat(client.as("jijiao").get(path).text("/speeches/0/unit")).isEqualTo("S0002");
        ok(client.as("jijiao").post(mine + "/withdraw", Map.of("version", 2)));
        assertThat(client.as("jijiao").get(path).json().at("/speeches")).hasSize(1);
        assertThat(client.as("jijiao").get(mine).status()).isEqualTo(404);
        assertThat(year.trail("meetingSpeech", second.text("/number")))
                .containsExactly("SpeechAdded", "SpeechWritten", "SpeechMoved", "SpeechWithdrawn");
        for (String unit : List.of("T1", "nothing", "")) {
            assertThat(client.as("jijiao")
                            .post(path + "/speeches", Map.of("unit", unit, "part", "share"))
                            .text("/errors/0/field"))
                    .isEqualTo("unit");
        }
    }

    @Test
    void minutesAndTasksComeFromTheDayOfTheMeetingOn() {
        String number = ok(year.meeting("jijiao", Map.of("day", "2026-03-25"))).text("/item/number");
        String path = REGISTERS + "/meetings/" + number;
        assertThat(client.as("jijiao")
                        .post(path + "/minutes", Map.of("version", 0, "text", "会议纪要"))
                        .text("/errors/0/code"))
                .isEqualTo("not-held");
        assertThat(client.as("jijiao")
                        .post(path + "/tasks", Map.of("what", "整改", "unit", "S0001", "dueDate", "2026-03-27"))
                        .text("/errors/0/code"))
                .isEqualTo("not-held");

        year.at(LocalDate.of(2026, 3, 25));
        String file = year.file("jijiao", "minutes.pdf");
        Answer written = ok(client.as("jijiao")
                .post(path + "/minutes", Map.of("version", 0, "text", "会议纪要", "files", List.of(file))));
        assertThat(written.text("/minutes")).isEqualTo("会议纪要");
        assertThat(written.text("/files/0/name")).isEqualTo("minutes.pdf");
        Map<String, Object> later = new HashMap<>(
                Map.of("version", 1, "title", "反馈会", "day", "2026-04-01", "place", "二楼", "kind", "special"));
        assertThat(client.as("jijiao").post(path, later).text("/errors/0/code"))
                .as("a meeting with minutes was held")
                .isEqualTo("followed");
        later.put("day", "2026-03-24");
        Answer changed = ok(client.as("jijiao").post(path, later));
        assertThat(changed.text("/item/kind")).isEqualTo("special");
        assertThat(client.as("jijiao").post(path, later).text("/code")).isEqualTo("stale-version");
        assertThat(client.as("jijiao")
                        .post(
                                path + "/minutes",
                                Map.of("version", 2, "text", "别人的文件", "files", List.of(year.file("office", "x.pdf"))))
                        .status())
                .as("somebody else's upload")
                .isEqualTo(422);
    }

    @Test
    void aTaskIsDoneAndConfirmedByTheDepartmentThatGaveIt() {
        String meeting = year.held();
        String number = year.given(meeting, "S0001", "2026-03-27");
        assertThat(number).isEqualTo(meeting + ".T1");
        String task = year.task(number, "doMeetingTask");
        Answer offered = client.as("principal001").get("/api/v1/tasks/" + task);
        assertThat(offered.text("/dueDate")).isEqualTo("2026-03-27");
        assertThat(client.as("principal002").get("/api/v1/tasks/" + task).status())
                .isEqualTo(404);

        ok(year.complete("principal001", number, "doMeetingTask", Map.of("report", "已经理顺")));
        assertThat(state(number)).isEqualTo("checking");
        ok(year.complete("jijiao", number, "confirmMeetingTask", Map.of("decision", "confirm")));

        assertThat(state(number)).isEqualTo("done");
        assertThat(year.task(number, "doMeetingTask")).isNull();
        assertThat(year.task(number, "confirmMeetingTask")).isNull();
        assertThat(year.trail("meetingTask", number))
                .containsExactly("MeetingTaskGiven", "MeetingTaskHandedIn", "MeetingTaskConfirmed");
        assertThat(client.as("principal001")
                        .get(REGISTERS + "/meetings/" + meeting)
                        .text("/item/openTasks"))
                .isEqualTo("0");
    }

    @Test
    void aTaskThatIsNotDoneGoesBackWithAReasonAndANewDay() {
        String number = year.given(year.held(), "S0001", "2026-03-20");
        year.at(LocalDate.of(2026, 3, 23));
        ok(year.complete("principal001", number, "doMeetingTask", Map.of("report", "在做了")));
        assertThat(year.complete("jijiao", number, "confirmMeetingTask", Map.of("decision", "return"))
                        .text("/errors/0/field"))
                .isEqualTo("reason");
        assertThat(year.complete(
                                "jijiao",
                                number,
                                "confirmMeetingTask",
                                Map.of("decision", "return", "reason", "没有方案", "newDue", "2026-03-20"))
                        .text("/errors/0/field"))
                .isEqualTo("newDue");

        ok(year.complete(
                "jijiao",
                number,
                "confirmMeetingTask",
                Map.of("decision", "return", "reason", "没有方案", "newDue", "2026-03-28")));

        assertThat(state(number)).isEqualTo("returned");
        Answer again = client.as("principal001").get("/api/v1/tasks/" + year.task(number, "doMeetingTask"));
        assertThat(again.text("/dueDate")).as("the 28th is a Saturday").isEqualTo("2026-03-30");
        assertThat(again.text("/round")).isEqualTo("2");
        assertThat(client.as("principal001")
                        .get("/api/v1/tasks/" + year.task(number, "doMeetingTask") + "/form")
                        .text("/data/report"))
                .isEqualTo("在做了");
        ok(year.complete("principal001", number, "doMeetingTask", Map.of("report", "方案附上")));
        ok(year.complete("jijiao", number, "confirmMeetingTask", Map.of("decision", "confirm", "reason", "好")));
        Answer done = client.as("principal001").get(REGISTERS + "/meeting-tasks/" + number);
        assertThat(done.text("/item/state")).isEqualTo("done");
        assertThat(done.text("/item/late")).as("what was late stays late").isEqualTo("true");
        assertThat(done.json().at("/history")).hasSize(5);
    }

    @Test
    void aDayOffMovesToTheNextWorkingDayAndIsTold() {
        String meeting = year.held();
        Answer given = ok(client.as("jijiao")
                .post(
                        REGISTERS + "/meetings/" + meeting + "/tasks",
                        Map.of("what", "清明安全提醒", "unit", "D1", "dueDate", "2026-04-05")));
        assertThat(given.text("/namedDay")).isEqualTo("2026-04-05");
        assertThat(given.text("/dueDate")).isEqualTo("2026-04-07");
        assertThat(given.text("/warning")).isEqualTo("day-off");
        Answer makeUp = ok(client.as("jijiao")
                .post(
                        REGISTERS + "/meetings/" + meeting + "/tasks",
                        Map.of("what", "调休日也算", "unit", "office", "dueDate", "2026-05-09")));
        assertThat(makeUp.text("/dueDate"))
                .as("a Saturday on which people work")
                .isEqualTo("2026-05-09");
        assertThat(makeUp.text("/warning")).isNull();
        Answer far = ok(client.as("jijiao")
                .post(
                        REGISTERS + "/meetings/" + meeting + "/tasks",
                        Map.of("what", "明年的事", "unit", "office", "dueDate", "2027-03-01")));
        assertThat(far.text("/warning")).isEqualTo("provisional");
    }

    @Test
    void aTaskIsGivenByTheHoldingDepartmentToAnotherUnitForADayToCome() {
        String meeting = year.held();
        String path = REGISTERS + "/meetings/" + meeting + "/tasks";
        Map<String, Object> sound = Map.of("what", "整改", "unit", "S0001", "dueDate", "2026-03-27");
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("what", " "),
                Map.of("unit", "jijiao"),
                Map.of("unit", "T1"),
                Map.of("unit", "nothing"),
                Map.of("dueDate", "2026-03-19"),
                Map.of("dueDate", "2028-01-01"))) {
            Map<String, Object> sent = new HashMap<>(sound);
            sent.putAll(wrong);
            assertThat(client.as("jijiao").post(path, sent).text("/errors/0/field"))
                    .as(wrong.toString())
                    .isEqualTo(wrong.keySet().iterator().next());
        }
        assertThat(client.as("office").post(path, sound).status())
                .as("a department that does not see it")
                .isEqualTo(404);
        ok(client.as("jijiao").post(path, Map.of("what", "归档", "unit", "office", "dueDate", "2026-03-27")));
        assertThat(client.as("office").post(path, sound).status())
                .as("a department that has to do with it")
                .isEqualTo(403);
        assertThat(client.as("principal001").post(path, sound).status()).isEqualTo(403);
    }

    @Test
    void whatAnotherUnitWasGivenIsNotThere() {
        String meeting = year.held();
        String number = year.given(meeting, "S0001", "2026-03-27");
        String other = year.given(meeting, "S0002", "2026-03-27");
        for (String stranger : List.of("principal002", "district2", "leader2", "office", "inspector1")) {
            assertThat(client.as(stranger)
                            .get(REGISTERS + "/meeting-tasks/" + number)
                            .status())
                    .as(stranger)
                    .isIn(stranger.equals("inspector1") ? 403 : 404);
        }
        Answer seen = client.as("principal002").get(REGISTERS + "/meetings/" + meeting);
        assertThat(seen.json().at("/tasks")).hasSize(1);
        assertThat(seen.text("/tasks/0/number")).isEqualTo(other);
        for (String insider : List.of("jijiao", "chair", "district1", "leader1", "staff001")) {
            assertThat(client.as(insider)
                            .get(REGISTERS + "/meeting-tasks/" + number)
                            .status())
                    .as(insider)
                    .isEqualTo(200);
        }
        assertThat(client.as("chair").get(REGISTERS + "/meetings/2026-HY-99").status())
                .isEqualTo(404);
    }

    @Test
    void aPageMarkerLeadsOnThroughTheMeetings() {
        for (int i = 1; i <= 3; i++) {
            ok(year.meeting("jijiao", Map.of("day", "2026-03-1" + i)));
        }
        Answer first = client.as("jijiao").get(REGISTERS + "/meetings?size=2");
        assertThat(first.text("/items/0/day")).isEqualTo("2026-03-13");
        assertThat(first.text("/count/value")).isEqualTo("3");
        Answer rest = client.as("jijiao").get(REGISTERS + "/meetings?size=2&cursor=" + first.text("/nextCursor"));
        assertThat(rest.json().at("/items")).hasSize(1);
        assertThat(rest.text("/items/0/day")).isEqualTo("2026-03-11");
        assertThat(client.as("jijiao")
                        .get(REGISTERS + "/meetings?cursor=nonsense")
                        .status())
                .isEqualTo(422);
    }

    private String state(String number) {
        return jdbc.sql("select state from register_task where number = :number")
                .param("number", number)
                .query(String.class)
                .single();
    }
}
