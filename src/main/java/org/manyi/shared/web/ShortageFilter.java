package org.manyi.shared.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.LocaleResolver;

/**
 * Answers 503 when the database is away already before a controller is reached, where sessions and tokens are looked up; and shows the
 * page that says so without asking the database for the session once more.
 */
@Component
class ShortageFilter extends OncePerRequestFilter implements Ordered {

    static final String RETRY_SOON = "5";

    private static final Logger LOG = LoggerFactory.getLogger(ShortageFilter.class);
    private static final int OUTSIDE_OF_THE_SESSION = 10;

    private final Problems problems;
    private final LocaleResolver languages;

    ShortageFilter(Problems problems, LocaleResolver languages) {
        this.problems = problems;
        this.languages = languages;
    }

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE + OUTSIDE_OF_THE_SESSION;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getDispatcherType() == DispatcherType.ERROR) {
            boolean shortage = request.getAttribute(Problem.ATTRIBUTE) instanceof Problem problem
                    && problem.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE;
            chain.doFilter(shortage ? new Stranger(request) : request, response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } catch (RuntimeException | ServletException e) {
            if (response.isCommitted() || !Shortage.caused(e)) {
                throw e;
            }
            LOG.warn("No room for a request: {}", e.toString());
            LocaleContextHolder.setLocale(languages.resolveLocale(request));
            try {
                response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_SOON);
                problems.send(request, response, problems.of(503, "busy", "shared.problem.busy"));
            } finally {
                LocaleContextHolder.resetLocaleContext();
            }
        }
    }

    /** The request as of somebody who has no session; the language is kept. */
    private static final class Stranger extends HttpServletRequestWrapper {

        private Stranger(HttpServletRequest request) {
            super(request);
        }

        @Override
        public Cookie[] getCookies() {
            return null;
        }
    }
}
