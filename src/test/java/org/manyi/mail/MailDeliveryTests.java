package org.manyi.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manyi.ManyiTest;
import org.manyi.mail.MailSink.Received;
import org.manyi.mail.Outbox.NewMail;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ConflictException;
import org.manyi.shared.Count;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.PersonalData;
import org.manyi.shared.Slice;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionInterceptor;
import org.springframework.transaction.support.TransactionTemplate;

@ManyiTest
class MailDeliveryTests {

    @Autowired
    Outbox outbox;

    @Autowired
    MailLog log;

    @Autowired
    MailSink sink;

    @Autowired
    Accounts accounts;

    @Autowired
    CurrentUsers users;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    NamedParameterJdbcOperations batches;

    @Autowired
    PersonalData personalData;

    @Autowired
    MailSettings settings;

    @Autowired
    MailTemplates templates;

    @Autowired
    MovableClock realClock;

    @Autowired
    PlatformTransactionManager transactionManager;

    @Autowired
    TransactionTemplate transactions;

    private final Hands hands = new Hands();
    private ScriptedServer server;
    private MailRows rows;
    private MailDelivery delivery;

    @BeforeEach
    void start() throws IOException {
        sink.empty();
        server = new ScriptedServer();
        hands.now = justAfterNow();
        MovableClock clock = new MovableClock(hands);
        rows = transactional(new MailRows(jdbc, batches, personalData, settings, clock));
        delivery = new MailDelivery(rows, templates, smtp(server.port()), clock);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        sink.empty();
    }

    @Test
    void aMailReadBackFromTheServerIsTheOneThatWasWritten() {
        enqueue(new NewMail(
                "a", "jijiao", "plain", "2026-WT-00042", null, Map.of("title", "请签收：2026-WT-00042 食堂卫生"), null));

        List<Received> arrived = sink.deliver();

        assertThat(arrived).singleElement().satisfies(mail -> {
            assertThat(mail.to())
                    .isEqualTo(accounts.find("jijiao").orElseThrow().email());
            assertThat(mail.subject()).isEqualTo("请签收：2026-WT-00042 食堂卫生");
            assertThat(mail.text()).contains("满意办");
            assertThat(mail.html()).contains("<p>请签收：2026-WT-00042 食堂卫生</p>");
        });
        assertThat(state("a")).isEqualTo("sent");
        assertThat(jdbc.sql("select count(*) from mail where sent_at is not null")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "有事\r\nBcc: evil@x.cn",
                "有事\r\n\r\n<script>",
                "有事\r\n.\r\nMAIL FROM:<evil@x.cn>",
                "有事\u0000\u0007",
                "有事,evil@x.cn;<evil@x.cn>",
                "有事\u2028Bcc: evil@x.cn\u0085",
                "\u202Enc.x@live",
                "=?UTF-8?B?QmNjOiBldmls?=",
                "😀👨‍👩‍👧"
            })
    void whateverIsTypedMakesNoHeaderAndNoRecipient(String typed) {
        enqueue(new NewMail(
                "a", "jijiao", "plain", "2026-WT-00042", null, Map.of("title", typed + "长".repeat(3000)), null));

        delivery.deliver();

        assertThat(state("a")).isEqualTo("sent");
        assertThat(server.letters()).singleElement().satisfies(letter -> {
            List<String> head =
                    letter.lines().takeWhile(line -> !line.isEmpty()).toList();
            assertThat(head.stream()
                            .filter(line -> !line.startsWith(" ") && !line.startsWith("\t"))
                            .map(line -> line.substring(0, line.indexOf(':'))))
                    .containsExactlyInAnyOrder(
                            "Date",
                            "From",
                            "To",
                            "Message-ID",
                            "Subject",
                            "MIME-Version",
                            "Content-Type",
                            "Auto-Submitted");
            assertThat(head)
                    .contains("To: " + accounts.find("jijiao").orElseThrow().email());
        });
    }

