package org.manyi.calendar;

import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All that is known of holidays and make-up days, over all years. */
public final class HolidayYears {

    /** The holidays of fixed date in force since 2025; the others follow the moon and the sun. */
    private static final Set<MonthDay> FIXED = Set.of(
            MonthDay.of(1, 1),
            MonthDay.of(5, 1),
            MonthDay.of(5, 2),
            MonthDay.of(10, 1),
            MonthDay.of(10, 2),
            MonthDay.of(10, 3));

    private final NavigableMap<Integer, HolidayYear> years = new TreeMap<>();
    private final Map<LocalDate, HolidayYear.Day> days = new HashMap<>();

    HolidayYears(Collection<HolidayYear> files) {
        for (HolidayYear file : files) {
            years.put(file.year(), file);
            for (HolidayYear.Day day : file.days()) {
                HolidayYear.Day other = days.put(day.date(), day);
                if (other != null && other.off() != day.off()) {
                    throw new IllegalStateException("Two yearly files contradict one another about " + day.date());
                }
            }
        }
    }

    /** The years of which there is a file, earliest first; never null. */
    public List<Integer> known() {
        return List.copyOf(years.keySet());
    }

    /** How much is known of a year; never null. */
    public YearState state(int year) {
        HolidayYear file = years.get(year);
        return file == null ? YearState.MISSING : file.state();
    }

    /** What the year's file says; empty when there is none. */
    public Optional<HolidayYear> year(int year) {
        return Optional.ofNullable(years.get(year));
    }

    /** What a notice says about a day; empty for the plain week. Make-up days of December may come from the next year's file. */
    public Optional<HolidayYear.Day> listed(LocalDate date) {
        return Optional.ofNullable(days.get(date));
    }

    /** Whether a day is off only because its holiday has a fixed date, its year's notice being unknown. */
    public boolean assumedOff(LocalDate date) {
        return state(date.getYear()) == YearState.MISSING && FIXED.contains(MonthDay.from(date));
    }
}
