package org.manyi.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.manyi.TestSession;
import org.manyi.faults.MailServer.Letter;
import org.manyi.faults.MailServer.Mode;
import org.manyi.faults.NodeClient.Answer;

/** The mail server away, rude and back; nodes killed while they send; addresses that lie. */
@Isolated
class MailTests {

    private static final int PENDING = 300;
    private static final int REMINDERS = 400;
    private static final int HOSTS = 200;
    private static final int KILLS = 3;
    private static final Pattern LINK = Pattern.compile("https?://[^/\"'\\s<>]+");

    @Test
    void aBacklogGoesSoonAfterTheMailServersReturnOldestFirstWithoutWhatIsDoneMeanwhile() {
        Database district = Harness.district();
        // The test is run at whatever hour: nobody here minds being disturbed.
        district.jdbc()
                .sql("insert into notification_quiet (username, from_minute, until_minute, rest_days)"
                        + " select username, 0, 0, false from account")
                .update();
        try (MailServer mails = MailServer.away();
                Node node = mails.of(Node.on(district).named("mail-away")).start()) {
            node.awaitHealthy();
            NodeClient office = NodeClient.of(node).as("office").loggedIn();
            TestSession browser = new TestSession(node.url());
            browser.login("office", "Manyi-2026!");
            Duration before = pageTime(browser);
            int pending = Integer.getInteger("faults.mails", PENDING);
            clone(district, pending, "backlog");
            String done =
                    office.post("/api/v1/issues", Writers.issue("操场积水没有人管")).text("/number");
            Awaitility.await("a try")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> district.count(
                                    "select count(*) from mail where state = 'waiting' and reason = 'unreachable'")
                            > 0);
            Duration during = pageTime(browser);
            long asked = district.count(
                    "select count(*) from mail where state = 'waiting' and case_number = '" + done + "'");
            assertThat(asked).isPositive();
            complete(district, node, done);

            mails.open();
            Instant back = Instant.now();
            Awaitility.await("an empty outbox").atMost(Duration.ofMinutes(15)).until(() -> waiting(district) == 0);

            System.out.printf(
                    "BACKLOG %d in %d s; page %d ms before, %d ms while away%n",
                    pending, Duration.between(back, Instant.now()).toSeconds(), before.toMillis(), during.toMillis());
            assertThat(mails.counts().values()).containsOnly(1);
            assertThat(mails.letters().stream().map(Letter::messageId))
                    .as("oldest first")
                    .containsExactlyElementsOf(district.jdbc()
                            .sql("select message_id from mail where state = 'sent' order by id")
                            .query(String.class)
                            .list());
            assertThat(mails.letters()).hasSizeGreaterThanOrEqualTo(pending);
            assertThat(district.count(
                            "select count(*) from mail where reason = 'withdrawn' and case_number = '" + done + "'"))
                    .as("mails of the task that was done meanwhile")
                    .isEqualTo(asked);

            rude(district, mails, browser, before);
            linksLeadHome(district, node, mails);
            node.stop();
        }
        Node.on(district).assertBooksAgree();
    }

    /** Whatever the mail server does to it, a mail's row says what became of it, and nobody waits. */
    private static void rude(Database district, MailServer mails, TestSession browser, Duration usual) {
        mails.mode(Mode.SILENT);
        clone(district, 1, "SILENT");
        Awaitility.await("a try").atMost(Duration.ofSeconds(20)).until(() -> outcome(district, "SILENT")
                .startsWith("sending"));
        Duration meanwhile = pageTime(browser);
        System.out.printf(
                "PAGE %d ms usually, %d ms beside a silent mail server%n", usual.toMillis(), meanwhile.toMillis());
        assertThat(meanwhile).isLessThan(usual.multipliedBy(2).plusMillis(50));
        Awaitility.await("patience that ends").atMost(Duration.ofSeconds(20)).until(() -> outcome(district, "SILENT")
                .equals("waiting unreachable"));
        for (Map.Entry<Mode, String> expected : Map.of(
                        Mode.BUSY, "waiting later",
                        Mode.REFUSES, "failed refused",
                        Mode.HANGS_UP_AFTER_DATA, "waiting lost")
                .entrySet()) {
            mails.mode(expected.getKey());
            clone(district, 1, expected.getKey().name());
            Awaitility.await(expected.getKey() + " leads to " + expected.getValue())
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> outcome(district, expected.getKey().name()).equals(expected.getValue()));
        }
        mails.mode(Mode.TAKES);
        Awaitility.await("the busy one and the lost one")
                .atMost(Duration.ofSeconds(45))
                .until(() -> waiting(district) == 0);
        assertThat(district.count(
                        "select count(*) from mail where unique_key like 'HANGS_UP%' and uncertain and state = 'sent'"))
                .isEqualTo(1);
    }

    private static void linksLeadHome(Database district, Node node, MailServer mails) {
        int before = mails.letters().size();
        NodeClient office = NodeClient.of(node).as("office").loggedIn();
        List<String> hosts = new ArrayList<>();
        for (int i = 0; i < HOSTS / 5; i++) {
            hosts.add("Host: evil%d.example\r\n".formatted(i));
            hosts.add("Host: localhost\r\nX-Forwarded-Host: evil%d.example\r\n".formatted(i));
            hosts.add(
                    "Host: localhost\r\nX-Forwarded-Host: evil%d.example:8443\r\nX-Forwarded-Proto: https\r\nX-Forwarded-For: 127.0.0.1\r\n"
                            .formatted(i));
            hosts.add("Host: localhost\r\nForwarded: host=evil%d.example;proto=https\r\n".formatted(i));
            hosts.add("Host: evil%d.example:80@localhost\r\nX-Original-Host: evil.example\r\nX-Host: evil.example\r\n"
                    .formatted(i));
        }
        long raised =
                hosts.stream().filter(host -> raise(node, office.token(), host)).count();
        assertThat(raised).isGreaterThanOrEqualTo(HOSTS * 3 / 5);
        Awaitility.await("their mails")
                .atMost(Duration.ofSeconds(60))
                .until(() -> waiting(district) == 0 && mails.letters().size() > before);
        List<Letter> triggered = mails.letters().subList(before, mails.letters().size());
        Set<String> links = new TreeSet<>();
        triggered.forEach(
                letter -> LINK.matcher(readable(letter.text())).results().forEach(link -> links.add(link.group())));
        System.out.printf(
                "HOSTS %d, raised %d, letters %d, links to %s%n", hosts.size(), raised, triggered.size(), links);
        assertThat(links).containsExactly(node.url());
    }

    /** The letter and, below it, what travels packed in it. */
    private static String readable(String letter) {
        StringBuilder text = new StringBuilder(letter);
        for (String part : letter.split("\n\n")) {
            String packed =
                    part.lines().takeWhile(line -> !line.startsWith("--")).collect(Collectors.joining());
            try {
                text.append(new String(Base64.getDecoder().decode(packed), StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                // Not one of the packed parts.
            }
        }
        return text.toString();
    }

    private static boolean raise(Node node, String token, String hosts) {
        byte[] body = NodeClient.json(Writers.issue("冒名的地址 " + System.nanoTime()));
        String head = "POST /api/v1/issues HTTP/1.1\r\n" + hosts + "Authorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                + "\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket("localhost", URI.create(node.url()).getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            String status = new BufferedReader(new InputStreamReader(socket.getInputStream())).readLine();
            assertThat(status).matches("HTTP/1.1 (201|400|421).*");
            return status.contains("201");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void remindersOfThreeMissedDaysComeOnceAndNodesKilledWhileSendingSendNothingTwiceUnmarked() {
        Database district = Harness.district();
        for (String forgotten : List.of(
                "notification_digest where run_date > current_date - 4",
                "notification_run where run_date > current_date - 4",
                "mail where template = 'digest'")) {
            district.jdbc().sql("delete from " + forgotten).update();
        }
        district.jdbc()
                .sql("update inbox_task set due_date = current_date where state = 'open'")
                .update();
        try (MailServer mails = MailServer.away()) {
            mails.open();
            List<Node> nodes = new ArrayList<>();
            try {
                for (String name : List.of("sender-a", "sender-b")) {
                    nodes.add(mails.of(Node.on(district).named(name))
                            .set("manyi.mail.take-over-after", "10s")
                            .set("manyi.mail.batch", "10")
                            .start());
                }
                nodes.forEach(Node::awaitHealthy);
                int reminders = Integer.getInteger("faults.mails", REMINDERS);
                clone(district, reminders, "reminder");
                district.jdbc()
                        .sql(
                                "update act_ru_job set duedate_ = now() - interval '1 minute' where process_def_key_ = 'deadline-reminders'")
                        .update();
                int kills = 0;
                while (kills < Harness.rounds(KILLS)) {
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(5));
                    int victim = kills % 2;
                    nodes.get(victim).kill();
                    kills++;
                    nodes.set(victim, nodes.get(victim).setup().start());
                }
                Awaitility.await("everything sent")
                        .atMost(Duration.ofMinutes(3))
                        .until(() -> waiting(district) == 0);
                List<String> due = district.jdbc()
                        .sql("select message_id from mail where state = 'sent'")
                        .query(String.class)
                        .list();
                Map<String, Integer> counts = mails.counts();
                Set<String> marked = Set.copyOf(district.jdbc()
                        .sql("select message_id from mail where uncertain")
                        .query(String.class)
                        .list());
                Set<String> twice = counts.entrySet().stream()
                        .filter(entry -> entry.getValue() > 1)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
                long digests = district.count(
                        "select count(*) from mail where template = 'digest' and unique_key like 'digest:' || current_date || '%'");
                System.out.printf(
                        "SENT %d, kills %d, twice %d, marked %d, digests %d%n",
                        due.size(), kills, twice.size(), marked.size(), digests);
                assertThat(due).hasSizeGreaterThanOrEqualTo(reminders);
                assertThat(counts.keySet()).containsExactlyInAnyOrderElementsOf(due);
                assertThat(marked).containsAll(twice);
                assertThat(twice).hasSizeLessThanOrEqualTo(kills);
                assertThat(digests).isPositive();
                assertThat(
                                district.count(
                                        "select count(*) from mail where template = 'digest' and created_at > now() - interval '1 hour'"))
                        .as("one a person for all the days that were missed")
                        .isEqualTo(
                                district.count(
                                        "select count(distinct username) from mail where template = 'digest' and created_at > now() - interval '1 hour'"));
                nodes.forEach(Node::stop);
            } finally {
                nodes.forEach(Node::close);
            }
        }
        Node.on(district).assertBooksAgree();
    }

    /** Mails that wait, written as the node writes them: copies of the demonstration's, which are kept for show. */
    private static void clone(Database district, int count, String name) {
        district.jdbc().sql("""
                        insert into mail (unique_key, username, address, locale, template, case_number, topic, subject, model,
                            message_id, created_at, state, reason, uncertain, attempts, next_attempt_at)
                        select :name || n, username, address, locale, template, case_number, null, subject, model,
                            '<' || :name || n || '@faults.example>', now(), 'waiting', null, false, 0, now()
                        from generate_series(1, :count) n cross join lateral (select * from mail where reason = 'demonstration'
                            order by id offset n % 50 limit 1) shown
                        """).param("name", name).param("count", count).update();
    }

    private static String outcome(Database district, String name) {
        return district.jdbc()
                .sql("select state || ' ' || coalesce(reason, '') from mail where unique_key = :key")
                .param("key", name + 1)
                .query(String.class)
                .single();
    }

    private static long waiting(Database district) {
        return district.count("select count(*) from mail where state in ('waiting', 'sending')");
    }

    /** Whoever was asked by one of the mails declines the issue, which leaves nothing to do. */
    private static void complete(Database district, Node node, String number) {
        String task = district.jdbc()
                .sql("select task_id from inbox_task where case_number = :number and task_key = 'triageIssue'")
                .param("number", number)
                .query(String.class)
                .single();
        String asked = district.jdbc()
                .sql("select min(username) from mail where topic = :task")
                .param("task", task)
                .query(String.class)
                .single();
        NodeClient person = NodeClient.of(node).as(asked);
        int version =
                Integer.parseInt(person.get("/api/v1/tasks/" + task + "/form").text("/version"));
        Answer done = person.post(
                "/api/v1/tasks/" + task + "/complete",
                Map.of("version", version, "values", Map.of("decision", "decline", "reason", "不属于本局职责，已告知反映人")));
        assertThat(done.status()).as(done.body()).isEqualTo(200);
    }

    private static Duration pageTime(TestSession browser) {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Instant began = Instant.now();
            assertThat(browser.get("/inbox").statusCode()).isEqualTo(200);
            times.add(Duration.between(began, Instant.now()).toNanos());
        }
        return Duration.ofNanos(times.stream().sorted().toList().get(37));
    }
}
