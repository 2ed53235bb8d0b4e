package org.manyi.campaign.web;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.manyi.campaign.DayOfPlan;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ValidationException;

/** Reads what was typed into the forms of a plan and gathers what cannot be read. What cannot be read is null, or 1 for a whole number. */
final class TypedValues {

    private final int year;
    private final List<FieldProblem> problems = new ArrayList<>();

    /** Values of a plan of this year. */
    TypedValues(int year) {
        this.year = year;
    }

    /** What was typed without spaces around it, null when nothing was. */
    static String trimmed(String typed) {
        return typed == null || typed.isBlank() ? null : typed.strip();
    }

    /** A day that may be missing. */
    DayOfPlan optionalDay(String field, String typed) {
        return trimmed(typed) == null ? null : day(field, typed);
    }

    /** A day that has to be given. */
    DayOfPlan requiredDay(String field, String typed) {
        if (trimmed(typed) == null) {
            wrong(field, "campaign.problem.day");
            return null;
        }
        return day(field, typed);
    }

    /** A day of the plan's year or of the one after it. */
    DayOfPlan day(String field, String typed) {
        try {
            LocalDate date = LocalDate.parse(typed == null ? "" : typed.strip());
            if (date.getYear() == year || date.getYear() == year + 1) {
                return DayOfPlan.of(date, year);
            }
        } catch (DateTimeParseException e) {
            // Told below, like a day of another year.
        }
        problems.add(FieldProblem.of(
                field, "range", "campaign.problem.dayOfYear", String.valueOf(year), String.valueOf(year + 1)));
        return null;
    }

    /** A time of day that may be missing. */
    LocalTime time(String field, String typed) {
        try {
            return trimmed(typed) == null ? null : LocalTime.parse(typed.strip());
        } catch (DateTimeParseException e) {
            wrong(field, "campaign.problem.time");
            return null;
        }
    }

    int number(String field, String typed) {
        try {
            return Integer.parseInt(typed == null ? "" : typed.strip());
        } catch (NumberFormatException e) {
            wrong(field, "campaign.problem.number");
            return 1;
        }
    }

    /** What was typed between commas, Chinese ones too, semicolons or spaces. */
    static Stream<String> words(String typed) {
        return trimmed(typed) == null
                ? Stream.empty()
                : Arrays.stream(typed.strip().split("[,，、;；\\s]+"));
    }

    /** Numbers between commas, Chinese ones too, semicolons or spaces. */
    List<Integer> numbers(String field, String typed) {
        if (trimmed(typed) == null) {
            return List.of();
        }
        return words(typed).map(one -> number(field, one)).toList();
    }

    /** The value as it was where it is the same number, so that 10 and 10.0 are no change. */
    BigDecimal decimal(String field, String typed, BigDecimal was) {
        try {
            BigDecimal number = new BigDecimal(typed == null ? "" : typed.strip());
            if (number.precision() <= 12 && Math.abs(number.scale()) <= 4) {
                return number.compareTo(was) == 0 ? was : number;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of all proportion.
        }
        wrong(field, "campaign.problem.number");
        return null;
    }

    <E extends Enum<E>> E choice(String field, String typed, Class<E> type) {
        try {
            return Enum.valueOf(type, typed == null ? "" : typed.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            wrong(field, "campaign.problem.choice");
            return null;
        }
    }

    void wrong(String field, String messageKey) {
        problems.add(FieldProblem.of(field, "format", messageKey));
    }

    /**
     * Ends the reading.
     *
     * @throws ValidationException naming all fields that could not be read
     */
    void done() {
        if (!problems.isEmpty()) {
            throw new ValidationException(problems.stream().distinct().toList());
        }
    }
}