    @Test
    void aServerThatAsksToWaitIsAskedAgainAfterGrowingWaitsForADay() {
        server.answer("RCPT", "450 4.2.0 greylisted");
        enqueue(mail("a"));
        Instant written = hands.now;

        int tries = 0;
        Duration wait = Duration.ZERO;
        while (state("a").equals("waiting")) {
            assertThat(tries).as("tries").isLessThan(50);
            tries++;
            delivery.deliver();
            Duration next = Duration.between(hands.now, nextAttempt("a"));
            assertThat(next)
                    .isBetween(Duration.ofSeconds(10), Duration.ofHours(1))
                    .isGreaterThanOrEqualTo(wait);
            wait = next;
            passes(next);
        }

        assertThat(tries).isBetween(25, 40);
        assertThat(wait).isEqualTo(Duration.ofHours(1));
        assertThat(Duration.between(written, hands.now)).isBetween(Duration.ofHours(24), Duration.ofHours(27));
        assertThat(state("a")).isEqualTo("failed");
        assertThat(column("reason", "a")).isEqualTo("expired");
        assertThat(column("reply_code", "a")).isEqualTo("450");
    }

    @Test
    void aMailIsNotTriedBeforeItsWaitIsOver() {
        server.answer("RCPT", "450 later");
        enqueue(mail("a"));
        delivery.deliver();
        server.answer("RCPT", "250 ok");

        passes(Duration.ofSeconds(9));
        delivery.deliver();
        assertThat(server.letters()).isEmpty();

        passes(Duration.ofSeconds(1));
        delivery.deliver();
        assertThat(state("a")).isEqualTo("sent");
        assertThat(column("reason", "a")).isNull();
    }

    @Test
    void aRefusedMailFailsAtOnceAndItsNeighboursArrive() {
        person("bad", "bad@qinghe.example");
        server.answer("RCPT TO:<bad@", "550 unknown user");
        enqueue(mail("1"), new NewMail("2", "bad", "plain", null, null, Map.of("title", "t"), null), mail("3"));

        delivery.deliver();

        assertThat(state("1")).isEqualTo("sent");
        assertThat(state("2")).isEqualTo("failed");
        assertThat(column("reply_code", "2")).isEqualTo("550");
        assertThat(state("3")).isEqualTo("sent");
    }

    @Test
    void aMailThatMayHaveArrivedGoesOutOnceMoreWithTheSameIdAndStaysMarked() {
        server.answer(".", ScriptedServer.HANG_UP);
        enqueue(mail("a"));

        delivery.deliver();
        assertThat(state("a")).isEqualTo("waiting");
        assertThat(uncertain("a")).isTrue();

        server.answer(".", "250 ok");
        passes(Duration.ofSeconds(10));
        delivery.deliver();
        assertThat(state("a")).isEqualTo("sent");
        assertThat(uncertain("a")).isTrue();
        assertThat(server.letters()).hasSize(2);
        assertThat(server.letters().stream().map(MailDeliveryTests::messageId)).containsOnly(column("message_id", "a"));
    }

    @Test
    void anotherTryOfTheSameMailSaysTheSame() {
        server.answer(".", ScriptedServer.HANG_UP);
        enqueue(mail("a"));
        delivery.deliver();

        jdbc.sql("update mail set model = '{\"title\":\"改过的\"}'").update();
        server.answer(".", "250 ok");
        passes(Duration.ofSeconds(10));
        delivery.deliver();

        assertThat(state("a")).isEqualTo("sent");
        assertThat(column("html_body", "a")).contains("待办").doesNotContain("改过的");
    }

