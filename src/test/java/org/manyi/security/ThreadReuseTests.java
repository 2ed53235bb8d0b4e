package org.manyi.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestDistrict;
import org.manyi.TestSession;
import org.springframework.beans.factory.annotation.Autowired;

/** The server's threads serve everybody by turns: none of them may remember whom it served before. */
@ManyiTest
class ThreadReuseTests {

    private static final List<String> PEOPLE =
            List.of("chair", "office", "jijiao", "principal001", "staff001", "inspector1", "sysadmin", "auditor");

    @Autowired
    private TestClient client;

    /** Four people at a time, 1,000 questions in all, between them refusals and failures, which leave by other ways. */
    @Test
    void aThousandQuestionsOfPeopleByTurnsAreEachAnsweredToWhoAsks() throws Exception {
        PEOPLE.forEach(client::token);
        TestSession browser = new TestSession(client.baseUrl());
        browser.login("protector", TestDistrict.PASSWORD);
        List<Callable<List<String>>> crowd = IntStream.range(0, 4)
                .<Callable<List<String>>>mapToObj(lane -> () -> IntStream.range(0, 250)
                        .mapToObj(i -> ask(browser, lane * 3 + i * 7))
                        .filter(mistake -> !mistake.isEmpty())
                        .toList())
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<String> mistakes = new ArrayList<>();
            for (Future<List<String>> lane : threads.invokeAll(crowd)) {
                mistakes.addAll(lane.get());
            }
            assertThat(mistakes).isEmpty();
        } finally {
            threads.shutdown();
        }
    }

    /** One question; what was wrong with its answer, "" for nothing. */
    private String ask(TestSession browser, int turn) {
        int who = turn % (PEOPLE.size() + 2);
        if (who == PEOPLE.size()) {
            int status = client.anonymous().get("/api/v1/me").status();
            return status == 401 ? "" : "a stranger -> " + status;
        }
        if (who > PEOPLE.size()) {
            String body = browser.get("/api/v1/me").body();
            return body.contains("\"username\":\"protector\"") ? "" : "a browser -> " + body;
        }
        TestClient.As person = client.as(PEOPLE.get(who));
        if (turn % 5 == 0) {
            person.get("/accounts");
            person.post("/api/v1/issues", "{");
        }
        String name = person.get("/api/v1/me").text("/username");
        return PEOPLE.get(who).equals(name) ? "" : PEOPLE.get(who) + " -> " + name;
    }
}
