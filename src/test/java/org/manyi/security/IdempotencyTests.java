package org.manyi.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.shared.web.Problems;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockPart;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

class IdempotencyTests {

    private static final String PATH = "/api/v1/issues";

    private SecurityFixture fixture;
    private IdempotencyFilter filter;
    private final AtomicInteger done = new AtomicInteger();

    /** The work behind the door: writes, answers 201 and says how often it was done. */
    private final FilterChain work = (request, response) -> {
        int number = done.incrementAndGet();
        byte[] body = request.getInputStream().readAllBytes();
        HttpServletResponse answer = (HttpServletResponse) response;
        answer.setStatus(201);
        answer.setHeader("Location", PATH + "/" + number);
        answer.setContentType("application/json;charset=UTF-8");
        answer.getOutputStream()
                .write(("{\"n\":" + number + ",\"read\":" + body.length + "}").getBytes(StandardCharsets.UTF_8));
    };

    @BeforeEach
    void open() {
        fixture = new SecurityFixture(Problems.class, JsonMapper.class);
        fixture.person("wang", "Right-horse-7");
        fixture.person("zhao", "Right-horse-7");
        filter = new IdempotencyFilter(
                fixture.get(IdempotencyKeys.class),
                fixture.get(IdempotencyMark.class),
                fixture.get(CurrentUsers.class),
                fixture.get(Problems.class));
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static MockHttpServletRequest post(String key, String body) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", PATH);
        request.addHeader("Idempotency-Key", key);
        request.setContentType("application/json");
        request.setContent(body.getBytes(StandardCharsets.UTF_8));
        return request;
    }

    private MockHttpServletResponse send(String username, MockHttpServletRequest request, FilterChain chain) {
        return fixture.get(CurrentUsers.class).runAs(username, () -> {
            MockHttpServletResponse response = new MockHttpServletResponse();
            try {
                filter.doFilter(request, response, chain);
            } catch (IOException | jakarta.servlet.ServletException e) {
                throw new IllegalStateException(e);
            }
            return response;
        });
    }

    private MockHttpServletResponse send(String key, String body) {
        return send("wang", post(key, body), work);
    }

    @Test
    void theSameRequestIsAnsweredAgainWithoutBeingDoneAgain() throws Exception {
        MockHttpServletResponse first = send("k1", "{\"a\":1}");
        MockHttpServletResponse second = send("k1", "{\"a\":1}");

        assertThat(done).hasValue(1);
        assertThat(second.getStatus()).isEqualTo(first.getStatus()).isEqualTo(201);
        assertThat(second.getContentAsString())
                .isEqualTo(first.getContentAsString())
                .isEqualTo("{\"n\":1,\"read\":7}");
        assertThat(second.getHeader("Location")).isEqualTo(PATH + "/1");
        assertThat(second.getContentType()).isEqualTo(first.getContentType());
    }

    @Test
    void anotherBodyUnderTheSameKeyIsRefused() throws Exception {
        send("k1", "{\"a\":1}");
        MockHttpServletResponse second = send("k1", "{\"a\":2}");

        assertThat(second.getStatus()).isEqualTo(409);
        assertThat(second.getContentType()).startsWith("application/problem+json");
        assertThat(second.getContentAsString()).contains("\"code\":\"idempotency-key-reused\"");
        assertThat(done).hasValue(1);
    }

    @Test
    void keysBelongToAPersonAndAPath() {
        send("k1", "{}");
        send("zhao", post("k1", "{}"), work);
        MockHttpServletRequest elsewhere = post("k1", "{}");
        elsewhere.setQueryString("dryRun=true");
        send("wang", elsewhere, work);

        assertThat(done).hasValue(3);
    }

    @Test
    void aRefusalIsNotKeptSoThatTheCorrectedRequestMayComeUnderTheSameKey() {
        MockHttpServletResponse refused =
                send("wang", post("k1", "{}"), (request, response) -> ((HttpServletResponse) response).setStatus(422));
        MockHttpServletResponse corrected = send("k1", "{\"title\":\"x\"}");

        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(corrected.getStatus()).isEqualTo(201);
    }

    @Test
    void aDayLaterTheKeyIsFree() {
        send("k1", "{}");
        fixture.hands.move(Duration.ofHours(23));
        send("k1", "{}");
        assertThat(done).hasValue(1);
        fixture.hands.move(Duration.ofHours(2));
        send("k1", "{\"other\":1}");

        assertThat(done).hasValue(2);
    }

