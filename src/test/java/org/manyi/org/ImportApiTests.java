package org.manyi.org;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestClient.Answer;
import org.springframework.beans.factory.annotation.Autowired;

/** The organisation's workbooks as bureaus really send them, checked through the API; nothing is written. */
@ManyiTest
class ImportApiTests {

    private static final String DRY_ORGANISATIONS = "/api/v1/imports/organisations?dryRun=true";
    private static final String DRY_USERS = "/api/v1/imports/users?dryRun=true";

    @Autowired
    private TestClient client;

    @Test
    void aWorkbookWithATitleOtherHeadersBlanksAndATotalIsRead() {
        String file = """
                青禾区学校情况一览表,,,,
                学校代码,学校名称,学校类别,所属学区,性质
                S9501,青禾区南塘小学,小学,D1,公办
                Ｓ9502,青禾区南塘二小,完 小,,公立
                S9503,青禾区南塘幼儿园,幼儿园,D2,民办
                合计,3 所,,,
                """;

        Answer answer =
                client.as("sysadmin").upload(DRY_ORGANISATIONS, "学校.csv", file.getBytes(Charset.forName("GB18030")));

        assertThat(answer.text("/status")).as(answer.body()).isEqualTo("checked");
        assertThat(answer.text("/rows/valid")).isEqualTo("3");
        assertThat(answer.text("/rows/skipped")).isEqualTo("1");
    }

    @Test
    void everyFaultOfAnOrganisationIsNamedByRowAndColumn() {
        String file = """
                编码,名称,类型,上级编码,办学性质,简称,曾用名
                S9501,青禾区南塘小学,大学,D1,公办,,
                S9502,青禾区南塘二小,小学,D77,公办,,
                S9503,,小学,D1,公办,,
                """;

        Answer answer =
                client.as("sysadmin").upload(DRY_ORGANISATIONS, "学校.csv", file.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(faults(answer)).containsExactlyInAnyOrder("2 C unknown", "3 D unknown", "4 B required");
    }

    @Test
    void thePostsOfOnePersonStandInSeveralRows() {
        String file = """
                用户名,姓名,单位编码,岗位,手机,邮箱
                wang.fang,王小禾,jijiao,科员,10000009001,wang.fang@qinghe.example
                ,,T1,检查组成员,,
                li.lei,李大禾,S0001,教职工,,
                """;

        Answer answer = client.as("secadmin").upload(DRY_USERS, "人员.csv", file.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.text("/status")).as(answer.body()).isEqualTo("checked");
        assertThat(answer.text("/rows/valid")).isEqualTo("3");
    }

    @Test
    void everyFaultOfAPersonIsNamedByRowAndColumn() {
        String file = """
                用户名,姓名,单位编码,岗位,手机,邮箱
                wang.fang,王小禾,jijiao,校长,,
                li.lei,李大禾,S0001,校长,,
                ,另一个人,S0001,教职工,,
                """;

        Answer answer = client.as("secadmin").upload(DRY_USERS, "人员.csv", file.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(faults(answer)).containsExactlyInAnyOrder("2 D unknown", "3 D occupied", "4 B differs");
    }

    @Test
    void nobodyElseImportsThem() {
        byte[] file = "编码,名称,类型\nS9501,青禾区南塘小学,小学\n".getBytes(StandardCharsets.UTF_8);

        for (String username : List.of("secadmin", "auditor", "chair", "principal001")) {
            assertThat(client.as(username)
                            .upload(DRY_ORGANISATIONS, "学校.csv", file)
                            .status())
                    .as(username)
                    .isIn(403, 404);
        }
    }

    private static List<String> faults(Answer answer) {
        List<String> faults = new ArrayList<>();
        answer.json()
                .at("/errors")
                .forEach(error -> faults.add(
                        error.at("/row").asString() + " " + error.at("/column").asString() + " "
                                + error.at("/code").asString()));
        return faults;
    }
}