    @Test
    void aMailThatCannotBeWrittenFailsWithoutHoldingUpTheOthers() {
        enqueue(mail("1"), mail("2"), mail("3"));
        jdbc.sql("update mail set template = 'gone' where unique_key = '2'").update();

        delivery.deliver();

        assertThat(state("1")).isEqualTo("sent");
        assertThat(state("2")).isEqualTo("failed");
        assertThat(column("reason", "2")).isEqualTo("unwritable");
        assertThat(state("3")).isEqualTo("sent");
    }

    @Test
    void aMailThatMayHaveArrivedTwiceIsLeftToAPerson() {
        server.answer(".", ScriptedServer.HANG_UP);
        enqueue(mail("a"));

        for (int i = 0; i < 5; i++) {
            delivery.deliver();
            passes(Duration.ofHours(1));
        }

        assertThat(state("a")).isEqualTo("uncertain");
        assertThat(server.letters()).hasSize(2);
    }

    @Test
    void whatANodeLeftBehindWhileHandingItOverIsSentOnceMoreAndMarked() {
        enqueue(mail("a"));
        Letter letter = templates.write(rows.take().get(0));
        assertThat(rows.begin(letter)).isTrue();

        passes(Duration.ofSeconds(119));
        rows.takeOver();
        assertThat(state("a")).isEqualTo("sending");

        passes(Duration.ofSeconds(2));
        rows.takeOver();
        assertThat(state("a")).isEqualTo("waiting");
        assertThat(uncertain("a")).isTrue();
        assertThat(column("reason", "a")).isEqualTo("interrupted");
        delivery.deliver();
        assertThat(state("a")).isEqualTo("sent");

        rows.finish(letter, Delivery.later(450));
        assertThat(state("a"))
                .as("the node that came back late changes nothing")
                .isEqualTo("sent");
    }

    @Test
    void whatANodeHadTakenAndNotBegunIsSimplySentByAnother() {
        enqueue(mail("a"));
        Letter letter = rows.take().get(0);

        passes(Duration.ofSeconds(121));
        rows.takeOver();

        assertThat(state("a")).isEqualTo("waiting");
        assertThat(uncertain("a")).isFalse();
        delivery.deliver();
        assertThat(rows.begin(letter)).as("the node that came back late").isFalse();
        assertThat(server.letters()).hasSize(1);
    }

    @Test
    void twoNodesNeverTakeTheSameMail() {
        enqueue(IntStream.range(0, 50).mapToObj(i -> mail("m" + i)).toArray(NewMail[]::new));

        List<Long> taken = new ArrayList<>();
        transactions.executeWithoutResult(status -> {
            ids(rows.take(), taken);
            ids(elsewhere(rows::take), taken);
        });
        for (int more = 0; more < 3; more++) {
            ids(rows.take(), taken);
        }

        assertThat(taken).hasSize(50).doesNotHaveDuplicates();
    }

    private static void ids(List<Letter> letters, List<Long> ids) {
        letters.forEach(letter -> ids.add(letter.id()));
    }

    @Test
    void whileTheServerIsAwayNothingIsLostAndAfterItsReturnABacklogGoesSoonOldestFirst() throws IOException {
        enqueue(IntStream.range(0, 45).mapToObj(i -> mail("m" + i)).toArray(NewMail[]::new));
        server.close();
        for (int minute = 0; minute < 60; minute++) {
            for (int batch = 0; batch < 3; batch++) {
                assertThat(delivery.deliver() && minute == 0 && batch == 0).isFalse();
            }
            passes(Duration.ofMinutes(1));
        }
        assertThat(log.counts()).containsEntry(MailState.WAITING, new Count(45, false));
        assertThat(column("reason", "m0")).isEqualTo("unreachable");

        server = new ScriptedServer();
        delivery = new MailDelivery(rows, templates, smtp(server.port()), new MovableClock(hands));
        passes(Duration.ofMinutes(5));
        for (int batch = 0; batch < 3; batch++) {
            delivery.deliver();
        }
        assertThat(log.counts()).containsEntry(MailState.SENT, new Count(45, false));
        assertThat(server.letters().stream().map(MailDeliveryTests::messageId))
                .containsExactlyElementsOf(jdbc.sql("select message_id from mail order by id")
                        .query(String.class)
                        .list());
    }

