package org.manyi.shared.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.boot.servlet.filter.OrderedRequestContextFilter;
import org.springframework.core.Ordered;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Answers parameters that the server cannot read, or too many of them, as the sender's fault when a filter was the first to ask for one. */
@Component
class ParameterFilter extends OncePerRequestFilter implements Ordered {

    private final Problems problems;

    ParameterFilter(Problems problems) {
        this.problems = problems;
    }

    /** Behind the filters that settle the language. */
    @Override
    public int getOrder() {
        return new OrderedRequestContextFilter().getOrder() + 2;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(request, response);
        } catch (InvalidParameterException unreadable) {
            problems.send(request, response, ErrorPages.ofStatus(problems, unreadable.getErrorCode()));
        }
    }
}
