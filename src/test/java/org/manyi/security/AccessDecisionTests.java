package org.manyi.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

class AccessDecisionTests {

    /** A page that somebody forgot to write a line for is nobody's, whatever roles the asker has. */
    @Test
    void aDoorWithoutALineOpensToNobody() {
        AccessDecision decision = new AccessDecision(new AccessPolicy(List.of()));
        CurrentUser mighty = new CurrentUser("mighty", "Mighty", EnumSet.allOf(Role.class), List.of());
        Supplier<Authentication> login = () -> new ManyiAuthentication(new Login(mighty, 1, Login.Due.NOTHING));

        for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")) {
            MockHttpServletRequest request = new MockHttpServletRequest(method, "/accounts");
            assertThat(decision.authorize(login, new RequestAuthorizationContext(request))
                            .isGranted())
                    .isFalse();
        }
    }
}
