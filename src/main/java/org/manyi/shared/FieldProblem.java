package org.manyi.shared;

import java.util.List;

/**
 * One field at fault in what somebody entered.
 *
 * @param field the field's name in the request or form, never null
 * @param code the machine-readable reason, such as {@code required}; never null
 * @param messageKey the key of the text, never null
 * @param args the text's arguments, never null
 */
public record FieldProblem(String field, String code, String messageKey, List<Object> args) {

    /**
     * A field at fault, with the text {@code messageKey} and its arguments; none may be null.
     */
    public static FieldProblem of(String field, String code, String messageKey, Object... args) {
        return new FieldProblem(field, code, messageKey, List.of(args));
    }
}
