package org.manyi.register;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.Texts;
import org.manyi.shared.ValidationException;

/** Collects what is wrong with something entered, so that all of it is told at once. What is wrong reads as null. */
final class Faults {

    private final List<FieldProblem> found = new ArrayList<>();

    /** A text that has to be there. */
    String text(String field, String typed, int longest) {
        String text = optional(field, typed, longest);
        if (text == null && !has(field)) {
            add(field, "required", "register.problem.required");
        }
        return text;
    }

    /** A text that may be absent; blank is absent. */
    String optional(String field, String typed, int longest) {
        if (typed == null || typed.isBlank()) {
            return null;
        }
        String text = typed.strip();
        if (text.length() > longest) {
            add(field, "too-long", "register.problem.long", longest);
            return null;
        }
        if (!Texts.storable(text)) {
            add(field, "unreadable", "register.problem.unreadable");
            return null;
        }
        return text;
    }

    /** One of an enum's values by its name in small letters. */
    <E extends Enum<E>> E oneOf(String field, Class<E> type, String code) {
        E found = Arrays.stream(type.getEnumConstants())
                .filter(value -> value.name().equalsIgnoreCase(code))
                .findFirst()
                .orElse(null);
        if (found == null) {
            add(field, "unknown", "register.problem.choose");
        }
        return found;
    }

    /** A whole number within limits. */
    int number(String field, Integer typed, int least, int most) {
        if (typed == null || typed < least || typed > most) {
            add(field, "range", "register.problem.number", least, most);
            return 0;
        }
        return typed;
    }

    /** A day that has to be there and not to lie beyond another; within the years that a calendar knows. */
    LocalDate day(String field, LocalDate typed, LocalDate earliest, LocalDate latest) {
        if (typed == null) {
            add(field, "required", "register.problem.day");
        } else if (typed.isBefore(earliest)) {
            add(field, "too-early", "register.problem.early", earliest.toString());
        } else if (latest != null && typed.isAfter(latest)) {
            add(field, "too-late", "register.problem.late", latest.toString());
        }
        return typed;
    }

    void add(String field, String code, String messageKey, Object... args) {
        found.add(FieldProblem.of(field, code, messageKey, args));
    }

    boolean has(String field) {
        return found.stream().anyMatch(problem -> problem.field().equals(field));
    }

    /** Throws what was found. */
    void end() {
        if (!found.isEmpty()) {
            throw new ValidationException(found);
        }
    }
}
