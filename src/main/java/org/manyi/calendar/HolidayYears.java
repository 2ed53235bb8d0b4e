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

    /** All of one reading: a reader sees the old or the new, never some of each. */
    private record Known(NavigableMap<Integer, HolidayYear> years, Map<LocalDate, HolidayYear.Day> days) {}

    private volatile Known known;

    HolidayYears(Collection<HolidayYear> files) {
        this(files, List.of());
    }

    /**
     * The files, and over them single days.
     *
     * @param local of one day the last counts
     * @throws IllegalStateException when two files contradict one another
     */
    HolidayYears(Collection<HolidayYear> files, Collection<HolidayYear.Day> local) {
        NavigableMap<Integer, HolidayYear> years = new TreeMap<>();
        Map<LocalDate, HolidayYear.Day> days = new HashMap<>();
        for (HolidayYear file : files) {
            years.put(file.year(), file);
            for (HolidayYear.Day day : file.days()) {
                HolidayYear.Day other = days.put(day.date(), day);
                if (other != null && other.off() != day.off()) {
                    throw new IllegalStateException("Two yearly files contradict one another about " + day.date());
                }
            }
        }
        local.forEach(day -> days.put(day.date(), day));
        known = new Known(years, days);
    }

    /** Knows from now on what the other one does. */
    void become(HolidayYears other) {
        known = other.known;
    }

    /** The files, earliest year first. */
    Collection<HolidayYear> files() {
        return known.years.values();
    }

    /** Every day that differs from the plain week. */
    Set<LocalDate> listedDays() {
        return known.days.keySet();
    }

    /** The years of which there is a file, earliest first; never null. */
    public List<Integer> known() {
        return List.copyOf(known.years.keySet());
    }

    /** How much is known of a year; never null. */
    public YearState state(int year) {
        HolidayYear file = known.years.get(year);
        return file == null ? YearState.MISSING : file.state();
    }

    /** What the year's file says; empty when there is none. */
    public Optional<HolidayYear> year(int year) {
        return Optional.ofNullable(known.years.get(year));
    }

    /** What a notice says about a day; empty for the plain week. Make-up days of December may come from the next year's file. */
    public Optional<HolidayYear.Day> listed(LocalDate date) {
        return Optional.ofNullable(known.days.get(date));
    }

    /** Whether a day is off only because its holiday has a fixed date, its year's notice being unknown. */
    public boolean assumedOff(LocalDate date) {
        return state(date.getYear()) == YearState.MISSING && FIXED.contains(MonthDay.from(date));
    }
}