    @Test
    void whenTheServerIsBackTheOldestMailGoesFirstHoweverLongItWasToWait() throws IOException {
        enqueue(mail("old"));
        server.close();
        for (int tries = 0; tries < 6; tries++) {
            delivery.deliver();
            passes(Duration.ofMinutes(5));
        }
        delivery.deliver();
        enqueue(mail("young"));
        assertThat(nextAttempt("old")).isAfter(hands.now);

        server = ScriptedServer.at(server.port());
        delivery.deliver();
        delivery.deliver();

        assertThat(server.letters().stream().map(MailDeliveryTests::messageId))
                .containsExactly(column("message_id", "old"), column("message_id", "young"));
    }

    @Test
    void aReminderThatComesTooLateIsNotSent() {
        enqueue(
                new NewMail("old", "jijiao", "plain", null, null, Map.of("title", "t"), Duration.ofHours(16)),
                mail("new"));

        passes(Duration.ofHours(17));
        delivery.deliver();

        assertThat(state("old")).isEqualTo("suppressed");
        assertThat(column("reason", "old")).isEqualTo("stale");
        assertThat(state("new")).isEqualTo("sent");
    }

    @Test
    void withoutAServerMailsWaitAndAreShown() {
        MailDelivery idle = new MailDelivery(rows, templates, smtp(0, ""), new MovableClock(hands));
        enqueue(mail("a"));

        idle.poll();

        assertThat(state("a")).isEqualTo("waiting");
        Slice<MailItem> shown = log.list(MailState.WAITING, null, null, 20);
        assertThat(shown.items()).singleElement().satisfies(item -> {
            assertThat(item.username()).isEqualTo("jijiao");
            assertThat(item.recipient())
                    .isEqualTo(accounts.find("jijiao").orElseThrow().name());
            assertThat(item.address()).startsWith("j***@").endsWith(".example");
            assertThat(item.attempts()).isZero();
            assertThat(item.resendable()).isFalse();
        });
    }

    @Test
    void aMailThatFailedIsSentAgainToTheAddressThatTheAccountHasNow() {
        person("moved", "old@qinghe.example");
        accounts.describe("moved", "测试", null, "old@qinghe.example");
        server.answer("RCPT TO:<old@", "550 unknown user");
        enqueue(new NewMail("a", "moved", "plain", null, null, Map.of("title", "t"), null));
        delivery.deliver();
        long id = log.list(MailState.FAILED, "moved", null, 20).items().get(0).id();

        accounts.describe("moved", "测试", null, "new@qinghe.example");
        log.resend(id, users.byUsername("sysadmin"));
        passes(Duration.ofSeconds(1));
        delivery.deliver();

        assertThat(state("a")).isEqualTo("sent");
        assertThat(server.letters()).singleElement().asString().contains("new@qinghe.example");
    }

