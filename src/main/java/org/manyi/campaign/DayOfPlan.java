package org.manyi.campaign;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A day of a plan without its year, so that the plan can be rolled over: written {@code 02-17}, or {@code next 02-25} for the year that
 * follows.
 *
 * @param following true for the year after the plan's
 * @param day never null; 29 February is the 28th in other years
 */
public record DayOfPlan(boolean following, MonthDay day) {

    private static final Pattern WRITTEN = Pattern.compile("(next )?(\\d{2}-\\d{2})");
    private static final DateTimeFormatter MONTH_DAY = DateTimeFormatter.ofPattern("MM-dd");

    /**
     * The day as written.
     *
     * @throws IllegalArgumentException when it is no such day
     */
    @JsonCreator
    public static DayOfPlan parse(String text) {
        Matcher matcher = WRITTEN.matcher(text == null ? "" : text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not a day of a plan: " + text);
        }
        try {
            return new DayOfPlan(matcher.group(1) != null, MonthDay.parse(matcher.group(2), MONTH_DAY));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("Not a day of a plan: " + text, e);
        }
    }

    /** The day that this is in the plan of a year; years before it count as its own. */
    public static DayOfPlan of(LocalDate date, int year) {
        return new DayOfPlan(date.getYear() > year, MonthDay.from(date));
    }

    /** The date in the plan of a year; never null. */
    public LocalDate in(int year) {
        return day.atYear(following ? year + 1 : year);
    }

    /** As written. */
    @Override
    @JsonValue
    public String toString() {
        return (following ? "next " : "") + MONTH_DAY.format(day);
    }
}
