package org.manyi.shared.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;

/** Chinese unless asked for in English: by {@code ?lang=en}, which a cookie remembers, else by the browser's wish. */
@Configuration(proxyBeanMethods = false)
class LanguageConfiguration implements WebMvcConfigurer {

    private static final String PARAMETER = "lang";
    private static final Locale CHINESE = Locale.SIMPLIFIED_CHINESE;
    private static final List<Locale> KNOWN = List.of(CHINESE, Locale.CHINESE, Locale.ENGLISH);

    @Bean
    LocaleResolver localeResolver() {
        CookieLocaleResolver cookie = new CookieLocaleResolver(PARAMETER);
        cookie.setCookieHttpOnly(true);
        cookie.setCookieSameSite("Lax");
        cookie.setCookieMaxAge(Duration.ofDays(365));
        // A foreign or broken cookie must not fail a request.
        cookie.setRejectInvalidCookies(false);
        cookie.setDefaultLocaleFunction(LanguageConfiguration::wished);
        return cookie;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new Switch(localeResolver()));
    }

    private static Locale wished(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        if (header == null) {
            return CHINESE;
        }
        try {
            Locale best = Locale.lookup(Locale.LanguageRange.parse(header), KNOWN);
            return Locale.ENGLISH.equals(best) ? Locale.ENGLISH : CHINESE;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // The JDK's parser throws either over what is no list of languages.
            return CHINESE;
        }
    }

    /** Changes the language for this and the following pages; nothing else, so that a link may do it. */
    private record Switch(LocaleResolver resolver) implements HandlerInterceptor {

        @Override
        public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
            // The page that tells of an error must not fail over the parameter that was one.
            String wish = request.getDispatcherType() == DispatcherType.ERROR ? null : request.getParameter(PARAMETER);
            if ("zh".equals(wish)) {
                resolver.setLocale(request, response, CHINESE);
            } else if ("en".equals(wish)) {
                resolver.setLocale(request, response, Locale.ENGLISH);
            }
            return true;
        }
    }
}
