package org.manyi.shared;

import java.util.List;

/** What was entered breaks a rule; nothing was changed. Answers 422 with one entry a field. */
public final class ValidationException extends ProblemException {

    private final transient List<FieldProblem> fields;

    /**
     * Fields at fault.
     *
     * @param fields never null, never empty
     */
    public ValidationException(List<FieldProblem> fields) {
        super(422, "validation", "shared.problem.validation");
        this.fields = List.copyOf(fields);
    }

    /** One field at fault. */
    public static ValidationException of(String field, String code, String messageKey, Object... args) {
        return new ValidationException(List.of(FieldProblem.of(field, code, messageKey, args)));
    }

    @Override
    public List<FieldProblem> fields() {
        return fields == null ? List.of() : fields;
    }
}
