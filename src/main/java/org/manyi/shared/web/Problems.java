package org.manyi.shared.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ProblemException;
import org.manyi.shared.TryLaterException;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Words a refusal in the reader's language and sends it: to programs as problem details, to people as a page. */
@Component
public class Problems {

    private static final String API = "/api/";

    private final MessageSource messages;
    private final JsonMapper json;

    Problems(MessageSource messages, JsonMapper json) {
        this.messages = messages;
        this.json = json;
    }

    /** Whether the request, or the one that an error page is shown for, came to the API. */
    public static boolean isApi(HttpServletRequest request) {
        Object failed = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String path = failed == null ? request.getRequestURI() : failed.toString();
        return path.startsWith(request.getContextPath() + API);
    }

    /** The problem of a refusal; never null. */
    public Problem of(ProblemException refusal) {
        return of(
                refusal.status(),
                refusal.code(),
                text(refusal.messageKey(), refusal.args()),
                refusal.fields().stream().map(this::fieldError).toList());
    }

    /** The problem of a status with the text {@code messageKey}; never null. */
    public Problem of(int status, String code, String messageKey, Object... args) {
        return of(status, code, text(messageKey, args), List.of());
    }

    Problem of(int status, String code, String detail, List<Problem.FieldError> errors) {
        return new Problem("urn:manyi:problem:" + code, title(status), status, detail, code, errors);
    }

    /**
     * Sends a refusal from outside of the controllers, where no advice is at work.
     *
     * @throws IOException when the client has gone
     */
    public void send(HttpServletRequest request, HttpServletResponse response, ProblemException refusal)
            throws IOException {
        if (refusal instanceof TryLaterException later) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, String.valueOf(later.retryAfter().toSeconds()));
        }
        send(request, response, of(refusal));
    }

    /**
     * Sends a problem: to the API as JSON, else through the container's error page, which shows it in the house's frame.
     *
     * @throws IOException when the client has gone
     */
    public void send(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        if (isApi(request)) {
            write(response, problem);
        } else {
            request.setAttribute(Problem.ATTRIBUTE, problem);
            response.sendError(problem.status());
        }
    }

    void write(HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(problem.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(problem));
    }

    String text(String key, Object... args) {
        return messages.getMessage(key, args, locale());
    }

    private Problem.FieldError fieldError(FieldProblem field) {
        return new Problem.FieldError(
                field.field(),
                field.code(),
                text(field.messageKey(), field.args().toArray()));
    }

    private String title(int status) {
        return messages.getMessage(
                "shared.title." + status, null, text("shared.title." + (status < 500 ? 400 : 500)), locale());
    }

    private static Locale locale() {
        return LocaleContextHolder.getLocale();
    }
}
