package org.manyi.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.manyi.shared.TryLaterException;
import org.manyi.shared.web.Problems;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.servlet.filter.OrderedRequestContextFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns away whoever comes to log in while {@link HashingGate} has no place, before a session is looked for, a row read or a form drawn:
 * when ten thousand come at once, nearly all of them are turned away, and each must cost next to nothing.
 */
@Component
@ConditionalOnWebApplication
class Admission extends OncePerRequestFilter implements Ordered {

    private static final Set<String> DOORS = Set.of("/login", "/login/code", "/api/v1/tokens");

    private final HashingGate gate;
    private final Problems problems;
    private final BusyPage page;

    Admission(HashingGate gate, Problems problems, BusyPage page) {
        this.page = page;
        this.gate = gate;
        this.problems = problems;
    }

    /** Behind the filters that settle the language, before the doors. */
    @Override
    public int getOrder() {
        return new OrderedRequestContextFilter().getOrder() + 2;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getMethod().equals("POST") && isDoor(request) && gate.isFull()) {
            // Whoever waits for a connection gets this one.
            response.setHeader(HttpHeaders.CONNECTION, "close");
            turnAway(request, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private void turnAway(HttpServletRequest request, HttpServletResponse response) throws IOException {
        TryLaterException busy = gate.busy();
        if (Problems.isApi(request)) {
            problems.send(request, response, busy);
        } else {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, String.valueOf(busy.retryAfter().toSeconds()));
            page.send(response);
        }
    }

    private static boolean isDoor(HttpServletRequest request) {
        return DOORS.contains(
                request.getRequestURI().substring(request.getContextPath().length()));
    }
}
