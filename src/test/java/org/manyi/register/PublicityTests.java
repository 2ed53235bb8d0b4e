package org.manyi.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.manyi.register.RunningYear.REGISTERS;
import static org.manyi.register.RunningYear.ok;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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

/** That schools made the survey line known: by given words alone, counted by the largest reach, with nothing that a parent said. */
@ManyiTest
class PublicityTests {

    private static final String PUBLICITY = REGISTERS + "/publicity";

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
        year.end();
    }

    private Answer families(String username, String school, int families, int version) {
        return client.as(username)
                .post(
                        PUBLICITY + "/" + school + "/families",
                        Map.of("year", 2026, "families", families, "version", version));
    }

    private Answer enter(String username, String school, Map<String, Object> other) {
        Map<String, Object> facts =
                new HashMap<>(Map.of("means", "letter", "day", "2026-03-18", "reached", 300, "template", "letter-1"));
        facts.putAll(other);
        return client.as(username).post(PUBLICITY + "/" + school + "/entries", facts);
    }

    @Test
    void coverageIsTheLargestSingleReachAndNeverASum() {
        assertThat(enter("staff001", "S0001", Map.of()).text("/errors/0/code"))
                .as("of how many is not known yet")
                .isEqualTo("no-families");
        ok(families("principal001", "S0001", 701, 0));
        ok(enter("staff001", "S0001", Map.of()));
        ok(enter("staff001", "S0001", Map.of("means", "chat", "template", "chat-1", "reached", 650)));
        Answer register = ok(enter(
                "staff001",
                "S0001",
                Map.of("means", "meeting", "template", "meeting-1", "reached", 400, "day", "2026-03-19")));

        assertThat(register.json().at("/entries")).hasSize(3);
        assertThat(register.text("/entries/0/means")).isEqualTo("meeting");
        assertThat(register.text("/school/largest")).isEqualTo("650");
        assertThat(register.text("/school/percent")).isEqualTo("92.72");
        Answer list = ok(client.as("jijiao").get(PUBLICITY));
        assertThat(list.text("/items/0/percent")).isEqualTo("92.72");
        assertThat(list.text("/items/1/percent")).isNull();
        assertThat(ok(client.as("jijiao").get(PUBLICITY + "?year=2025")).text("/items/0/entries"))
                .isEqualTo("0");

        assertThat(enter("staff001", "S0001", Map.of("reached", 702)).text("/errors/0/field"))
                .as("more than there are")
                .isEqualTo("reached");
        assertThat(families("principal001", "S0001", 649, 1).text("/errors/0/code"))
                .isEqualTo("fewer");
        assertThat(families("principal001", "S0001", 800, 0).status()).isEqualTo(409);
        assertThat(ok(families("principal001", "S0001", 650, 1)).body()).contains("\"percent\":100.00");
    }

    @Test
    void anEntryIsTakenBackAndTheTrailKeepsIt() {
        ok(families("principal001", "S0001", 700, 0));
        String number = ok(enter("staff001", "S0001", Map.of())).text("/entries/0/number");
        assertThat(number).matches("2026-XC-\\d{4,}");
        assertThat(client.as("principal002")
                        .post(PUBLICITY + "/S0002/entries/remove", Map.of("number", number))
                        .status())
                .as("another school's entry under one's own address")
                .isEqualTo(404);

        Answer left = ok(client.as("principal001").post(PUBLICITY + "/S0001/entries/remove", Map.of("number", number)));

        assertThat(left.json().at("/entries")).isEmpty();
        assertThat(year.trail("publicity", "S0001")).endsWith("FamiliesSaved", "PublicityEntered", "PublicityRemoved");
    }

    @Test
    void theTemplatesAreLockedAndThereIsNoPlaceForOtherWordsOrForAnythingAParentSaid() {
        ok(families("principal001", "S0001", 700, 0));
        String before = ok(client.as("principal001").get(REGISTERS + "/publicity-templates"))
                .body();
        assertThat(enter("staff001", "S0001", Map.of("template", "my-own")).text("/errors/0/field"))
                .isEqualTo("template");
        assertThat(enter("staff001", "S0001", Map.of("template", "chat-1")).text("/errors/0/field"))
                .as("a text for other means")
                .isEqualTo("template");

        Answer sent = ok(enter(
                "staff001",
                "S0001",
                Map.of("text", "请家长都说满意", "note", "请说满意", "answer", "满意", "parentName", "某某", "phone", "13800000000")));

        assertThat(sent.body()).doesNotContain("满意", "某某", "13800000000");
        assertThat(jdbc.sql("select * from register_publicity")
                        .query()
                        .listOfRows()
                        .toString())
                .doesNotContain("满意", "某某", "13800000000");
        assertThat(jdbc.sql("select * from register_publicity").query().listOfRows().get(0).keySet().stream()
                        .map(column -> column.toLowerCase(Locale.ROOT)))
                .containsExactlyInAnyOrder(
                        "number",
                        "school_code",
                        "for_year",
                        "on_day",
                        "means",
                        "reached",
                        "template",
                        "entered_by",
                        "entered_at");
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            assertThat(client.as("principal001")
                            .send(method, REGISTERS + "/publicity-templates")
                            .status())
                    .as(method)
                    .isEqualTo(405);
        }
        assertThat(client.as("principal001")
                        .get(REGISTERS + "/publicity-templates")
                        .body())
                .isEqualTo(before);
    }

    @Test
    void theTemplatesSayThatTheLineExistsAndNothingThatCoaches() {
        JsonNode templates = ok(client.as("principal001").get(REGISTERS + "/publicity-templates"))
                .json()
                .at("/items");
        assertThat(templates).hasSize(Means.values().length);
        for (JsonNode template : templates) {
            String chinese = template.at("/textZh").asString();
            String english = template.at("/textEn").asString();
            assertThat(chinese).contains("12340", "自愿", "不").containsAnyOf("晚上", "周末");
            assertThat(english).contains("12340", "voluntary").contains("your own");
            assertThat(chinese).doesNotContain("满意", "打分", "评价", "好评", "务必", "请支持", "配合", "感谢");
            assertThat(english.toLowerCase(Locale.ROOT))
                    .doesNotContain("satisf", "score", "praise", "support us", "please answer", "thank");
        }
    }

    @Test
    void aSchoolWritesItsOwnAndOthersReadTheSchoolsThatTheyAnswerFor() {
        ok(families("principal001", "S0001", 700, 0));
        ok(enter("principal001", "S0001", Map.of()));
        for (String reader : List.of("staff001", "district1", "leader1", "jijiao", "office", "chair", "deputy2")) {
            assertThat(client.as(reader).get(PUBLICITY + "/S0001").status())
                    .as(reader)
                    .isEqualTo(200);
        }
        for (String stranger : List.of("principal002", "district2", "leader2", "xueqian", "dudao")) {
            assertThat(client.as(stranger).get(PUBLICITY + "/S0001").status())
                    .as(stranger)
                    .isEqualTo(404);
            assertThat(client.as(stranger).get(PUBLICITY).body()).as(stranger).doesNotContain("S0001");
        }
        assertThat(enter("principal002", "S0001", Map.of()).status()).isEqualTo(404);
        assertThat(families("principal002", "S0001", 1, 1).status()).isEqualTo(404);
        for (String reader : List.of("district1", "leader1", "jijiao", "chair")) {
            assertThat(enter(reader, "S0001", Map.of()).status()).as(reader).isEqualTo(403);
        }
        assertThat(enter("staff001", "S0001", Map.of("day", "2026-03-21")).text("/errors/0/field"))
                .isEqualTo("day");
        assertThat(enter("staff001", "S0001", Map.of("means", "drums")).text("/errors/0/field"))
                .isEqualTo("means");
    }
}