    @Test
    void fiftyAtOnceAreDoneOnceAndAllGetItsAnswer() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService people = Executors.newFixedThreadPool(50);
        try {
            List<Future<MockHttpServletResponse>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                answers.add(people.submit(() -> {
                    assertThat(go.await(10, TimeUnit.SECONDS)).isTrue();
                    return send("k1", "{}");
                }));
            }
            go.countDown();
            for (Future<MockHttpServletResponse> answer : answers) {
                assertThat(answer.get().getStatus()).isEqualTo(201);
                assertThat(answer.get().getContentAsString()).contains("\"n\":1");
            }
        } finally {
            people.shutdownNow();
        }
        assertThat(done).hasValue(1);
    }

    @Test
    void theAnswerIsKeptEncrypted() {
        send("k1", "{}");

        assertThat(fixture.get(JdbcClient.class)
                        .sql("select body from idempotency_key")
                        .query(String.class)
                        .single())
                .doesNotContain("read");
    }

    @Test
    void aNodeThatDiedBeforeTheCommitLeavesTheRequestToBeDone() {
        IdempotencyKeys keys = fixture.get(IdempotencyKeys.class);
        keys.begin("wang", PATH, "k1", hashOf("{}"));
        fixture.hands.move(Duration.ofSeconds(61));

        assertThat(send("k1", "{}").getStatus()).isEqualTo(201);
        assertThat(done).hasValue(1);
    }

    @Test
    void aNodeThatDiedAfterTheCommitLeavesWordThatItWasDone() throws Exception {
        FilterChain commitsAndDies = (request, response) -> {
            new TransactionTemplate(fixture.get(PlatformTransactionManager.class))
                    .executeWithoutResult(status -> done.incrementAndGet());
            throw new IOException("killed");
        };
        try {
            send("wang", post("k1", "{}"), commitsAndDies);
        } catch (IllegalStateException e) {
            assertThat(e).hasRootCauseMessage("killed");
        }
        fixture.hands.move(Duration.ofSeconds(61));

        MockHttpServletResponse again = send("k1", "{}");

        assertThat(again.getStatus()).isEqualTo(409);
        assertThat(again.getContentAsString()).contains("\"code\":\"not-active\"");
        assertThat(done).hasValue(1);
    }

    @Test
    void workThatWasRolledBackMayBeDoneAgainAtOnce() {
        FilterChain breaksDown = (request, response) -> {
            new TransactionTemplate(fixture.get(PlatformTransactionManager.class))
                    .executeWithoutResult(status -> status.setRollbackOnly());
            ((HttpServletResponse) response).setStatus(500);
        };

        assertThat(send("wang", post("k1", "{}"), breaksDown).getStatus()).isEqualTo(500);
        assertThat(send("k1", "{}").getStatus()).isEqualTo(201);
    }

    @Test
    void aTransactionInsideTheTransactionDoesNotWaitForTheMark() {
        FilterChain nested = (request, response) -> {
            TransactionTemplate outer = new TransactionTemplate(fixture.get(PlatformTransactionManager.class));
            TransactionTemplate inner = new TransactionTemplate(fixture.get(PlatformTransactionManager.class));
            inner.setPropagationBehavior(TransactionTemplate.PROPAGATION_REQUIRES_NEW);
            outer.executeWithoutResult(status -> inner.executeWithoutResult(ignored -> done.incrementAndGet()));
            ((HttpServletResponse) response).setStatus(200);
        };

        assertThat(send("wang", post("k1", "{}"), nested).getStatus()).isEqualTo(200);
        assertThat(done).hasValue(1);
    }

    @Test
    void anUploadIsTheSameWhateverBoundaryItsPartsHave() {
        FilterChain takes = (request, response) -> {
            done.incrementAndGet();
            ((HttpServletResponse) response).setStatus(201);
        };
        send("wang", upload("k1", "one", "报告.pdf"), takes);
        assertThat(send("wang", upload("k1", "two", "报告.pdf"), takes).getStatus())
                .isEqualTo(201);
        assertThat(done).hasValue(1);
        assertThat(send("wang", upload("k1", "two", "别的.pdf"), takes).getStatus())
                .isEqualTo(409);
    }

    private static MockHttpServletRequest upload(String key, String boundary, String name) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", PATH);
        request.addHeader("Idempotency-Key", key);
        request.setContentType("multipart/form-data; boundary=" + boundary);
        request.addPart(new MockPart("file", name, new byte[] {1, 2, 3}));
        return request;
    }

    @Test
    void aKeyThatNobodyCouldTypeIsMalformed() {
        assertThat(send("a b", "{}").getStatus()).isEqualTo(400);
        assertThat(send("k".repeat(201), "{}").getStatus()).isEqualTo(400);
        assertThat(done).hasValue(0);
    }

    private static String hashOf(String body) {
        try {
            return java.util.HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                            .digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
