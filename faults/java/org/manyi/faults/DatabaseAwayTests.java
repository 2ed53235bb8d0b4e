package org.manyi.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.manyi.TestSession;
import org.manyi.faults.NodeClient.Answer;
import org.manyi.faults.Writers.Write;

/** PostgreSQL crashes, or falls silent, under load. */
@Isolated
class DatabaseAwayTests {

    private static final Duration SOON = Duration.ofSeconds(5);

    @Test
    void aCrashOfTheDatabaseIsToldAtOnceAndOverSoonAfterItsReturn() {
        Database district = Harness.district();
        try (Node node = Node.on(district)
                .named("database-crash")
                .set("manyi.audit.seal-after", "5s")
                .start()) {
            node.awaitHealthy();
            NodeClient office = NodeClient.of(node).as("office").loggedIn();
            TestSession browser = new TestSession(node.url());
            assertThat(browser.login("office", "Manyi-2026!").statusCode()).isEqualTo(303);
            Instant gone;
            Instant back;
            try (Writers writers = Writers.start(8, office)) {
                writers.awaitMore(8);
                district.server().stopImmediate();
                gone = Instant.now();
                try {
                    for (int i = 0; i < 3; i++) {
                        refusedSoon(() -> browser.get("/inbox"));
                        refusedSoon(() -> browser.get("/login"));
                        toldSoon(() -> office.get("/api/v1/tasks?view=mine"));
                    }
                    assertThat(node.health()).isNotEqualTo(200);
                } finally {
                    district.server().start();
                }
                back = Instant.now();
                Awaitility.await("a write").atMost(Duration.ofSeconds(10)).until(() -> writers.log().stream()
                        .anyMatch(
                                write -> write.number() != null && write.began().isAfter(back)));
                System.out.printf(
                        "BACK after %d ms%n",
                        Duration.between(back, Instant.now()).toMillis());
                assertAllEndedWithin(writers.log(), gone, SOON);
                writers.close();
                writers.assertKept(district.jdbc());
            }
            // A connection that broke may still meet one request or another until it is found out.
            Awaitility.await("still logged in").atMost(Duration.ofSeconds(10)).until(() -> {
                int status = browser.get("/inbox").statusCode();
                assertThat(status).isIn(200, 503);
                return status == 200;
            });
            Awaitility.await("green health").atMost(Duration.ofSeconds(10)).until(() -> node.health() == 200);
            assertJobsRun(district);
            assertScheduledWorkGoesOn(district);
            node.stop();
        }
        Node.on(district).assertBooksAgree();
    }

    @Test
    void aSilentDatabaseHoldsNobodyForLongerThanHalfAMinute() {
        Database district = Harness.district();
        try (Node node = Node.on(district)
                .named("database-silent")
                .set("manyi.audit.seal-after", "5s")
                .start()) {
            node.awaitHealthy();
            NodeClient office = NodeClient.of(node).as("office").loggedIn();
            Instant silent;
            try (Writers writers = Writers.start(8, office)) {
                writers.awaitMore(8);
                district.server().pause();
                silent = Instant.now();
                try {
                    Awaitility.await("red health")
                            .atMost(Duration.ofSeconds(15))
                            .until(() -> node.health() != 200);
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(45)
                            - Duration.between(silent, Instant.now()).toNanos());
                    assertThat(node.health()).isNotEqualTo(200);
                } finally {
                    district.server().resume();
                }
                Instant back = Instant.now();
                Awaitility.await("a write").atMost(Duration.ofSeconds(15)).until(() -> writers.log().stream()
                        .anyMatch(
                                write -> write.number() != null && write.began().isAfter(back)));
                System.out.printf(
                        "SPEAKS after %d ms%n",
                        Duration.between(back, Instant.now()).toMillis());
                writers.close();
                assertAllEndedWithin(writers.log(), silent.minusSeconds(5), Duration.ofSeconds(30));
                writers.assertKept(district.jdbc());
            }
            assertJobsRun(district);
            assertScheduledWorkGoesOn(district);
            node.stop();
        }
        Node.on(district).assertBooksAgree();
    }

    private static void assertAllEndedWithin(List<Write> writes, Instant since, Duration longest) {
        List<Write> failed = writes.stream()
                .filter(write -> write.number() == null && write.began().isAfter(since))
                .toList();
        assertThat(failed).isNotEmpty();
        System.out.printf(
                "FAILED %d, statuses %s, longest %d ms%n",
                failed.size(),
                failed.stream().map(write -> write.answer().status()).distinct().toList(),
                failed.stream()
                        .mapToLong(write -> write.took().toMillis())
                        .max()
                        .orElse(0));
        assertThat(failed).allSatisfy(write -> {
            assertThat(write.took()).isLessThan(longest);
            assertThat(write.answer().status()).isEqualTo(503);
        });
    }

    private static void refusedSoon(Supplier<HttpResponse<String>> request) {
        Instant began = Instant.now();
        HttpResponse<String> answer = request.get();
        System.out.printf(
                "PAGE %s %d in %d ms%n",
                answer.uri().getPath(),
                answer.statusCode(),
                Duration.between(began, Instant.now()).toMillis());
        assertThat(Duration.between(began, Instant.now())).isLessThan(SOON);
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("</html>");
    }

    private static void toldSoon(Supplier<Answer> request) {
        Instant began = Instant.now();
        Answer answer = request.get();
        System.out.printf(
                "API %d in %d ms%n",
                answer.status(), Duration.between(began, Instant.now()).toMillis());
        assertThat(Duration.between(began, Instant.now())).isLessThan(SOON);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text("/code")).isEqualTo("busy");
    }

    /** The reminders of today are due again, and are planned by the node itself. */
    private static void assertJobsRun(Database district) {
        district.jdbc()
                .sql(
                        "update act_ru_job set duedate_ = now() - interval '1 minute' where process_def_key_ = 'deadline-reminders'")
                .update();
        Awaitility.await("a job that runs")
                .atMost(Duration.ofSeconds(20))
                .until(() -> district.count(
                                "select count(*) from act_ru_job where process_def_key_ = 'deadline-reminders' and duedate_ < now()")
                        == 0);
    }

    /** What the writers did is sealed, as every ten seconds: by work that repeats itself, not by a job of the engine's. */
    private static void assertScheduledWorkGoesOn(Database district) {
        Awaitility.await("everything sealed")
                .atMost(Duration.ofSeconds(45))
                .until(() -> district.count("select count(*) from audit_entry where seal_id is null"
                                + " and recorded_at < now() - interval '10 seconds'")
                        == 0);
    }
}
