package org.manyi.shared.web;

import java.util.List;

/**
 * Why a request was refused, in the contract's form ({@code application/problem+json}) and in the reader's language.
 *
 * @param type a URN of the code, never null
 * @param title the kind of refusal in a few words, never null
 * @param status the HTTP status
 * @param detail what happened, what was kept and what to do, never null
 * @param code the machine-readable reason, such as {@code stale-version}; never null
 * @param errors one entry a field at fault, never null
 */
public record Problem(String type, String title, int status, String detail, String code, List<FieldError> errors) {

    /** The request attribute that carries a page's problem to the error page. */
    public static final String ATTRIBUTE = Problem.class.getName();

    /**
     * A field at fault.
     *
     * @param field its name in the request, never null
     * @param code the machine-readable reason, never null
     * @param message never null
     */
    public record FieldError(String field, String code, String message) {}
}
