package org.manyi.shared.web;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.manyi.shared.NotFoundException;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** Where the container sends every error that nobody has answered: a page in the house's frame, or a problem for the API. */
@Controller
@Hidden
class ErrorPages implements ErrorController {

    private final Problems problems;
    private final Map<Integer, String> views = new ConcurrentHashMap<>();

    ErrorPages(Problems problems) {
        this.problems = problems;
    }

    @RequestMapping("/error")
    ModelAndView show(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Problem problem = problemOf(request);
        if (Problems.isApi(request)) {
            problems.write(response, problem);
            return null;
        }
        ModelAndView page = new ModelAndView(viewOf(problem.status()), HttpStatusCode.valueOf(problem.status()));
        page.addObject("problem", problem.detail());
        if (problem.status() >= 500) {
            page.addObject("reference", RequestIds.current());
        }
        return page;
    }

    private Problem problemOf(HttpServletRequest request) {
        if (request.getAttribute(Problem.ATTRIBUTE) instanceof Problem problem) {
            return problem;
        }
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        return ofStatus(problems, status instanceof Integer code ? code : 404);
    }

    /** The problem of a bare status. */
    static Problem ofStatus(Problems problems, int status) {
        return switch (status) {
            case 401 -> problems.of(401, "unauthorized", "shared.problem.unauthorized");
            case 403 -> problems.of(403, "forbidden", "shared.problem.forbidden");
            case 404 -> problems.of(new NotFoundException());
            case 405 -> problems.of(405, "method-not-allowed", "shared.problem.method");
            case 406 -> problems.of(406, "not-acceptable", "shared.problem.unsupported");
            case 413 -> problems.of(413, "too-large", "shared.problem.tooLarge");
            case 415 -> problems.of(415, "unsupported-type", "shared.problem.unsupported");
            case 429 -> problems.of(429, "too-many-requests", "shared.problem.tooMany");
            case 503 -> problems.of(503, "busy", "shared.problem.busy");
            default ->
                status < 500
                        ? problems.of(status, "malformed", "shared.problem.malformed")
                        : problems.of(status, "internal", "shared.problem.internal", RequestIds.current());
        };
    }

    /** To look for a page among all the libraries takes longer than to show it. */
    private String viewOf(int status) {
        return views.computeIfAbsent(status, code -> {
            boolean ownPage = new ClassPathResource("templates/error/" + code + ".html").exists();
            return "error/" + (ownPage ? String.valueOf(code) : code < 500 ? "4xx" : "5xx");
        });
    }
}
