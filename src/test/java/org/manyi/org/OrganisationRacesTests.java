package org.manyi.org;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.manyi.ManyiTest;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@ManyiTest
class OrganisationRacesTests {

    private static final String POST = "school:S0058:principal";
    private static final String HOLDER = "principal058";

    @Autowired
    private OrganisationAdministration administration;

    @Autowired
    private Organisation organisation;

    @Autowired
    private JdbcClient jdbc;

    @AfterEach
    void putBackWhoWasThere() {
        jdbc.sql("delete from org_holding where post_key = :post and username <> :holder")
                .param("post", POST)
                .param("holder", HOLDER)
                .update();
        jdbc.sql("update org_holding set until_day = null where post_key = :post")
                .param("post", POST)
                .update();
    }

    @RepeatedTest(5)
    void twoAppointmentsAtOnceLeaveOnePrincipal() throws Exception {
        administration.release(POST, HOLDER);
        CountDownLatch together = new CountDownLatch(1);
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            List<Future<Boolean>> tries = List.of("staff055", "staff056").stream()
                    .map(username -> two.submit(() -> {
                        together.await();
                        return appointed(username);
                    }))
                    .toList();
            together.countDown();

            assertThat(List.of(tries.get(0).get(), tries.get(1).get())).containsExactlyInAnyOrder(true, false);
            assertThat(organisation.holders(List.of(POST))).hasSize(1);
        } finally {
            two.shutdownNow();
        }
    }

    private boolean appointed(String username) {
        try {
            administration.assign(POST, username);
            return true;
        } catch (ValidationException occupied) {
            return false;
        }
    }
}
