package org.manyi.inbox.web;

import java.util.Locale;
import org.manyi.shared.ValidationException;

/** Choices as they stand in an address. */
final class Choices {

    private Choices() {}

    /**
     * The constant of this name in small letters.
     *
     * @throws ValidationException when there is none
     */
    static <E extends Enum<E>> E of(String parameter, Class<E> type, String name) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(name)) {
                return constant;
            }
        }
        throw ValidationException.of(parameter, "choice", "shared.field.choice");
    }

    /** An empty filter is none. */
    static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
