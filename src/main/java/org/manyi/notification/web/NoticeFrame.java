package org.manyi.notification.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.manyi.notification.Notices;
import org.manyi.security.CurrentUsers;
import org.manyi.security.NavigationEntry;
import org.manyi.security.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The places in the navigation, and on every whole page of who handles cases {@code unread}: how many notices he has not read. */
@Configuration(proxyBeanMethods = false)
class NoticeFrame implements WebMvcConfigurer, HandlerInterceptor {

    private static final int LADDERS = 72;
    private static final int TOLD = 73;

    private final Notices notices;
    private final CurrentUsers users;

    NoticeFrame(Notices notices, CurrentUsers users) {
        this.notices = notices;
        this.users = users;
    }

    @Bean
    static NavigationEntry laddersEntry() {
        return NavigationEntry.of(
                "ladders", "/ladders", "notification.ladders", "bell", LADDERS, Set.of(Role.SYSADMIN));
    }

    @Bean
    static NavigationEntry toldEntry() {
        return NavigationEntry.of(
                "told", "/told", "notification.told", "messages", TOLD, Set.of(Role.SYSADMIN, Role.AUDITOR));
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public void postHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler, ModelAndView page) {
        boolean whole = request.getHeader("HX-Request") == null || request.getHeader("HX-Boosted") != null;
        if (page != null
                && whole
                && page.getViewName() != null
                && !page.getViewName().startsWith("redirect:")) {
            users.find()
                    .filter(user -> user.roles().stream().anyMatch(Role.CASE::contains))
                    .ifPresent(user -> page.addObject("unread", notices.unread(user)));
        }
    }
}
