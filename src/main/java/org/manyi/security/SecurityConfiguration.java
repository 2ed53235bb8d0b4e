package org.manyi.security;

import jakarta.servlet.DispatcherType;
import org.manyi.shared.web.Problems;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.session.autoconfigure.DefaultCookieSerializerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.firewall.HttpStatusRequestRejectedHandler;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** The four doors: files of the front end, what is fetched by a secret address, programs with a token, and browsers. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SecuritySettings.class, RequestLimits.class})
class SecurityConfiguration {

    /** Where an address that only its owner knows stands for a login. */
    private static final String SECRET_ADDRESSES = "/calendar/*.ics";

    private final boolean https;

    SecurityConfiguration(@Value("${manyi.base-url}") String baseUrl) {
        this.https = baseUrl.startsWith("https:");
    }

    @Bean
    AccessPolicy accessPolicy() {
        return AccessPolicy.load();
    }

    /** The front end's files: the same for everybody, without a session, and kept by the browser. */
    @Bean
    @ConditionalOnWebApplication
    @Order(1)
    SecurityFilterChain assets(HttpSecurity http, AccessDecision access, Refusals refusals) {
        http.securityMatcher("/assets/**", "/favicon.ico")
                .csrf(AbstractHttpConfigurer::disable)
                .securityContext(context -> context.securityContextRepository(new NullSecurityContextRepository()));
        common(http, access, refusals);
        return http.build();
    }

    /** What programs fetch that cannot log in: nobody is at work there, whoever's cookies come along, and no cookie is set. */
    @Bean
    @ConditionalOnWebApplication
    @Order(2)
    SecurityFilterChain secretAddresses(
            HttpSecurity http, AccessDecision access, Refusals refusals, RequestBudgets budgets) {
        http.securityMatchers(requests -> requests.requestMatchers(HttpMethod.GET, SECRET_ADDRESSES)
                        .requestMatchers(HttpMethod.HEAD, SECRET_ADDRESSES))
                .csrf(AbstractHttpConfigurer::disable)
                .securityContext(context -> context.securityContextRepository(new NullSecurityContextRepository()))
                .addFilterBefore(new StrangerLimitFilter(budgets), AuthorizationFilter.class);
        common(http, access, refusals);
        return http.build();
    }

    /** Programs: a token in every request, no session, and nothing that a foreign page could make a browser send. */
    @Bean
    @ConditionalOnWebApplication
    @Order(3)
    SecurityFilterChain programs(
            HttpSecurity http,
            AccessDecision access,
            Refusals refusals,
            ApiTokens tokens,
            Problems problems,
            Limits limits,
            Idempotency idempotency) {
        http.securityMatcher(request -> BearerFilter.tokenOf(request) != null)
                .csrf(AbstractHttpConfigurer::disable)
                .securityContext(context -> context.securityContextRepository(new NullSecurityContextRepository()))
                .addFilterBefore(new BearerFilter(tokens, problems), AuthorizationFilter.class)
                .addFilterAfter(limits.filter(), BearerFilter.class)
                .addFilterAfter(idempotency.filter(), AuthorizationFilter.class);
        common(http, access, refusals);
        return http.build();
    }

    /** Browsers: a session, and a CSRF token in whatever changes something. */
    @Bean
    @ConditionalOnWebApplication
    @Order(4)
    SecurityFilterChain browsers(
            HttpSecurity http,
            AccessDecision access,
            Refusals refusals,
            SessionLogins sessions,
            CookieCsrfTokenRepository csrfTokens,
            Limits limits,
            Idempotency idempotency) {
        http.csrf(csrf -> csrf.csrfTokenRepository(csrfTokens)
                        // Without a session the API has nothing to protect, and a stranger must hear 401, not 403.
                        .requireCsrfProtectionMatcher(request -> CsrfFilter.DEFAULT_CSRF_MATCHER.matches(request)
                                && (!Problems.isApi(request) || sessions.isBehind(request))))
                .securityContext(context -> context.securityContextRepository(sessions))
                // The filter behind it reads the body for its token.
                .addFilterBefore(limits.filter(), CsrfFilter.class)
                .addFilterAfter(idempotency.filter(), AuthorizationFilter.class);
        common(http, access, refusals);
        return http.build();
    }

    private static void common(HttpSecurity http, AccessDecision access, Refusals refusals) {
        http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(
                                DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC)
                        .permitAll()
                        .anyRequest()
                        .access(access))
                .exceptionHandling(exceptions ->
                        exceptions.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // Our own filter writes them, on what never reaches these doors too.
                .headers(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable);
    }

    /** Carries the filter, as {@link Idempotency}. */
    record Limits(RequestLimitFilter filter) {}

    @Bean
    Limits limits(RequestBudgets budgets, Problems problems, RefusalTrail trail) {
        return new Limits(new RequestLimitFilter(budgets, problems, trail));
    }

    /** Carries the filter, which is no bean of its own: the server would put it before the doors as well. */
    record Idempotency(IdempotencyFilter filter) {}

    @Bean
    Idempotency idempotency(IdempotencyKeys keys, IdempotencyMark mark, CurrentUsers users, Problems problems) {
        return new Idempotency(new IdempotencyFilter(keys, mark, users, problems));
    }

    /** A cookie, so that neither a stranger at the login page nor a page left open overnight needs a session for it. */
    @Bean
    CookieCsrfTokenRepository csrfTokens() {
        CookieCsrfTokenRepository tokens = new CookieCsrfTokenRepository();
        tokens.setCookieName(https ? "__Host-CSRF" : "CSRF");
        tokens.setHeaderName("X-CSRF-TOKEN");
        tokens.setCookiePath("/");
        tokens.setCookieCustomizer(cookie -> cookie.secure(https).httpOnly(true).sameSite("Lax"));
        return tokens;
    }

    @Bean
    DefaultCookieSerializerCustomizer sessionCookie() {
        return serializer -> {
            serializer.setCookieName(https ? "__Host-SESSION" : "SESSION");
            serializer.setUseSecureCookie(https);
            serializer.setUseHttpOnlyCookie(true);
            serializer.setSameSite("Lax");
            serializer.setCookiePath("/");
        };
    }

    /** A path with tricks in it is answered 400, not passed on. */
    @Bean
    RequestRejectedHandler rejectedRequests() {
        return new HttpStatusRequestRejectedHandler();
    }
}
