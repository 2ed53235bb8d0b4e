package org.manyi.security;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.manyi.shared.MovableClock;
import org.manyi.shared.PersonalData;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/**
 * Recognises the browser by which a person came in before, by a sealed cookie. Failures there are counted apart, so that a stranger
 * who locks an account does not lock its owner out; the cookie opens nothing by itself.
 */
@Component
class KnownDevices {

    private static final Duration KNOWN_FOR = Duration.ofDays(180);
    private static final String SEPARATOR = "\n";

    private final PersonalData seal;
    private final Clock clock;
    private final boolean https;
    private final String name;

    KnownDevices(PersonalData seal, MovableClock clock, @Value("${manyi.base-url}") String baseUrl) {
        this.seal = seal;
        this.clock = clock.system();
        this.https = baseUrl.startsWith("https:");
        this.name = https ? "__Host-DEVICE" : "DEVICE";
    }

    /** The device's id when the person came in by it before; null when it is a strange one. */
    String find(HttpServletRequest request, String username) {
        Cookie cookie = WebUtils.getCookie(request, name);
        if (cookie == null) {
            return null;
        }
        try {
            String sealed = new String(Base64.getUrlDecoder().decode(cookie.getValue()), StandardCharsets.UTF_8);
            String[] parts = seal.decrypt(sealed).split(SEPARATOR);
            boolean known = parts.length == 3
                    && parts[0].equals(username)
                    && Instant.ofEpochSecond(Long.parseLong(parts[2])).isAfter(clock.instant());
            return known ? parts[1] : null;
        } catch (IllegalStateException | IllegalArgumentException e) {
            // Not one of ours, or sealed with another key.
            return null;
        }
    }

    /** Lets the browser remember that the person came in by it. */
    void remember(HttpServletResponse response, String username) {
        Instant until = clock.instant().plus(KNOWN_FOR);
        String content =
                String.join(SEPARATOR, username, UUID.randomUUID().toString(), String.valueOf(until.getEpochSecond()));
        String value = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(seal.encrypt(content).getBytes(StandardCharsets.UTF_8));
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ResponseCookie.from(name, value)
                        .httpOnly(true)
                        .secure(https)
                        .sameSite("Strict")
                        .path("/")
                        .maxAge(KNOWN_FOR)
                        .build()
                        .toString());
    }
}
