package org.manyi.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Notes who asked for what is not his: refused at the door, or behind it by a room that says "forbidden" or "not found". Somebody who tries
 * out the numbers of other people's cases stands in the trail with each of them. Who asks too often stands there once a minute.
 */
@Configuration(proxyBeanMethods = false)
class RefusalTrail implements WebMvcConfigurer, HandlerInterceptor {

    private static final int LONGEST_PATH = 200;

    private final CurrentUsers users;
    private final ApplicationEventPublisher events;
    private final MovableClock clock;

    RefusalTrail(CurrentUsers users, ApplicationEventPublisher events, MovableClock clock) {
        this.users = users;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, Exception failure) {
        Object refusal = request.getAttribute(DispatcherServlet.EXCEPTION_ATTRIBUTE);
        if (refusal instanceof NotFoundException || refusal instanceof ForbiddenException) {
            note(request);
        }
    }

    /** Notes it of who is at work; of a stranger there is nothing to note. */
    void note(HttpServletRequest request) {
        users.find()
                .map(CurrentUser::username)
                .ifPresent(username -> publish(SecurityEvent.Kind.ACCESS_REFUSED, username, request));
    }

    /** Notes that somebody asked more often than one person may, and for what. */
    void noteTooMany(String username, HttpServletRequest request) {
        publish(SecurityEvent.Kind.REQUESTS_LIMITED, username, request);
    }

    private void publish(SecurityEvent.Kind kind, String username, HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        events.publishEvent(new SecurityEvent(
                kind,
                clock.instant(),
                username,
                username,
                Map.of(
                        "method",
                        request.getMethod(),
                        "path",
                        path.substring(0, Math.min(path.length(), LONGEST_PATH)))));
    }
}
