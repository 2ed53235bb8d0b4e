package org.manyi.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.TestSession;
import org.manyi.faults.NodeClient.Answer;

/** Two nodes on one PostgreSQL: what one of them leaves behind the other takes over, and what one decides the other keeps to. */
class TwoNodesTests {

    private static final String PASSWORD = "Manyi-2026!";

    private Database district;
    private Node a;
    private Node b;

    @BeforeEach
    void twoNodes() {
        district = Harness.district();
        a = Node.on(district).named("a").start();
    }

    private void second(String faults) {
        b = Node.on(district).named("b").faults(faults).start();
        a.awaitHealthy();
        b.awaitHealthy();
    }

    @AfterEach
    void theBooksAgree() {
        try {
            Node.on(district).assertBooksAgree();
        } finally {
            a.close();
            if (b != null) {
                b.close();
            }
        }
    }

    @Test
    void whoeverIsShutOutAtOneNodeIsShutOutAtTheOtherAndWhoeverIsLoggedInOutlivesTheNode() {
        second("");
        TestSession office = loggedIn("office");
        assertThat(office.at(b.url()).get("/issues").statusCode())
                .as("a session of one node at the other")
                .isEqualTo(200);

        TestSession leaving = loggedIn("jijiao");
        assertThat(leaving.at(b.url()).get("/issues").statusCode()).isEqualTo(200);
        leaving.submit("/account", "/logout", Map.of());
        assertShutOut(leaving);

        TestSession closed = loggedIn("anquan");
        NodeClient program = NodeClient.of(a).as("anquan").loggedIn();
        TestSession secadmin = loggedIn("secadmin");
        assertThat(secadmin.submit("/accounts/anquan", "/accounts/anquan/deactivate", Map.of())
                        .statusCode())
                .isIn(302, 303);
        assertShutOut(closed);
        assertThat(program.at(b).get("/api/v1/me").status())
                .as("a token of a closed account at the other node")
                .isEqualTo(401);

        // The passwords of the demonstration are nobody's to change.
        district.jdbc()
                .sql("update account set password_state = 'OWN' where username = 'renshi'")
                .update();
        TestSession elsewhere = loggedIn("renshi").at(b.url());
        TestSession changing = loggedIn("renshi");
        changing.submit(
                "/password",
                "/password",
                Map.of("current", PASSWORD, "password", "Another-2026!", "again", "Another-2026!"));
        assertShutOut(elsewhere);

        a.kill();
        Instant killed = Instant.now();
        assertThat(office.at(b.url()).get("/issues").statusCode())
                .as("still logged in when the node of the login is dead")
                .isEqualTo(200);
        assertThat(Duration.between(killed, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void theJobOfANodeKilledInTheMiddleOfItIsTakenOverAndTheDayHasOneDigestAPerson() {
        // Everybody is to be reminded today, whatever day the test runs on.
        district.jdbc().sql("delete from notification_run").update();
        district.jdbc().sql("delete from notification_digest").update();
        district.jdbc()
                .sql("insert into notification_run (run_date, since_date, planned_at) values"
                        + " (current_date, current_date - 7, now())")
                .update();
        long people = district.jdbc()
                .sql("insert into notification_digest (run_date, username, state)"
                        + " select current_date, username, 'open' from account where password_state = 'DEMONSTRATION'")
                .update();
        second("stall call.before[deadlineRemindersSteps.writeDigests]");
        // Only the node that will die may take the first job.
        pauseOutsideATransaction(a);
        ring();
        Awaitility.await("the node is in the middle of the job")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> b.log().contains("FAULT stall at call.before"));
        b.kill();
        a.resume();
        Instant killed = Instant.now();
        Awaitility.await("the other node has done the dead node's job")
                .atMost(Duration.ofSeconds(60))
                .until(() -> district.count(
                                "select count(*) from act_ru_execution where proc_def_id_ like 'deadline-reminders:%'")
                        == 0);
        Duration takenOver = Duration.between(killed, Instant.now());
        System.out.println("taken over after " + takenOver);
        assertThat(takenOver).isLessThan(Duration.ofSeconds(45));

        b = b.setup().faults("").start();
        b.awaitHealthy();
        ring();
        Awaitility.await("the second run of the day is over")
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        district.count("select count(*) from act_hi_procinst where proc_def_key_ = 'deadline-reminders'"
                                        + " and end_time_ is not null and start_time_ > now() - interval '5 minutes'")
                                >= 2);
        assertThat(district.count("select count(*) from notification_digest where state <> 'open'"))
                .as("people who were thought of, each once")
                .isEqualTo(people);
        String mails =
                "select username from mail where template = 'digest' and created_at > now() - interval '5 minutes'";
        assertThat(district.count("select count(*) from (%s) today".formatted(mails)))
                .isPositive();
        assertThat(district.count(
                        "select count(*) from (%s group by username having count(*) > 1) twice".formatted(mails)))
                .as("people with two digests")
                .isZero();
    }

    @Test
    void aClockMovedAtOneNodeIsMovedAtBothAndRunsBackwardAtNeither() {
        second("");
        NodeClient here = NodeClient.of(a).as("sysadmin").loggedIn();
        NodeClient there = here.at(b);
        OffsetDateTime now =
                OffsetDateTime.parse(here.get("/api/v1/rehearsal/clock").text("/now"));
        List<Answer> answers = Together.run(
                () -> here.post(
                        "/api/v1/rehearsal/clock", Map.of("to", now.plusDays(3).toString())),
                () -> there.post(
                        "/api/v1/rehearsal/clock", Map.of("to", now.plusDays(5).toString())));
        assertThat(answers).extracting(Answer::status).isSubsetOf(200, 409).contains(200);
        Awaitility.await("both nodes tell the same time")
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(
                                Duration.between(time(here), time(there)).abs())
                        .isLessThan(Duration.ofSeconds(2)));
        assertThat(there.post(
                                "/api/v1/rehearsal/clock",
                                Map.of("to", now.plusDays(1).toString()))
                        .text("/code"))
                .isEqualTo("clock-backwards");
        assertThat(district.count("select count(*) from (select 1 from notification_digest"
                        + " group by run_date, username having count(*) > 1) twice"))
                .isZero();
    }

