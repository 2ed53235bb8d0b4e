package org.manyi.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.manyi.register.RunningYear.REGISTERS;
import static org.manyi.register.RunningYear.ok;

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
import tools.jackson.databind.JsonNode;

/** The contact leaders' log: who may enter what, that a correction keeps what was said, and that the report is what the rows say. */
@ManyiTest
class VisitTests {

    private static final String VISITS = REGISTERS + "/visits";
    private static final String ISSUE = "2026-WT-88001";

    @Autowired
    private RunningYear year;

    @Autowired
    private TestClient client;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void itIsMarch() {
        year.begin();
    }

    @AfterEach
    void itIsOver() {
        jdbc.sql("delete from inbox_case_unit where case_number = :issue")
                .param("issue", ISSUE)
                .update();
        jdbc.sql("delete from inbox_case where case_number = :issue")
                .param("issue", ISSUE)
                .update();
        year.end();
    }

    private Answer enter(String username, Map<String, Object> other) {
        Map<String, Object> facts = new HashMap<>(
                Map.of("school", "S0001", "day", "2026-03-19", "kind", "visit", "found", "门口放学时拥堵", "agreed", "错峰放学"));
        facts.putAll(other);
        return client.as(username).post(VISITS, facts);
    }

    @Test
    void aLeaderEntersWhatHeFoundAtOneOfHisSchools() {
        Answer entered = enter("leader1", Map.of());
        assertThat(entered.status()).as(entered.body()).isEqualTo(201);
        String number = entered.text("/visit/number");
        assertThat(number).matches("2026-LX-\\d{4,}");
        assertThat(entered.text("/visit/leader")).isEqualTo("leader:1");
        assertThat(year.trail("leaderVisit", number)).containsExactly("VisitEntered");

        for (String foreign : List.of("S0011", "S9999", "D1", "")) {
            Answer refused = enter("leader1", Map.of("school", foreign));
            assertThat(refused.status()).as(foreign).isEqualTo(422);
            assertThat(refused.text("/errors/0/field")).isEqualTo("school");
            assertThat(refused.text("/errors/0/code")).isEqualTo("not-yours");
        }
        assertThat(enter("leader1", Map.of("day", "2026-03-21")).text("/errors/0/field"))
                .as("a day to come")
                .isEqualTo("day");
        assertThat(enter("leader1", Map.of("kind", "dream")).text("/errors/0/field"))
                .isEqualTo("kind");
        assertThat(enter("leader1", Map.of("found", " ")).text("/errors/0/field"))
                .isEqualTo("found");
        for (String other : List.of("chair", "jijiao", "principal001", "district1", "deputy2")) {
            assertThat(enter(other, Map.of()).status()).as(other).isEqualTo(403);
        }
    }

    @Test
    void anIssueIsNamedOnlyWhereTheLeaderSeesIt() {
        assertThat(enter("leader1", Map.of("issue", ISSUE)).text("/errors/0/field"))
                .isEqualTo("issue");
        jdbc.sql("""
                        insert into inbox_case (case_number, restricted, restriction, hidden_unit, hidden_user)
                        values (:issue, false, 'NONE', null, null)
                        """).param("issue", ISSUE).update();
        jdbc.sql("insert into inbox_case_unit (case_number, unit_code) values (:issue, 'S0002')")
                .param("issue", ISSUE)
                .update();

        assertThat(ok(enter("leader1", Map.of("issue", ISSUE))).text("/visit/issue"))
                .isEqualTo(ISSUE);
        assertThat(enter("leader2", Map.of("school", "S0011", "issue", ISSUE)).text("/errors/0/field"))
                .isEqualTo("issue");
    }

    @Test
    void onlyTheLeaderTheDepartmentInChargeAndTheChairSeeIt() {
        String path = VISITS + "/" + ok(enter("leader1", Map.of())).text("/visit/number");
        for (String insider : List.of("leader1", "jijiao", "chair")) {
            assertThat(client.as(insider).get(path).status()).as(insider).isEqualTo(200);
            assertThat(client.as(insider).get(VISITS).text("/count/value"))
                    .as(insider)
                    .isEqualTo("1");
        }
        assertThat(client.as("leader2").get(path).status()).isEqualTo(404);
        assertThat(client.as("leader2").get(VISITS).text("/count/value")).isEqualTo("0");
        assertThat(client.as("leader2")
                        .post(path + "/correct", Map.of("version", 1, "school", "S0001"))
                        .status())
                .isEqualTo(404);
        for (String department : List.of("xueqian", "office")) {
            for (String door : List.of(path, VISITS, VISITS + "/report")) {
                assertThat(client.as(department).get(door).status())
                        .as(department + " " + door)
                        .isEqualTo(404);
            }
        }
        for (String other : List.of("principal001", "district1", "inspector1")) {
            assertThat(client.as(other).get(path).status()).as(other).isEqualTo(403);
        }
        assertThat(client.as("chair").get(VISITS + "/2026-LX-9999").status()).isEqualTo(404);
    }