    @Test
    void whatWasSentOrIsForShowIsNotSentAgain() {
        enqueue(mail("sent"));
        delivery.deliver();
        outbox.suppressing(() -> enqueue(mail("shown")));

        for (MailItem item : log.list(null, null, null, 20).items()) {
            assertThat(item.resendable()).isFalse();
            assertThatThrownBy(() -> log.resend(item.id(), users.byUsername("sysadmin")))
                    .isInstanceOf(ConflictException.class);
        }
        assertThatThrownBy(() -> log.resend(-1, users.byUsername("sysadmin"))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aMailThatIsDoneWithIsKeptForHalfAYearAndOneThatWaitsForEver() {
        enqueue(mail("sent"), mail("young"), mail("waiting"));
        jdbc.sql("update mail set state = 'sent' where unique_key in ('sent', 'young')")
                .update();
        writtenBefore("sent", settings.keepFor().plusDays(1));
        writtenBefore("young", Duration.ofDays(183));
        writtenBefore("waiting", Duration.ofDays(400));

        new MailRetention(rows, settings, realClock).remove();

        assertThat(jdbc.sql("select unique_key from mail order by id")
                        .query(String.class)
                        .list())
                .containsExactly("young", "waiting");
    }

    private void writtenBefore(String key, Duration age) {
        jdbc.sql("update mail set created_at = :at where unique_key = :key")
                .param("at", realClock.instant().minus(age).atOffset(ZoneOffset.UTC))
                .param("key", key)
                .update();
    }

    @Test
    void theListGoesOnWhereItsPageEnded() {
        enqueue(IntStream.range(0, 5).mapToObj(i -> mail("m" + i)).toArray(NewMail[]::new));

        Slice<MailItem> first = log.list(null, "2026-WT-00042", null, 3);
        Slice<MailItem> second = log.list(null, "2026-WT-00042", first.nextCursor(), 3);

        assertThat(first.items()).hasSize(3);
        assertThat(second.items()).hasSize(2);
        assertThat(second.nextCursor()).isNull();
        assertThat(first.count()).isEqualTo(new Count(5, false));
        assertThat(first.items().get(2).id())
                .isGreaterThan(second.items().get(0).id());
    }

    private static <T> T elsewhere(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work)
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private void passes(Duration time) {
        hands.now = hands.now.plus(time);
    }

    private void person(String username, String email) {
        if (accounts.find(username).isEmpty()) {
            accounts.create(List.of(new Accounts.NewAccount(username, "测试", null, email, null, null, false)));
        }
    }

    private int enqueue(NewMail... mails) {
        int written = transactions.execute(status -> outbox.enqueue(List.of(mails)));
        hands.now = justAfterNow();
        return written;
    }

    /** In whole seconds, as every database keeps them. */
    private Instant justAfterNow() {
        return realClock.system().instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    }

    private static NewMail mail(String key) {
        return new NewMail(key, "jijiao", "plain", "2026-WT-00042", null, Map.of("title", "待办"), null);
    }

    private String state(String key) {
        return column("state", key);
    }

    private boolean uncertain(String key) {
        return jdbc.sql("select uncertain from mail where unique_key = :key")
                .param("key", key)
                .query(Boolean.class)
                .single();
    }

    private Instant nextAttempt(String key) {
        return jdbc.sql("select next_attempt_at from mail where unique_key = :key")
                .param("key", key)
                .query((rs, n) -> rs.getTimestamp(1).toInstant())
                .single();
    }

    private String column(String column, String key) {
        return jdbc.sql("select " + column + " from mail where unique_key = :key")
                .param("key", key)
                .query((rs, n) -> rs.getString(1))
                .list()
                .get(0);
    }

    private static String messageId(String letter) {
        return letter.lines()
                .filter(line -> line.startsWith("Message-ID:"))
                .map(line -> line.substring("Message-ID:".length()).trim())
                .findFirst()
                .orElseThrow();
    }

    private static SmtpSettings smtp(int port) {
        return smtp(port, "127.0.0.1");
    }

    private static SmtpSettings smtp(int port, String host) {
        return new SmtpSettings(
                host,
                port,
                "",
                "",
                "manyi@bureau.example",
                SmtpSettings.Tls.OFF,
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10));
    }

    private MailRows transactional(MailRows target) {
        ProxyFactory factory = new ProxyFactory(target);
        factory.setProxyTargetClass(true);
        factory.addAdvice(new TransactionInterceptor(transactionManager, new AnnotationTransactionAttributeSource()));
        return (MailRows) factory.getProxy();
    }

    /** A machine's clock that stands until its hands are moved. */
    private static final class Hands extends Clock {

        private Instant now;

        @Override
        public ZoneId getZone() {
            return MovableClock.ZONE;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
