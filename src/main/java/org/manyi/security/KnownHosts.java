package org.manyi.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.manyi.shared.web.Problems;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.servlet.filter.OrderedRequestContextFilter;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers only those who asked for this server: by the name in {@code MANYI_BASE_URL}, by one in {@code MANYI_HOSTS}, as
 * {@code localhost}, or by an address in numbers. A page elsewhere can lead a browser here under a name of its own, never under a
 * number; so the demonstration is reached in a local network by its address without a setting.
 */
@Component
class KnownHosts extends OncePerRequestFilter implements Ordered {

    /** An IPv4 address, or an IPv6 one in brackets. */
    private static final Pattern NUMBERS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-f:.%]+]");

    private static final int MISDIRECTED = 421;

    private final Set<String> names;
    private final Problems problems;

    KnownHosts(
            @Value("${manyi.base-url}") String baseUrl,
            @Value("${manyi.hosts}") List<String> hosts,
            Problems problems) {
        this.names = names(baseUrl, hosts);
        this.problems = problems;
    }

    private static Set<String> names(String baseUrl, Collection<String> hosts) {
        Set<String> names = new HashSet<>(Set.of("localhost"));
        hosts.stream().filter(host -> !host.isBlank()).map(KnownHosts::plain).forEach(names::add);
        String own = URI.create(baseUrl).getHost();
        if (own != null) {
            names.add(plain(own));
        }
        return Set.copyOf(names);
    }

    /** Behind the filter that sets the reader's language, before the doors. */
    @Override
    public int getOrder() {
        return new OrderedRequestContextFilter().getOrder() + 2;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String asked = plain(request.getServerName());
        if (names.contains(asked) || NUMBERS.matcher(asked).matches()) {
            chain.doFilter(request, response);
        } else {
            problems.send(request, response, problems.of(MISDIRECTED, "misdirected", "security.problem.host"));
        }
    }

    /** A dot at the end names the same host. */
    private static String plain(String host) {
        String lower = host.strip().toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
