package org.manyi.shared;

import java.util.List;

/**
 * A refusal that a person can do something about. Pages show it in words, the API as {@code application/problem+json};
 * the text is the message {@code messageKey} with {@code args}, never the exception's own message.
 */
public abstract class ProblemException extends RuntimeException {

    private final int status;
    private final String code;
    private final String messageKey;
    private final transient Object[] args;

    ProblemException(int status, String code, String messageKey, Object... args) {
        super(status + " " + code + " " + messageKey);
        this.status = status;
        this.code = code;
        this.messageKey = messageKey;
        this.args = args;
    }

    /** The HTTP status: 400 to 499, 503 when busy, 507 when there is no room to keep what was sent. */
    public int status() {
        return status;
    }

    /** The machine-readable reason of the contract, such as {@code stale-version}; never null. */
    public String code() {
        return code;
    }

    /** The key of the text that says what happened, what was kept and what to do; never null. */
    public String messageKey() {
        return messageKey;
    }

    /** The arguments of the text; never null. */
    public Object[] args() {
        return args == null ? new Object[0] : args.clone();
    }

    /** The fields at fault of a {@link ValidationException}, what a {@link ConflictException} is a conflict with, else empty; never null. */
    public List<FieldProblem> fields() {
        return List.of();
    }

    /** The {@link #fields()}, or, where it names none, the refusal itself at this field of a form; never empty. */
    public List<FieldProblem> fieldsOr(String field) {
        return fields().isEmpty() ? List.of(FieldProblem.of(field, code, messageKey, args())) : fields();
    }
}
