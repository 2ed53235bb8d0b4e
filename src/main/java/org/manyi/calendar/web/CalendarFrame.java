package org.manyi.calendar.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import org.manyi.calendar.CalendarNotice;
import org.manyi.security.CurrentUsers;
import org.manyi.security.NavigationEntry;
import org.manyi.security.Role;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.view.RedirectView;

/** The calendar's place in the navigation, and {@code calendarNote} on every page while deadlines rest on an unknown year. */
@Configuration(proxyBeanMethods = false)
class CalendarFrame implements WebMvcConfigurer, HandlerInterceptor {

    private static final int ORDER = 95;

    private final CalendarNotice notice;
    private final CurrentUsers users;

    CalendarFrame(CalendarNotice notice, CurrentUsers users) {
        this.notice = notice;
        this.users = users;
    }

    @Bean
    static NavigationEntry calendarEntry() {
        return NavigationEntry.of(
                "calendar", "/calendar", "calendar.nav", "calendar-event", ORDER, EnumSet.allOf(Role.class));
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public void postHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler, ModelAndView page) {
        if (page != null && !leadsAway(page) && users.find().isPresent()) {
            page.addObject("calendarNote", notice.text());
        }
    }

    private static boolean leadsAway(ModelAndView page) {
        return page.getView() instanceof RedirectView
                || page.getViewName() != null && page.getViewName().startsWith("redirect:");
    }
}
