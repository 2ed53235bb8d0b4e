package org.manyi.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.mail.MailSink.Received;
import org.manyi.mail.Outbox.NewMail;
import org.manyi.security.Accounts;
import org.manyi.security.Accounts.NewAccount;
import org.manyi.shared.PersonalData;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

@ManyiTest
class OutboxTests {

    @Autowired
    private PersonalData personalData;

    @Autowired
    Outbox outbox;

    @Autowired
    Accounts accounts;

    @Autowired
    MailSink sink;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    @Value("${manyi.base-url}")
    String baseUrl;

    @BeforeEach
    @AfterEach
    void empty() {
        jdbc.sql("delete from mail").update();
    }

    @Test
    void aMailIsWrittenInTheTransactionThatCausesItAndGoneWithIt() {
        assertThatThrownBy(() -> outbox.enqueue(List.of(mail("a", "jijiao"))))
                .isInstanceOf(IllegalTransactionStateException.class);

        transactions.executeWithoutResult(status -> {
            assertThat(outbox.enqueue(List.of(mail("a", "jijiao")))).isEqualTo(1);
            status.setRollbackOnly();
        });
        assertThat(count()).isZero();

        assertThat(enqueue(mail("a", "jijiao"))).isEqualTo(1);
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void aSecondMailWithTheSameKeyIsNotWritten() {
        assertThat(enqueue(mail("a", "jijiao"), mail("a", "jijiao"), mail("b", "jijiao")))
                .isEqualTo(2);
        assertThat(enqueue(mail("a", "jijiao"), mail("c", "jijiao"))).isEqualTo(1);
        assertThat(count()).isEqualTo(3);
    }

    @Test
    void whoWritesTheSameMailAtTheSameTimeKeepsTheRestOfHisTransaction() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch mayCommit = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Integer> first = threads.submit(() -> transactions.execute(status -> {
                int n = outbox.enqueue(List.of(mail("same", "jijiao")));
                written.countDown();
                await(mayCommit);
                return n;
            }));
            await(written);
            Future<Integer> second = threads.submit(() -> transactions.execute(
                    status -> outbox.enqueue(List.of(mail("same", "jijiao"), mail("other", "jijiao")))));
            assertThatThrownBy(() -> second.get(1, TimeUnit.SECONDS))
                    .as("the second waits for what becomes of the first")
                    .isInstanceOf(TimeoutException.class);
            mayCommit.countDown();
            assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo(1);
        } finally {
            mayCommit.countDown();
            threads.shutdownNow();
        }
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void everybodyIsWrittenToInHisOwnLanguageWithLinksToTheConfiguredAddressOnly() {
        person("reader-en", "reader.en@qinghe.example");
        jdbc.sql("update account set locale = 'en' where username = 'reader-en'")
                .update();

        enqueue(mail("zh", "jijiao"), mail("en", "reader-en"));

        List<Received> mails = sink.deliver();
        assertThat(mails.get(0).text()).contains("满意办 " + baseUrl + "/tasks/7");
        assertThat(mails.get(0).html()).contains("href=\"" + baseUrl + "/tasks/7\"");
        assertThat(mails.get(1).text()).contains("Manyi " + baseUrl + "/tasks/7");
    }

    @Test
    void whatPeopleTypedIsShownLiterallyAndStaysInItsPlace() {
        String typed = "${7*7} [[${baseUrl}]] <script>alert(1)</script>\r\nBcc: evil@x.cn\u202E";
        enqueue(new NewMail("typed", "jijiao", "plain", null, null, Map.of("title", typed), null));

        assertThat(column("subject", "typed")).isEqualTo("${7*7} [[${baseUrl}]] <script>alert(1)</script>");
        assertThat(sink.deliver().get(0).html())
                .contains("&lt;script&gt;")
                .doesNotContain("<script>")
                .contains("${7*7}");
    }

