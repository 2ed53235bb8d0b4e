package org.manyi.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;

class SessionTests {

    private static final String RIGHT = "Right-horse-7";

    private SecurityFixture fixture;
    private SessionLogins sessions;
    private MockHttpServletRequest request;

    @BeforeEach
    void open() {
        fixture = new SecurityFixture(SessionLogins.class);
        sessions = fixture.get(SessionLogins.class);
        fixture.person("wang", RIGHT);
        request = new MockHttpServletRequest();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private Login login() {
        return fixture.get(Logins.class).login("wang", RIGHT, null, "10.0.0.7", null, Logins.Door.PAGE);
    }

    private boolean isIn() {
        return sessions.loadDeferredContext(request).get().getAuthentication() != null;
    }

    @Test
    void aSessionEndsAfterTwelveHoursHoweverBusyItIs() {
        sessions.begin(request, login());
        MockHttpSession session = (MockHttpSession) request.getSession();
        for (int hour = 0; hour < 12; hour++) {
            assertThat(isIn()).isTrue();
            fixture.hands.move(Duration.ofHours(1));
        }
        assertThat(isIn()).isTrue();
        fixture.hands.move(Duration.ofMinutes(1));

        assertThat(isIn()).isFalse();
        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void theQuestionForTheCodeStandsForTenMinutes() {
        Login login = login();
        sessions.begin(request, new Login(login.user(), login.epoch(), Login.Due.CODE));
        fixture.hands.move(Duration.ofMinutes(10));
        assertThat(isIn()).isTrue();
        fixture.hands.move(Duration.ofMinutes(1));

        assertThat(isIn()).isFalse();
    }

    @Test
    void everyLoginBeginsAnotherSession() {
        MockHttpSession planted = new MockHttpSession();
        request.setSession(planted);
        Login login = login();

        sessions.begin(request, new Login(login.user(), login.epoch(), Login.Due.CODE));
        MockHttpSession half = (MockHttpSession) request.getSession();
        sessions.begin(request, login);

        assertThat(planted.isInvalid()).isTrue();
        assertThat(half.isInvalid()).isTrue();
        assertThat(request.getSession().getId()).isNotIn(planted.getId(), half.getId());
    }
}
