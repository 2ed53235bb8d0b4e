package org.manyi.security.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.security.HeldPost;
import org.manyi.security.NavigationEntry;
import org.manyi.security.Role;
import org.manyi.shared.Count;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.view.RedirectView;

/**
 * Gives every page that is rendered {@code me} (a {@link Me}, absent for strangers), {@code nav} (a list of {@link Item}), {@code csrf}
 * (a {@link Csrf}), {@code once} (what a form says in its hidden field {@code once} to be carried out once) and {@code demo}. An answer to htmx, which is a part of a page, gets no {@code nav}.
 */
@Configuration(proxyBeanMethods = false)
class PageFrame implements WebMvcConfigurer, HandlerInterceptor {

    private final CurrentUsers users;
    private final ObjectProvider<NavigationEntry> entries;
    private final MessageSource messages;
    private final boolean demonstration;

    PageFrame(
            CurrentUsers users,
            ObjectProvider<NavigationEntry> entries,
            MessageSource messages,
            @Value("${manyi.demo}") boolean demonstration) {
        this.users = users;
        this.entries = entries;
        this.messages = messages;
        this.demonstration = demonstration;
    }

    /**
     * Who is at work.
     *
     * @param posts as shown, such as 第一小学 校长
     */
    public record Me(String username, String name, Set<Role> roles, List<String> posts) {}

    /**
     * A place in the navigation as this page shows it.
     *
     * @param count as shown, such as 7 or 1000+; null where nothing waits
     */
    public record Item(String key, String href, String messageKey, String icon, boolean active, String count) {}

    /** What a script sends to change something. */
    public record Csrf(String parameterName, String headerName, String token) {}

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public void postHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler, ModelAndView page) {
        if (page == null || leadsAway(page)) {
            return;
        }
        if (request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token) {
            // Asked for before the page is written: its cookie cannot follow once the head of the answer has gone.
            page.addObject("csrf", new Csrf(token.getParameterName(), token.getHeaderName(), token.getToken()));
        }
        page.addObject("once", UUID.randomUUID().toString());
        Optional<CurrentUser> me = users.find();
        me.ifPresent(user -> page.addObject("me", shown(user)));
        page.addObject("demo", demonstration);
        boolean whole = request.getHeader("HX-Request") == null || request.getHeader("HX-Boosted") != null;
        if (me.isPresent() && whole) {
            page.addObject("nav", navigation(me.get(), request));
        }
    }

    private Me shown(CurrentUser user) {
        List<String> posts =
                user.roles().stream().filter(Role::isAdministrator).findFirst().isPresent()
                        ? user.roles().stream()
                                .map(role -> text("security.role." + role))
                                .toList()
                        : user.posts().stream().map(this::shown).toList();
        return new Me(user.username(), user.name(), user.roles(), posts);
    }

    private String shown(HeldPost post) {
        String part = text("security.post." + post.role());
        return text(post.substitute() ? "security.post.substituted" : "security.post.held", post.unitName(), part);
    }

    private static String shown(Count count) {
        if (count == null || count.value() == 0) {
            return null;
        }
        return count.value() + (count.capped() ? "+" : "");
    }

    private String text(String key, Object... args) {
        return messages.getMessage(key, args, LocaleContextHolder.getLocale());
    }

    private static boolean leadsAway(ModelAndView page) {
        return page.getView() instanceof RedirectView
                || page.getViewName() != null && page.getViewName().startsWith("redirect:");
    }

    private List<Item> navigation(CurrentUser user, HttpServletRequest request) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return entries.stream()
                .filter(entry -> entry.roles().stream().anyMatch(user::is))
                .sorted(Comparator.comparingInt(NavigationEntry::order))
                .map(entry -> new Item(
                        entry.key(),
                        entry.href(),
                        entry.messageKey(),
                        entry.icon(),
                        path.equals(entry.href()) || path.startsWith(entry.href() + "/"),
                        shown(entry.count(user).orElse(null))))
                .toList();
    }
}
