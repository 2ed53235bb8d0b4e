package org.manyi.shared;

import java.util.List;

/** The request was sound, but the world has moved on; nothing was changed. */
public final class ConflictException extends ProblemException {

    /** Why a conflict arose, as the contract names it. */
    public enum Reason {
        /** Somebody changed it since it was read. */
        STALE_VERSION("stale-version"),
        /** Somebody else took the task. */
        ALREADY_CLAIMED("already-claimed"),
        /** A colleague was asked about the task and has not answered. */
        QUESTION_OPEN("question-open"),
        /** The step is over, or was never reached. */
        NOT_ACTIVE("not-active"),
        /** An open issue of the same school looks the same. */
        POSSIBLE_DUPLICATE("possible-duplicate"),
        /** The same file was imported before. */
        DUPLICATE_FILE("duplicate-file"),
        /** The business clock never runs backwards. */
        CLOCK_BACKWARDS("clock-backwards"),
        /** The same idempotency key came with another body. */
        IDEMPOTENCY_KEY_REUSED("idempotency-key-reused");

        private final String code;

        Reason(String code) {
            this.code = code;
        }

        /** The reason's name in the contract; never null. */
        public String code() {
            return code;
        }
    }

    private final transient List<FieldProblem> fields;

    /**
     * A conflict with its text.
     *
     * @param reason never null
     * @param messageKey the key of the text that says what happened, what was kept and what to do; never null
     */
    public ConflictException(Reason reason, String messageKey, Object... args) {
        super(409, reason.code(), messageKey, args);
        this.fields = List.of();
    }

    /** A conflict with the standard text of its reason and an entry for each thing that it is a conflict with. */
    public ConflictException(Reason reason, List<FieldProblem> fields) {
        super(409, reason.code(), "shared.problem." + reason.code());
        this.fields = List.copyOf(fields);
    }

    /** A conflict with the standard text of its reason, {@code shared.problem.<code>}. */
    public static ConflictException of(Reason reason, Object... args) {
        return new ConflictException(reason, "shared.problem." + reason.code(), args);
    }

    @Override
    public List<FieldProblem> fields() {
        return fields == null ? List.of() : fields;
    }
}
