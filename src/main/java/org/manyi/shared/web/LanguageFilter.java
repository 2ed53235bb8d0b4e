package org.manyi.shared.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.servlet.filter.OrderedRequestContextFilter;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.LocaleResolver;

/** Lets refusals from before the controllers speak the same language as the pages. */
@Component
class LanguageFilter extends OncePerRequestFilter implements Ordered {

    private final LocaleResolver languages;

    LanguageFilter(LocaleResolver languages) {
        this.languages = languages;
    }

    /** Right behind the filter that puts the request's own wish into the thread, and clears it afterwards. */
    @Override
    public int getOrder() {
        return new OrderedRequestContextFilter().getOrder() + 1;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        LocaleContextHolder.setLocale(languages.resolveLocale(request));
        chain.doFilter(request, response);
    }
}
