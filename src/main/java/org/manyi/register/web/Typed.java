package org.manyi.register.web;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** What the pages' forms have in common: reading what was typed, and what there is to choose. */
@Component
class Typed {

    private final MessageSource messages;

    Typed(MessageSource messages) {
        this.messages = messages;
    }

    /** A value that a select offers. */
    record Choice(String value, String label) {}

    /** A day; null for none and for what is no day. */
    static LocalDate day(String typed) {
        try {
            return typed == null || typed.isBlank() ? null : LocalDate.parse(typed.strip());
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** A whole number; null for none and for what is no number. */
    static Integer number(String typed) {
        try {
            return typed == null || typed.isBlank() ? null : Integer.valueOf(typed.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    static String blankToNull(String typed) {
        return typed == null || typed.isBlank() ? null : typed.strip();
    }

    /** An enum's values by their codes, named by the messages under a prefix. */
    <E extends Enum<E>> List<Choice> choices(String prefix, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(value -> new Choice(value.name().toLowerCase(Locale.ROOT), text(prefix + value.name())))
                .toList();
    }

    String text(String key, Object... args) {
        return messages.getMessage(key, args, LocaleContextHolder.getLocale());
    }
}
