package org.manyi.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.UnauthorizedException;
import org.manyi.shared.web.Problems;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.UriComponentsBuilder;

/** Answers those who may not pass: the way to the login for strangers, a problem or an error page for the others. */
@Component
class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final Problems problems;
    private final AccessPolicy policy;
    private final RefusalTrail trail;

    Refusals(Problems problems, AccessPolicy policy, RefusalTrail trail) {
        this.problems = problems;
        this.policy = policy;
        this.trail = trail;
    }

    /** A stranger. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
            throws IOException {
        if (Problems.isApi(request)) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            problems.send(request, response, new UnauthorizedException("shared.problem.unauthorized"));
        } else if (request.getHeader("HX-Request") != null) {
            // A part of a page cannot show the login: the whole page goes there and comes back to where the person was.
            response.setHeader("HX-Redirect", loginWith(request, currentPage(request)));
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            response.setStatus(HttpServletResponse.SC_FOUND);
            response.setHeader(HttpHeaders.LOCATION, loginWith(request, isReading(request) ? target(request) : null));
        }
    }

    /** Somebody who may not. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        if (denied instanceof CsrfException) {
            problems.send(request, response, new ForbiddenException("security.problem.csrf"));
            return;
        }
        AccessDecision.Refusal refusal =
                request.getAttribute(AccessDecision.Verdict.ATTRIBUTE) instanceof AccessDecision.Verdict verdict
                                && !verdict.isGranted()
                        ? verdict.refusal()
                        : AccessDecision.Refusal.ROLE;
        switch (refusal) {
            case UNKNOWN -> problems.send(request, response, new NotFoundException());
            case METHOD -> sendMethods(request, response);
            case DUE -> sendToWhatIsDue(request, response);
            default -> {
                trail.note(request);
                problems.send(request, response, new ForbiddenException("security.problem.door"));
            }
        }
    }

    private void sendMethods(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PathContainer path = ServletRequestPathUtils.parse(request).pathWithinApplication();
        response.setHeader(HttpHeaders.ALLOW, String.join(", ", policy.methods(path)));
        problems.send(request, response, problems.of(405, "method-not-allowed", "shared.problem.method"));
    }

    private void sendToWhatIsDue(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Login.Due due = ((ManyiAuthentication)
                        SecurityContextHolder.getContext().getAuthentication())
                .login()
                .due();
        if (Problems.isApi(request)) {
            problems.send(
                    request,
                    response,
                    switch (due) {
                        case CODE -> UnauthorizedException.secondFactor("security.code.missing");
                        case ENROLMENT -> ForbiddenException.secondFactorDue();
                        default -> ForbiddenException.passwordDue();
                    });
        } else if (request.getHeader("HX-Request") != null) {
            response.setHeader("HX-Redirect", request.getContextPath() + due.page());
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        } else {
            response.setStatus(HttpServletResponse.SC_FOUND);
            response.setHeader(HttpHeaders.LOCATION, request.getContextPath() + due.page());
        }
    }

    private static boolean isReading(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    private static String target(HttpServletRequest request) {
        String query = request.getQueryString();
        return request.getRequestURI() + (query == null ? "" : "?" + query);
    }

    private static String currentPage(HttpServletRequest request) {
        String current = request.getHeader("HX-Current-URL");
        if (current == null) {
            return null;
        }
        try {
            URI page = new URI(current);
            return page.getRawPath() + (page.getRawQuery() == null ? "" : "?" + page.getRawQuery());
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static String loginWith(HttpServletRequest request, String target) {
        UriComponentsBuilder login = UriComponentsBuilder.fromPath(request.getContextPath() + "/login");
        if (request.getRequestedSessionId() != null) {
            login.queryParam("expired");
        }
        if (target == null || target.equals("/")) {
            return login.toUriString();
        }
        return login.queryParam("next", "{next}")
                .encode()
                .buildAndExpand(target)
                .toUriString();
    }
}
