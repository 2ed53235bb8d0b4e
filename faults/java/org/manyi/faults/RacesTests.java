package org.manyi.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.manyi.TestSession;
import org.manyi.faults.NodeClient.Answer;

/** Two people at two nodes want the same thing in the same moment (B1, B2, B6, B10): one gets it, the other hears why not. */
class RacesTests {

    private static final int USUAL_ROUNDS = 50;

    private static Database district;
    private static Node a;
    private static Node b;
    private static NodeClient api;

    @BeforeAll
    static void twoNodes() {
        district = Harness.district();
        // A second clerk of the same post, so that two people may take the same task.
        district.jdbc()
                .sql("insert into org_holding (post_key, username) values ('dept:office:staff', 'renshi')")
                .update();
        a = Node.on(district).named("a").start();
        a.awaitHealthy();
        b = Node.on(district).named("b").start();
        b.awaitHealthy();
        api = NodeClient.of(a);
        Stream.of("office", "renshi", "jijiao", "chair", "principal001")
                .forEach(name -> api.as(name).loggedIn());
    }

    @AfterAll
    static void theBooksAgree() {
        try {
            Node.on(district).assertBooksAgree();
            assertThat(a.log() + b.log()).doesNotContain("UnexpectedRollbackException");
        } finally {
            a.close();
            b.close();
        }
    }

    @Test
    void oneOfTwoClerksTakesTheTaskAndTheOtherHearsThatItIsTaken() {
        String task = Cases.task(api, Cases.raise(api, "两人同时领取"), "contactReporter");
        NodeClient office = api.as("office");
        NodeClient renshi = api.as("renshi").at(b);
        Map<String, Integer> seen = new TreeMap<>();
        for (int round = 0; round < Harness.rounds(USUAL_ROUNDS); round++) {
            boolean swapped = round % 2 == 1;
            NodeClient first = swapped ? office.at(b) : office;
            NodeClient second = swapped ? renshi.at(a) : renshi;
            List<Answer> answers = race(
                    () -> first.post("/api/v1/tasks/" + task + "/claim", null),
                    () -> second.post("/api/v1/tasks/" + task + "/claim", null));
            count(seen, answers);
            NodeClient winner = assertOneWinner(answers, Set.of("already-claimed")) == 0 ? office : renshi;
            assertThat(winner.get("/api/v1/tasks/" + task).text("/assignee/username"))
                    .isEqualTo(winner == office ? "office" : "renshi");
            assertThat(winner.post("/api/v1/tasks/" + task + "/unclaim", null).status())
                    .isBetween(200, 204);
        }
        System.out.println("claim: " + seen);
    }

    @Test
    void oneOfTwoAnswersIsStoredAndTheOtherHearsThatItCameTooLate() {
        Map<String, Integer> seen = new TreeMap<>();
        for (int round = 0; round < Harness.rounds(USUAL_ROUNDS); round++) {
            String number = Cases.raise(api, "两人同时办结 " + round);
            String contact = Cases.task(api, number, "contactReporter");
            int version = Cases.version(api.as("office"), contact);
            List<Answer> answers = race(
                    () -> Cases.complete(
                            api.as("office"), contact, version, Map.of("outcome", "reached", "note", "甲说的")),
                    () -> Cases.complete(
                            api.as("renshi").at(b), contact, version, Map.of("outcome", "refused", "note", "乙说的")));
            count(seen, answers);
            int winner = assertOneWinner(answers, Set.of("not-active", "already-claimed", "stale-version"));
            String history = api.as("office").get("/api/v1/issues/" + number).body();
            assertThat(history.contains("甲说的")).isEqualTo(winner == 0);
            assertThat(history.contains("乙说的")).isEqualTo(winner == 1);

            String triage = Cases.task(api, number, "triageIssue");
            int triageVersion = Cases.version(api.as("jijiao"), triage);
            Map<String, Object> first = Map.of("decision", "accept", "department", "jijiao", "unitCode", "S0001");
            Map<String, Object> second = Map.of("decision", "accept", "department", "jijiao", "unitCode", "S0002");
            answers = race(
                    () -> Cases.complete(api.as("jijiao"), triage, triageVersion, first),
                    () -> Cases.complete(api.as("jijiao").at(b), triage, triageVersion, second));
            count(seen, answers);
            winner = assertOneWinner(answers, Set.of("not-active", "stale-version"));
            assertThat(Cases.issue(api, number).at("/leadUnit/code").asString())
                    .isEqualTo(winner == 0 ? "S0001" : "S0002");
        }
        System.out.println("complete: " + seen);
    }

