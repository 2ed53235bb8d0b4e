package org.manyi.issue.process;

import java.util.List;
import java.util.Optional;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.Texts;
import org.manyi.shared.ValidationException;

/** The reason that goes with everything done beside the tasks. */
final class Reasons {

    private static final int SHORTEST = 2;
    private static final int LONGEST = 500;

    private Reasons() {}

    /** What is wrong with it, under the field {@code reason}; empty when nothing is. */
    static Optional<FieldProblem> problem(String reason) {
        String text = reason == null ? "" : reason.strip();
        if (text.length() < SHORTEST || !Texts.storable(text)) {
            return Optional.of(FieldProblem.of("reason", "tooShort", "shared.field.tooShort", SHORTEST));
        }
        return text.length() > LONGEST
                ? Optional.of(FieldProblem.of("reason", "tooLong", "shared.field.tooLong", LONGEST))
                : Optional.empty();
    }

    /**
     * The reason without blanks around it.
     *
     * @throws ValidationException with field {@code reason}
     */
    static String checked(String reason) {
        problem(reason).ifPresent(found -> {
            throw new ValidationException(List.of(found));
        });
        return reason.strip();
    }
}
