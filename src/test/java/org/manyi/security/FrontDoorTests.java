package org.manyi.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.springframework.beans.factory.annotation.Autowired;

@ManyiTest
class FrontDoorTests {

    @Autowired
    private TestClient client;

    @Test
    void aTokenTellsWhoOneIs() {
        TestClient.Answer me = client.as("principal001").get("/api/v1/me");

        assertThat(me.status()).isEqualTo(200);
        assertThat(me.text("/username")).isEqualTo("principal001");
        assertThat(me.text("/roles/0")).isEqualTo("SCHOOL");
        assertThat(me.text("/posts/0/key")).isEqualTo("school:S0001:principal");
    }
}
