package org.manyi.document;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.springframework.context.MessageSource;

/** What the layout itself says, in one language. */
record PaperWords(MessageSource messages, Locale locale) {

    /** The number before a heading. */
    String numeral(int level, int number) {
        List<String> numerals = List.of(text("document.numerals").split(","));
        return text(
                "document.heading." + level,
                number <= numerals.size() ? numerals.get(number - 1) : String.valueOf(number));
    }

    /** A day as papers write it. */
    String day(LocalDate day) {
        return text(
                "document.day",
                String.valueOf(day.getYear()),
                String.valueOf(day.getMonthValue()),
                String.valueOf(day.getDayOfMonth()));
    }

    String text(String key, Object... args) {
        return messages.getMessage(key, args, locale);
    }
}
