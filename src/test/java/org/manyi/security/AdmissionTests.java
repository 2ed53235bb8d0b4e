package org.manyi.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manyi.ManyiTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

@ManyiTest
class AdmissionTests {

    @Autowired
    private Admission admission;

    @Autowired
    private HashingGate gate;

    private final ExecutorService crowd = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void sendTheCrowdAway() throws InterruptedException {
        over.countDown();
        crowd.shutdown();
        assertThat(crowd.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        LocaleContextHolder.resetLocaleContext();
    }

    private void fillTheGate() throws InterruptedException {
        CountDownLatch working = new CountDownLatch(2);
        Runnable slow = () -> gate.pass(() -> {
            working.countDown();
            return await();
        });
        crowd.submit(slow);
        crowd.submit(slow);
        assertThat(working.await(10, TimeUnit.SECONDS)).isTrue();
        Stream.generate(() -> slow).limit(16).forEach(crowd::submit);
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        while (!gate.isFull() && System.nanoTime() < patience) {
            Thread.onSpinWait();
        }
        assertThat(gate.isFull()).isTrue();
    }

    private boolean await() {
        try {
            return over.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private MockHttpServletResponse knock(String method, String path) throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        FilterChain behind = new MockFilterChain();
        admission.doFilter(new MockHttpServletRequest(method, path), response, behind);
        return response;
    }

    @ParameterizedTest
    @ValueSource(strings = {"/login", "/login/code", "/api/v1/tokens"})
    void whoeverComesToAFullGateIsToldAtOnceWhenToTryAgain(String path) throws Exception {
        fillTheGate();

        MockHttpServletResponse refused = knock("POST", path);

        assertThat(refused.getStatus()).isEqualTo(503);
        assertThat(refused.getHeader("Retry-After")).isEqualTo("3");
        assertThat(refused.getHeader("Connection")).isEqualTo("close");
        assertThat(knock("GET", path).getStatus()).isEqualTo(200);
        assertThat(knock("POST", "/account").getStatus()).isEqualTo(200);
    }

    @Test
    void thePageSaysSoInThePersonsLanguageWithNothingLeftToFillIn() throws Exception {
        fillTheGate();
        LocaleContextHolder.setLocale(Locale.SIMPLIFIED_CHINESE);
        String chinese = knock("POST", "/login").getContentAsString();
        LocaleContextHolder.setLocale(Locale.ENGLISH);
        String english = knock("POST", "/login").getContentAsString();

        assertThat(chinese).contains("lang=\"zh\"", "不会因此锁定账号").doesNotContainPattern("[{}]");
        assertThat(english)
                .contains("lang=\"en\"", "your account is not locked")
                .doesNotContainPattern("[{}]");
    }
}
