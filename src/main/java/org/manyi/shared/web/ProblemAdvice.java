package org.manyi.shared.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ProblemException;
import org.manyi.shared.TryLaterException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.validation.BindException;
import org.springframework.validation.BindingResult;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Turns what a controller throws into the answer: refusals in their own words, everything else as "our fault" with a reference. */
@ControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemAdvice {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    /** {@code character_not_in_repertoire}. */
    private static final String NO_TEXT = "22021";

    private final Problems problems;
    private final MessageSource messages;

    ProblemAdvice(Problems problems, MessageSource messages) {
        this.problems = problems;
        this.messages = messages;
    }

    @ExceptionHandler
    ResponseEntity<Problem> handle(Exception failure, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (failure instanceof AccessDeniedException || failure instanceof AuthenticationException) {
            throw failure;
        }
        if (failure instanceof AsyncRequestNotUsableException || response.isCommitted()) {
            LOG.debug("The client has gone, or has had the beginning of the answer already", failure);
            return null;
        }
        HttpHeaders headers = headersOf(failure);
        Problem problem = problemOf(failure);
        if (Problems.isApi(request)) {
            headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
            return new ResponseEntity<>(problem, headers, problem.status());
        }
        headers.forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        problems.send(request, response, problem);
        return null;
    }

    private static HttpHeaders headersOf(Exception failure) {
        HttpHeaders headers = new HttpHeaders();
        if (failure instanceof ErrorResponse response) {
            headers.putAll(response.getHeaders());
        }
        if (failure instanceof TryLaterException later) {
            headers.set(
                    HttpHeaders.RETRY_AFTER, String.valueOf(later.retryAfter().toSeconds()));
        } else if (Shortage.caused(failure)) {
            headers.set(HttpHeaders.RETRY_AFTER, ShortageFilter.RETRY_SOON);
        }
        return headers;
    }

    private Problem problemOf(Exception failure) {
        if (failure instanceof ProblemException refusal) {
            return problems.of(refusal);
        }
        if (failure instanceof MethodArgumentNotValidException invalid) {
            return invalid(fieldErrors(invalid.getBindingResult()));
        }
        if (failure instanceof BindException invalid) {
            return invalid(fieldErrors(invalid.getBindingResult()));
        }
        if (failure instanceof HandlerMethodValidationException invalid) {
            return invalid(fieldErrors(invalid));
        }
        if (failure instanceof HttpMessageNotReadableException unreadable) {
            return unreadable(unreadable);
        }
        if (failure instanceof MethodArgumentTypeMismatchException mismatch) {
            return malformed(List.of(new Problem.FieldError(
                    mismatch.getName(), "malformed", problems.text("shared.problem.malformed"))));
        }
        if (failure instanceof MaxUploadSizeExceededException) {
            return problems.of(413, "too-large", "shared.problem.tooLarge");
        }
        if (failure instanceof InvalidParameterException unreadable) {
            return ErrorPages.ofStatus(problems, unreadable.getErrorCode());
        }
        if (failure instanceof RequestRejectedException) {
            // A header with characters that none may have, asked for by a library for the first time behind the doors.
            return malformed(List.of());
        }
        if (failure instanceof MultipartException || failure instanceof TypeMismatchException) {
            return malformed(List.of());
        }
        if (isNoText(failure)) {
            LOG.warn("A request held what no database keeps as text: {}", failure.toString());
            return malformed(List.of());
        }
        if (failure instanceof OptimisticLockingFailureException) {
            return problems.of(ConflictException.of(ConflictException.Reason.STALE_VERSION));
        }
        if (Shortage.caused(failure)) {
            LOG.warn("No room for a request: {}", failure.toString());
            return problems.of(503, "busy", "shared.problem.busy");
        }
        if (failure instanceof ErrorResponse response) {
            return ofStatus(response.getStatusCode());
        }
        String reference = RequestIds.current();
        LOG.error("Request {} failed", reference, failure);
        return problems.of(500, "internal", "shared.problem.internal", reference);
    }

    /** PostgreSQL refuses NUL in any text, also where something is only looked for. */
    private static boolean isNoText(Throwable failure) {
        return NestedExceptionUtils.getMostSpecificCause(failure) instanceof SQLException refused
                && NO_TEXT.equals(refused.getSQLState());
    }

    /** The problem of a status that Spring or the container decided on. */
    private Problem ofStatus(HttpStatusCode status) {
        return ErrorPages.ofStatus(problems, status.value());
    }

    /** A body that is no JSON is malformed; one whose value does not fit its field is a field at fault. */
    private Problem unreadable(HttpMessageNotReadableException unreadable) {
        if (unreadable.getCause() instanceof MismatchedInputException mismatch
                && !mismatch.getPath().isEmpty()) {
            String field =
                    mismatch.getPath().stream().map(ProblemAdvice::segment).collect(Collectors.joining("."));
            return invalid(
                    List.of(new Problem.FieldError(field, "malformed", problems.text("shared.field.malformed"))));
        }
        return malformed(List.of());
    }

    private static String segment(JacksonException.Reference reference) {
        return reference.getPropertyName() == null ? String.valueOf(reference.getIndex()) : reference.getPropertyName();
    }

    private Problem malformed(List<Problem.FieldError> errors) {
        return problems.of(400, "malformed", problems.text("shared.problem.malformed"), errors);
    }

    private Problem invalid(List<Problem.FieldError> errors) {
        return problems.of(422, "validation", problems.text("shared.problem.validation"), errors);
    }

    private List<Problem.FieldError> fieldErrors(BindingResult result) {
        return result.getAllErrors().stream().map(this::fieldError).toList();
    }

    private Problem.FieldError fieldError(ObjectError error) {
        String field = error instanceof FieldError named ? named.getField() : error.getObjectName();
        return new Problem.FieldError(field, String.valueOf(error.getCode()), text(error));
    }

    private List<Problem.FieldError> fieldErrors(HandlerMethodValidationException invalid) {
        return invalid.getParameterValidationResults().stream()
                .flatMap(result -> {
                    String parameter = result.getMethodParameter().getParameterName();
                    return result.getResolvableErrors().stream()
                            .flatMap(error -> error instanceof FieldError field
                                    ? Stream.of(fieldError(field))
                                    : Stream.of(
                                            new Problem.FieldError(String.valueOf(parameter), "invalid", text(error))));
                })
                .toList();
    }

    private String text(MessageSourceResolvable error) {
        return messages.getMessage(error, LocaleContextHolder.getLocale());
    }
}
