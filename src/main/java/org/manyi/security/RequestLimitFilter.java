package org.manyi.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.manyi.shared.TryLaterException;
import org.manyi.shared.web.Problems;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns away whoever is logged in and asks for more than {@link RequestLimits} give, before a body is read. Strangers are no concern of
 * it: nothing that costs is open to them but the login, which has its own limits, and what {@link StrangerLimitFilter} stands before.
 */
class RequestLimitFilter extends OncePerRequestFilter {

    private final RequestBudgets budgets;
    private final Problems problems;
    private final RefusalTrail trail;

    RequestLimitFilter(RequestBudgets budgets, Problems problems, RefusalTrail trail) {
        this.budgets = budgets;
        this.problems = problems;
        this.trail = trail;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SecurityContextHolder.getContext().getAuthentication() instanceof ManyiAuthentication somebody) {
            String person = somebody.getName();
            Duration wait = budgets.take(person, request);
            if (!wait.isZero()) {
                if (budgets.isNews(person)) {
                    trail.noteTooMany(person, request);
                }
                problems.send(request, response, TryLaterException.tooMany(wait.plusMillis(999)));
                return;
            }
        }
        chain.doFilter(request, response);
    }
}
