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

/** The groups of the classes: the school writes them, others read the numbers of the schools they answer for. */
@ManyiTest
class ClassGroupTests {

    private static final String GROUPS = REGISTERS + "/groups";

    @Autowired
    private RunningYear year;

    @Autowired
    private TestClient client;

    @BeforeEach
    void itIsMarch() {
        year.begin();
    }

    @AfterEach
    void itIsOver() {
        year.end();
    }

    private Answer save(String username, String school, Map<String, Object> other) {
        Map<String, Object> facts =
                new HashMap<>(Map.of("className", "三年级 1 班", "channel", "wecom", "members", 38, "families", 42));
        facts.putAll(other);
        return client.as(username).post(GROUPS + "/" + school + "/classes", facts);
    }

    @Test
    void aSchoolEntersItsClassesAndChangesThem() {
        Answer entered = ok(save("staff001", "S0001", Map.of()));
        assertThat(entered.text("/classes/0/className")).isEqualTo("三年级 1 班");
        assertThat(save("principal001", "S0001", Map.of()).text("/code"))
                .as("entered twice without having looked")
                .isEqualTo("stale-version");
        Answer changed = ok(save(
                "principal001",
                "S0001",
                Map.of("version", 0, "members", 41, "regularised", true, "regularisedOn", "2026-03-10")));
        assertThat(changed.json().at("/classes")).hasSize(1);
        assertThat(changed.text("/classes/0/members")).isEqualTo("41");
        assertThat(changed.text("/classes/0/regularisedOn")).isEqualTo("2026-03-10");
        assertThat(save("principal001", "S0001", Map.of("version", 0)).status()).isEqualTo(409);

        Answer removed = ok(client.as("principal001")
                .post(GROUPS + "/S0001/classes/remove", Map.of("className", "三年级 1 班", "version", 1)));
        assertThat(removed.json().at("/classes")).isEmpty();
        assertThat(client.as("principal001")
                        .post(GROUPS + "/S0001/classes/remove", Map.of("className", "三年级 1 班", "version", 1))
                        .status())
                .isEqualTo(404);
        assertThat(year.trail("classGroup", "S0001"))
                .endsWith("ClassGroupSaved", "ClassGroupSaved", "ClassGroupRemoved");
    }

    @Test
    void whatCannotBeIsRefused() {
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("className", " "),
                Map.of("channel", "pigeon"),
                Map.of("members", -1),
                Map.of("families", 0),
                Map.of("regularisedOn", "2026-03-10"))) {
            assertThat(save("staff001", "S0001", wrong).text("/errors/0/field"))
                    .as(wrong.toString())
                    .isEqualTo(wrong.keySet().iterator().next());
        }
        assertThat(save("staff001", "S0001", Map.of("channel", "none")).text("/errors/0/field"))
                .isEqualTo("members");
        assertThat(save(
                                "staff001",
                                "S0001",
                                Map.of(
                                        "channel",
                                        "none",
                                        "members",
                                        0,
                                        "regularised",
                                        true,
                                        "regularisedOn",
                                        "2026-03-10"))
                        .text("/errors/0/field"))
                .isEqualTo("regularised");
        assertThat(save("staff001", "S0001", Map.of("regularised", true)).text("/errors/0/field"))
                .isEqualTo("regularisedOn");
        assertThat(save("staff001", "S0001", Map.of("regularised", true, "regularisedOn", "2026-03-21"))
                        .text("/errors/0/field"))
                .isEqualTo("regularisedOn");
    }

    @Test
    void thePercentageIsOfFamiliesAndNoClassCountsMoreThanItsOwn() {
        ok(save("staff001", "S0001", Map.of("members", 95, "families", 40)));
        ok(save("staff001", "S0001", Map.of("className", "三年级 2 班", "members", 20, "families", 41)));
        ok(save("staff001", "S0001", Map.of("className", "三年级 3 班", "channel", "none", "members", 0, "families", 42)));
        ok(save(
                "staff001",
                "S0001",
                Map.of(
                        "className",
                        "三年级 4 班",
                        "families",
                        44,
                        "members",
                        44,
                        "channel",
                        "dingtalk",
                        "regularised",
                        true,
                        "regularisedOn",
                        "2026-03-10")));

        Answer school = ok(client.as("district1").get(GROUPS + "/S0001"));

        assertThat(school.text("/school/classes")).isEqualTo("4");
        assertThat(school.text("/school/covered")).isEqualTo("3");
        assertThat(school.text("/school/regularised")).isEqualTo("1");
        // (40 + 20 + 0 + 44) / 167 = 62.275…
        assertThat(school.text("/school/familiesCovered")).isEqualTo("104");
        assertThat(school.text("/school/percent")).isEqualTo("62.28");
        Answer list = ok(client.as("jijiao").get(GROUPS));
        assertThat(list.text("/items/0/percent")).isEqualTo("62.28");
        assertThat(list.text("/items/1/classes")).isEqualTo("0");
        assertThat(list.text("/items/1/percent")).as("never 0 % of nothing").isNull();
    }

    @Test
    void aSchoolWritesItsOwnAndOthersReadTheSchoolsThatTheyAnswerFor() {
        ok(save("principal001", "S0001", Map.of()));
        for (String reader :
                List.of("principal001", "staff001", "district1", "leader1", "jijiao", "office", "chair", "deputy2")) {
            assertThat(client.as(reader).get(GROUPS + "/S0001").status())
                    .as(reader)
                    .isEqualTo(200);
        }
        for (String stranger : List.of("principal002", "district2", "leader2", "xueqian", "dudao")) {
            assertThat(client.as(stranger).get(GROUPS + "/S0001").status())
                    .as(stranger)
                    .isEqualTo(404);
            assertThat(client.as(stranger).get(GROUPS).body()).as(stranger).doesNotContain("S0001");
        }
        assertThat(client.as("xueqian").get(GROUPS + "/S0041").status())
                .as("a kindergarten")
                .isEqualTo(200);
        assertThat(save("principal002", "S0001", Map.of()).status()).isEqualTo(404);
        assertThat(client.as("principal002")
                        .post(GROUPS + "/S0001/classes/remove", Map.of("className", "三年级 1 班", "version", 0))
                        .status())
                .isEqualTo(404);
        for (String reader : List.of("district1", "leader1", "jijiao", "chair")) {
            assertThat(save(reader, "S0001", Map.of("version", 0)).status())
                    .as(reader)
                    .isEqualTo(403);
        }
        for (String nothing : List.of("S9999", "D1", "jijiao")) {
            assertThat(client.as("chair").get(GROUPS + "/" + nothing).status())
                    .as(nothing)
                    .isEqualTo(404);
        }
    }

    @Test
    void aPageMarkerLeadsOnThroughTheSchools() {
        Answer first = ok(client.as("jijiao").get(GROUPS + "?size=2"));
        assertThat(first.text("/items/1/code")).isEqualTo("S0002");
        Answer next = ok(client.as("jijiao").get(GROUPS + "?size=2&cursor=" + first.text("/nextCursor")));
        assertThat(next.text("/items/0/code")).isEqualTo("S0003");
    }
}