    @Test
    void aCorrectionKeepsWhatWasSaidAndNothingIsDeleted() {
        String number = ok(enter("leader1", Map.of())).text("/visit/number");
        String path = VISITS + "/" + number;
        Map<String, Object> right =
                Map.of("version", 1, "school", "S0002", "day", "2026-03-18", "kind", "call", "found", "不拥堵，是我看错了");

        Answer corrected = ok(client.as("leader1").post(path + "/correct", right));

        assertThat(corrected.text("/visit/found")).isEqualTo("不拥堵，是我看错了");
        assertThat(corrected.text("/visit/version")).isEqualTo("2");
        assertThat(corrected.text("/visit/agreed")).isNull();
        assertThat(corrected.text("/earlier/0/found")).isEqualTo("门口放学时拥堵");
        assertThat(corrected.text("/earlier/0/school")).isEqualTo("S0001");
        assertThat(client.as("leader1").post(path + "/correct", right).text("/code"))
                .isEqualTo("stale-version");
        assertThat(client.as("jijiao").post(path + "/correct", right).status()).isEqualTo(403);
        assertThat(client.as("leader1").delete(path).status()).isEqualTo(405);
        assertThat(year.trail("leaderVisit", number)).containsExactly("VisitEntered", "VisitCorrected");
        assertThat(jdbc.sql("select count(*) from register_visit_version where number = :number")
                        .param("number", number)
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void theReportCountsWhatTheRowsSay() {
        ok(enter("leader1", Map.of()));
        ok(enter("leader1", Map.of("kind", "call", "school", "S0002", "found", "电话了解")));
        String wrong = ok(enter("leader1", Map.of("school", "S0003", "found", "写错了学校")))
                .text("/visit/number");
        ok(client.as("leader1")
                .post(
                        VISITS + "/" + wrong + "/correct",
                        Map.of(
                                "version",
                                1,
                                "school",
                                "S0002",
                                "day",
                                "2026-03-19",
                                "kind",
                                "meeting",
                                "found",
                                "座谈")));
        ok(enter("leader1", Map.of("day", "2026-02-27", "school", "S0004", "found", "上个月的")));
        ok(enter("leader2", Map.of("school", "S0011", "found", "另一位领导的")));

        Answer all = ok(client.as("jijiao").get(VISITS + "/report"));
        assertThat(all.text("/from")).isEqualTo("2026-03-01");
        assertThat(all.text("/to")).isEqualTo("2026-03-31");
        assertThat(all.json().at("/leaders")).hasSize(5);
        JsonNode first = all.json().at("/leaders/0");
        assertThat(first.at("/visits").asInt()).isEqualTo(1);
        assertThat(first.at("/calls").asInt()).isEqualTo(1);
        assertThat(first.at("/meetings").asInt()).isEqualTo(1);
        assertThat(first.at("/schools").asInt()).isEqualTo(11);
        assertThat(first.at("/reached").asInt()).isEqualTo(2);
        assertThat(first.at("/schoolsReached").toString()).isEqualTo("[\"S0001\",\"S0002\"]");
        assertThat(first.at("/schoolsMissed")).hasSize(9);
        assertThat(first.at("/entries")).hasSize(3);
        assertThat(first.at("/entries").toString()).contains("门口放学时拥堵", "座谈").doesNotContain("写错了学校");
        assertThat(all.json().at("/leaders/2/visits").asInt()).isZero();
        assertThat(all.json().at("/leaders/2/reached").asInt()).isZero();
        int rows = jdbc.sql("""
                        select count(*) from register_visit v join register_visit_version w
                            on w.number = v.number and w.version = v.version
                        where v.leader_post = 'leader:1' and w.on_day between date '2026-03-01' and date '2026-03-31'
                        """).query(Integer.class).single();
        assertThat(first.at("/visits").asInt()
                        + first.at("/calls").asInt()
                        + first.at("/meetings").asInt())
                .isEqualTo(rows);

        Answer own = ok(client.as("leader2").get(VISITS + "/report?from=2026-02-01&to=2026-03-31"));
        assertThat(own.json().at("/leaders")).hasSize(1);
        assertThat(own.text("/leaders/0/visits")).isEqualTo("1");
        Answer quarter = ok(client.as("leader1").get(VISITS + "/report?from=2026-02-01&to=2026-03-31"));
        assertThat(quarter.text("/leaders/0/reached")).isEqualTo("3");
        for (String period :
                List.of("from=2026-03-02&to=2026-03-01", "from=2025-03-01&to=2026-03-01", "from=1000-01-01")) {
            assertThat(client.as("jijiao").get(VISITS + "/report?" + period).status())
                    .as(period)
                    .isEqualTo(422);
        }
    }
}