    @Test
    void aCompletionAndAHandOverInTheSameMomentHaveOneOutcome() {
        Map<String, Integer> seen = new TreeMap<>();
        for (int round = 0; round < Harness.rounds(USUAL_ROUNDS); round++) {
            String number = Cases.raise(api, "办结时被改派 " + round);
            String contact = Cases.task(api, number, "contactReporter");
            NodeClient office = api.as("office");
            assertThat(office.post("/api/v1/tasks/" + contact + "/claim", null).status())
                    .isBetween(200, 204);
            int version = Cases.version(office, contact);
            List<Answer> answers = race(
                    () -> Cases.complete(office, contact, version, Map.of("outcome", "reached", "note", "已联系")),
                    () -> api.as("renshi")
                            .at(b)
                            .post(
                                    "/api/v1/tasks/" + contact + "/assign",
                                    Map.of("username", "renshi", "reason", "我来联系")));
            count(seen, answers);
            int winner = assertOneWinner(answers, Set.of("not-active", "already-claimed", "stale-version"));
            assertThat(api.as("renshi").get("/api/v1/tasks/" + contact).text("/assignee/username"))
                    .isEqualTo(winner == 0 ? "office" : "renshi");
        }
        System.out.println("complete against hand over: " + seen);
    }

    @Test
    void aCompletionInTheMomentInWhichItsTimerRingsIsDoneOnce() {
        Map<String, Integer> seen = new TreeMap<>();
        NodeClient principal = api.as("principal001");
        for (int round = 0; round < Math.max(5, Harness.rounds(USUAL_ROUNDS) / 10); round++) {
            String number = Cases.raise(api, "办结时到期 " + round);
            Cases.accept(api, number);
            Cases.pass(principal, number, "signForIssue", Map.of("decision", "sign"));
            String task = Cases.task(api, number, "rectifyIssue");
            Map<String, Object> values = Map.of(
                    "measures", "错峰放学并设家长等候区",
                    "result", "连续一周通行有序",
                    "completedOn", LocalDate.now(ZoneId.of("Asia/Shanghai")).toString(),
                    "beforeFiles", List.of(Cases.attach(principal, task)),
                    "afterFiles", List.of(Cases.attach(principal, task)));
            int version = Cases.version(principal, task);
            int ringing = district.jdbc()
                    .sql("""
                            update act_ru_job set duedate_ = :past where process_instance_id_ in
                                (select proc_inst_id_ from act_ru_task where id_ = :task)
                            """)
                    .param("past", Timestamp.from(Instant.now().minusSeconds(60)))
                    .param("task", task)
                    .update();
            assertThat(ringing).as("timers of the round").isPositive();
            Answer done = Cases.complete(principal.at(round % 2 == 0 ? a : b), task, version, values);
            seen.merge(done.status() + " " + code(done), 1, Integer::sum);
            assertThat(done.status()).as(done.body()).isIn(200, 409);
            assertThat(Cases.issue(api, number).at("/status").asString())
                    .isEqualTo(done.status() == 200 ? "verifying" : "rectifying");
        }
        System.out.println("complete against timer: " + seen);
    }

    @Test
    void fiftyRequestsOfOneBrowserInTheMomentOfItsLoginAreAllAnswered() {
        for (int round = 0; round < 3; round++) {
            TestSession browser = new TestSession(a.url());
            assertThat(browser.login("office", "Manyi-2026!").statusCode()).isEqualTo(303);
            List<Supplier<Integer>> requests = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                TestSession tab = browser.at(i % 2 == 0 ? a.url() : b.url());
                requests.add(() -> tab.get("/issues").statusCode());
            }
            assertThat(Together.run(requests)).containsOnly(200);
        }
    }

    private static List<Answer> race(Supplier<Answer> first, Supplier<Answer> second) {
        return Together.run(first, second);
    }

    /** Which of the two was done; the other has to be refused with one of these reasons. */
    private static int assertOneWinner(List<Answer> answers, Set<String> reasons) {
        int winner = answers.get(0).done() ? 0 : 1;
        Answer loser = answers.get(1 - winner);
        assertThat(answers.get(winner).done())
                .as(answers.get(0).body() + " / " + answers.get(1).body())
                .isTrue();
        assertThat(loser.status()).as(loser.body()).isEqualTo(409);
        assertThat(reasons).contains(code(loser));
        return winner;
    }

    private static void count(Map<String, Integer> seen, List<Answer> answers) {
        answers.forEach(answer -> seen.merge(answer.status() + " " + code(answer), 1, Integer::sum));
    }

    private static String code(Answer answer) {
        return answer.done() ? "" : answer.text("/code");
    }
}