    @Test
    void aLongSubjectIsShortened() {
        enqueue(new NewMail("long", "jijiao", "plain", null, null, Map.of("title", "😀".repeat(300)), null));

        assertThat(column("subject", "long")).hasSizeLessThanOrEqualTo(200).endsWith("😀…");
    }

    @Test
    void theAddressIsNotReadableInTheDatabase() {
        enqueue(mail("a", "jijiao"));

        assertThat(column("address", "a")).doesNotContain("qinghe");
        assertThat(accounts.find("jijiao").orElseThrow().email()).contains("qinghe");
    }

    @Test
    void whoHasNoAddressGetsNoMailAndABadAddressHurtsNobodyElse() {
        person("no-address", null);
        person("bad-address", "fine@example.cn");
        // No page lets such an address in; a row restored from elsewhere may hold one.
        jdbc.sql("update account set email = :email where username = 'bad-address'")
                .param("email", personalData.encrypt("a@b.cn,evil@x.cn"))
                .update();

        assertThat(enqueue(mail("none", "no-address"), mail("bad", "bad-address"), mail("good", "jijiao")))
                .isEqualTo(2);

        assertThat(column("state", "bad")).isEqualTo("failed");
        assertThat(column("reason", "bad")).isEqualTo("address");
        assertThat(column("state", "good")).isEqualTo("waiting");
    }

    @Test
    void nobodyGetsMoreMailsADayThanAllowed() {
        NewMail[] many =
                IntStream.range(0, 103).mapToObj(i -> mail("n" + i, "xueqian")).toArray(NewMail[]::new);

        enqueue(many);
        enqueue(mail("one more", "xueqian"), mail("somebody else's", "jijiao"));

        assertThat(count("state = 'waiting' and username = 'xueqian'")).isEqualTo(100);
        assertThat(column("reason", "one more")).isEqualTo("daily-limit");
        assertThat(column("state", "somebody else's")).isEqualTo("waiting");
    }

    @Test
    void whatIsDoneBeforeItsMailLeftIsTakenBack() {
        enqueue(
                new NewMail("a", "jijiao", "plain", null, "task-1", Map.of("title", "t"), null),
                new NewMail("b", "jijiao", "plain", null, "task-2", Map.of("title", "t"), null));
        jdbc.sql("update mail set state = 'sending' where unique_key = 'b'").update();

        transactions.executeWithoutResult(status -> {
            outbox.withdraw("task-1");
            outbox.withdraw("task-2");
        });

        assertThat(column("state", "a")).isEqualTo("suppressed");
        assertThat(column("reason", "a")).isEqualTo("withdrawn");
        assertThat(column("state", "b")).isEqualTo("sending");
    }

    @Test
    void theDemonstrationsMailsAreKeptForShowAndNeverSent() {
        outbox.suppressing(
                () -> outbox.suppressing(() -> enqueue(mail("inner", "jijiao"))) + enqueue(mail("outer", "jijiao")));
        enqueue(mail("real", "jijiao"));

        assertThat(column("state", "inner")).isEqualTo("suppressed");
        assertThat(column("state", "outer")).isEqualTo("suppressed");
        assertThat(column("reason", "outer")).isEqualTo("demonstration");
        assertThat(column("state", "real")).isEqualTo("waiting");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void person(String username, String email) {
        if (accounts.find(username).isEmpty()) {
            accounts.create(List.of(new NewAccount(username, "测试", null, email, null, null, false)));
        }
    }

    private int enqueue(NewMail... mails) {
        return transactions.execute(status -> outbox.enqueue(List.of(mails)));
    }

    private static NewMail mail(String key, String username) {
        return new NewMail(key, username, "plain", "2026-WT-00042", null, Map.of("title", "待办"), null);
    }

    private long count() {
        return count("1 = 1");
    }

    private long count(String condition) {
        return jdbc.sql("select count(*) from mail where " + condition)
                .query(Long.class)
                .single();
    }

    private String column(String column, String key) {
        return jdbc.sql("select " + column + " from mail where unique_key = :key")
                .param("key", key)
                .query(String.class)
                .single();
    }
}
