package org.manyi.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestClient.Answer;
import org.springframework.beans.factory.annotation.Autowired;

@ManyiTest
class ClockApiTests {

    @Autowired
    private TestClient client;

    @Test
    void theClockNeverGoesBack() {
        OffsetDateTime now = OffsetDateTime.parse(
                client.as("sysadmin").get("/api/v1/rehearsal/clock").text("/now"));

        Answer answer = client.as("sysadmin")
                .post("/api/v1/rehearsal/clock", Map.of("to", now.minusHours(1).toString()));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text("/code")).isEqualTo("clock-backwards");
    }
}
