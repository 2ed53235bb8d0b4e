package org.manyi.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns away an address that asks for more of what is open to strangers than {@link RequestLimits} give. Without a page: who asks there
 * is a program, and a page would set cookies.
 */
class StrangerLimitFilter extends OncePerRequestFilter {

    private final RequestBudgets budgets;

    StrangerLimitFilter(RequestBudgets budgets) {
        this.budgets = budgets;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Duration wait = budgets.takeOfStranger(request.getRemoteAddr(), request);
        if (wait.isZero()) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader(
                HttpHeaders.RETRY_AFTER, String.valueOf(wait.plusMillis(999).toSeconds()));
        response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
    }
}