    @Test
    void aNodeWhoseClockGoesWrongStopsItsWorkTellsAndGoesOnWhenItIsRightAgain() throws Exception {
        Path wrong = Files.writeString(Harness.temporaryDirectory().resolve("wrong-by"), "0");
        b = Node.on(district)
                .named("wrong-clock")
                .env("TZ", "UTC")
                .option("-Duser.timezone=UTC")
                .set("manyi.faults.clock", wrong)
                .start();
        a.awaitHealthy();
        b.awaitHealthy();
        a.stop();
        long digests = district.count("select count(*) from notification_digest");
        for (Duration by : List.of(
                Duration.ofDays(1),
                Duration.ofDays(-1),
                Duration.ofMinutes(10),
                Duration.ofMinutes(-10),
                Duration.ofHours(-1),
                Duration.ofSeconds(7))) {
            Files.writeString(wrong, String.valueOf(by.toMillis()));
            Instant set = Instant.now();
            Awaitility.await("the node notices that it is wrong by " + by)
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> b.health() == 503);
            System.out.println("wrong by " + by + " noticed after " + Duration.between(set, Instant.now()));
            ring();
            Awaitility.await("no job is taken by a wrong clock")
                    .during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(6))
                    .until(() -> ringing() == 1);
            assertThat(district.count("select count(*) from notification_digest"))
                    .isEqualTo(digests);
        }
        Files.writeString(wrong, "0");
        Awaitility.await("the node goes on").atMost(Duration.ofSeconds(30)).until(() -> b.health() == 200);
        Awaitility.await("the job is done now").atMost(Duration.ofSeconds(30)).until(() -> ringing() == 0);
        assertThat(b.log()).contains("This node's clock and the database's differ", "clock is right again");
        a = a.setup().start();
        a.awaitHealthy();

        Files.writeString(wrong, "60000");
        try (Node refused = b.setup().start()) {
            assertThat(refused.awaitEnd(Duration.ofSeconds(90))).isNotZero();
            assertThat(refused.log()).contains("This node's clock and the database's differ by ");
        }
        try (Node refused = Node.on(district)
                .named("wrong-zone")
                .set("spring.datasource.hikari.connection-init-sql", "set time zone 'UTC'")
                .start()) {
            assertThat(refused.awaitEnd(Duration.ofSeconds(90))).isNotZero();
            assertThat(refused.log()).contains("another zone than Asia/Shanghai");
        }
    }

    @Test
    void aRollingRestartUnderLoadFailsNoRequest() {
        second("");
        ConcurrentLinkedQueue<String> failed = new ConcurrentLinkedQueue<>();
        AtomicBoolean over = new AtomicBoolean();
        NodeClient office = NodeClient.of(a).as("office").loggedIn();
        Balancer balancer = new Balancer();
        List<Thread> load = IntStream.range(0, 8)
                .mapToObj(n -> new Thread(
                        () -> {
                            for (int i = 0; !over.get(); i++) {
                                Node node = balancer.next(n + i);
                                Answer answer = i % 5 == 0
                                        ? office.at(node).post("/api/v1/issues", Cases.report("滚动重启 " + n + "-" + i))
                                        : office.at(node).get("/api/v1/tasks?view=claimable");
                                balancer.done(node);
                                if (!answer.done()) {
                                    failed.add(answer.status() + " " + answer.body());
                                }
                            }
                        },
                        "load-" + n))
                .toList();
        load.forEach(Thread::start);
        try {
            for (int round = 0; round < Harness.rounds(1); round++) {
                a = restart(a, balancer);
                b = restart(b, balancer);
            }
        } finally {
            over.set(true);
            load.forEach(TwoNodesTests::join);
        }
        System.out.println("rolling restarts: " + 2 * Harness.rounds(1) + ", requests " + balancer.answered()
                + ", failed " + failed.size());
        assertThat(failed).isEmpty();
        assertThat(district.count("select count(*) from act_ru_job where lock_owner_ is not null"
                        + " and lock_exp_time_ < localtimestamp - interval '30 seconds'"))
                .as("jobs locked for longer than the lock time")
                .isZero();
    }

    /** What a proxy does that asks for the health every second: sends nobody to a node that is not well. */
    private final class Balancer {

        private final ConcurrentLinkedQueue<Node> away = new ConcurrentLinkedQueue<>();
        private final java.util.concurrent.atomic.AtomicLong answered = new java.util.concurrent.atomic.AtomicLong();

        Node next(int turn) {
            Node wanted = turn % 2 == 0 ? a : b;
            return away.contains(wanted) ? (wanted == a ? b : a) : wanted;
        }

        void done(Node node) {
            answered.incrementAndGet();
        }

        long answered() {
            return answered.get();
        }
    }

    private Node restart(Node node, Balancer balancer) {
        node.beginStop();
        Instant told = Instant.now();
        Awaitility.await("a node that is told to stop says so while it still answers")
                .atMost(Duration.ofSeconds(4))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> node.health() == 503);
        balancer.away.add(node);
        node.awaitEnd(Duration.ofSeconds(30));
        System.out.println("stopped within " + Duration.between(told, Instant.now()));
        Node again = node.setup().start();
        again.awaitHealthy();
        return again;
    }

    private TestSession loggedIn(String username) {
        TestSession session = new TestSession(a.url());
        assertThat(session.login(username, PASSWORD).statusCode()).isEqualTo(303);
        return session;
    }

    private void assertShutOut(TestSession session) {
        var answer = session.at(b.url()).get("/issues");
        assertThat(answer.statusCode()).isIn(302, 303);
        assertThat(answer.headers().firstValue("Location").orElse("")).contains("/login");
    }

    /** Lets the daily reminder ring now instead of tomorrow morning. */
    private void ring() {
        assertThat(district.jdbc().sql("""
                        update act_ru_job set duedate_ = localtimestamp - interval '1 minute'
                        where handler_type_ = 'timer-start-event' and process_def_key_ = 'deadline-reminders'
                        """).update()).isEqualTo(1);
    }

    /** A node that stands still with a lock in its hand would hold up the other. */
    private void pauseOutsideATransaction(Node node) {
        Awaitility.await("a moment without a transaction").until(() -> {
            node.pause();
            boolean free = district.count("select count(*) from pg_stat_activity where datname = current_database()"
                            + " and state = 'idle in transaction'")
                    == 0;
            if (!free) {
                node.resume();
            }
            return free;
        });
    }

    private long ringing() {
        return district.count("select count(*) from act_ru_job where handler_type_ = 'timer-start-event'"
                + " and process_def_key_ = 'deadline-reminders' and duedate_ < localtimestamp");
    }

    private static OffsetDateTime time(NodeClient client) {
        return OffsetDateTime.parse(client.get("/api/v1/rehearsal/clock").text("/now"));
    }

    private static void join(Thread thread) {
        try {
            thread.join(Duration.ofSeconds(90).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
