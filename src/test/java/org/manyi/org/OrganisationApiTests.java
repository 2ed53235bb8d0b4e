package org.manyi.org;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestClient.Answer;
import org.springframework.beans.factory.annotation.Autowired;

@ManyiTest
class OrganisationApiTests {

    @Autowired
    private TestClient client;

    @ParameterizedTest(name = "{0} lists {1}")
    @CsvSource({
        "chair, 60",
        "deputy1, 60",
        "leader1, 60",
        "protector, 60",
        "jijiao, 60",
        "inspector1, 60",
        "sysadmin, 60",
        "secadmin, 60",
        "auditor, 60",
        "district1, 15",
        "principal001, 1",
        "principal060, 1",
        "body1, 0"
    })
    void everybodyListsTheSchoolsThatAreTheirsToSee(String username, int schools) {
        Answer answer = client.as(username).get("/api/v1/org/schools?size=100");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/items").size()).isEqualTo(schools);
        assertThat(answer.text("/count/value")).isEqualTo(String.valueOf(schools));
    }

    @Test
    void aSchoolIsListedInTheFormOfTheContract() {
        Answer answer = client.as("principal001").get("/api/v1/org/schools");

        assertThat(answer.text("/items/0/code")).isEqualTo("S0001");
        assertThat(answer.text("/items/0/name")).isEqualTo("青禾区第一小学");
        assertThat(answer.text("/items/0/shortName")).isEqualTo("第一小学");
        assertThat(answer.text("/items/0/kind")).isEqualTo("primary");
        assertThat(answer.text("/items/0/district")).isEqualTo("D1");
        assertThat(answer.text("/nextCursor")).isNull();
    }

    @Test
    void thePagesOfTheListTogetherHoldEverySchoolOnce() {
        List<String> codes = new ArrayList<>();
        String cursor = "";
        do {
            Answer answer = client.as("office").get("/api/v1/org/schools?size=7&cursor=" + cursor);
            answer.json()
                    .at("/items")
                    .forEach(item -> codes.add(item.at("/code").asString()));
            cursor = answer.text("/nextCursor");
        } while (cursor != null);

        assertThat(codes).hasSize(60).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void aPageOutsideTheLimitsIsRefused() {
        assertThat(client.as("office").get("/api/v1/org/schools?size=101").status())
                .isEqualTo(422);
        assertThat(client.as("office")
                        .get("/api/v1/org/schools?cursor=nonsense!")
                        .status())
                .isEqualTo(422);
        assertThat(client.anonymous().get("/api/v1/org/schools").status()).isEqualTo(401);
    }
}
