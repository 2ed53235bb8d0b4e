package org.manyi.calendar.web;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.manyi.calendar.DateTexts;
import org.manyi.calendar.HolidayYear;
import org.manyi.calendar.HolidayYears;
import org.manyi.calendar.WorkingDays;
import org.manyi.calendar.YearState;
import org.manyi.security.CurrentUsers;
import org.manyi.security.Role;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The year's working days, days off and make-up days, and which notices stand behind them. */
@Controller
class CalendarPages {

    private final HolidayYears years;
    private final WorkingDays workingDays;
    private final DateTexts dates;
    private final MovableClock clock;
    private final CurrentUsers users;

    CalendarPages(
            HolidayYears years, WorkingDays workingDays, DateTexts dates, MovableClock clock, CurrentUsers users) {
        this.years = years;
        this.workingDays = workingDays;
        this.dates = dates;
        this.clock = clock;
        this.users = users;
    }

    /** A year that one may look at. */
    record YearItem(int year, YearState state, HolidayYear.Paper paper, boolean shown) {}

    /** A holiday with its days off and the days worked for it, in words. */
    record HolidayItem(String name, String from, String to, int days, List<String> makeUpDays) {}

    /** A month in weeks from Monday to Sunday; days of other months are null. */
    record MonthItem(int month, String name, int workingDays, List<List<DayItem>> weeks) {}

    /**
     * A day.
     *
     * @param kind {@code off}, {@code makeup}, {@code weekend} or {@code work}
     * @param name the holiday that it belongs to, null for none
     */
    record DayItem(int day, LocalDate date, String kind, String name, boolean today) {}

    @GetMapping("/calendar")
    String show(@RequestParam(required = false) Integer year, Locale locale, Model model) {
        int thisYear = clock.today().getYear();
        int shown = year == null ? thisYear : year;
        int first = Math.min(
                thisYear, years.known().isEmpty() ? thisYear : years.known().get(0));
        List<Integer> offered =
                IntStream.rangeClosed(first, thisYear + 1).boxed().toList();
        if (!offered.contains(shown)) {
            throw new NotFoundException();
        }
        model.addAttribute("year", shown);
        model.addAttribute("mayChange", users.require().is(Role.SYSADMIN));
        model.addAttribute("state", years.state(shown));
        model.addAttribute(
                "years",
                offered.stream()
                        .map(one -> new YearItem(one, years.state(one), paperOf(one), one == shown))
                        .toList());
        model.addAttribute("workingDays", workingDaysOf(LocalDate.of(shown, 1, 1), LocalDate.of(shown, 12, 31)));
        model.addAttribute("holidays", holidaysOf(shown));
        model.addAttribute(
                "weekdays",
                Arrays.stream(DayOfWeek.values())
                        .map(day -> day.getDisplayName(TextStyle.NARROW, locale))
                        .toList());
        model.addAttribute(
                "months",
                Arrays.stream(Month.values())
                        .map(month -> monthOf(YearMonth.of(shown, month), locale))
                        .toList());
        return "calendar/year";
    }

    private HolidayYear.Paper paperOf(int year) {
        return years.year(year)
                .flatMap(file -> file.papers().stream().findFirst())
                .orElse(null);
    }

    private int workingDaysOf(LocalDate from, LocalDate to) {
        return workingDays.between(from.minusDays(1), to);
    }

    private List<HolidayItem> holidaysOf(int year) {
        Map<String, List<HolidayYear.Day>> byName = years.year(year).stream()
                .flatMap(file -> file.days().stream())
                .sorted(Comparator.comparing((HolidayYear.Day day) -> !day.off())
                        .thenComparing(HolidayYear.Day::date))
                .collect(Collectors.groupingBy(HolidayYear.Day::name, LinkedHashMap::new, Collectors.toList()));
        return byName.entrySet().stream()
                .map(holiday -> holidayOf(holiday.getKey(), holiday.getValue()))
                .toList();
    }

    private HolidayItem holidayOf(String name, List<HolidayYear.Day> days) {
        List<String> off = days.stream()
                .filter(HolidayYear.Day::off)
                .map(day -> dates.weekday(day.date()))
                .toList();
        List<String> makeUp = days.stream()
                .filter(day -> !day.off())
                .map(day -> dates.weekday(day.date()))
                .toList();
        return new HolidayItem(
                dates.holiday(name),
                off.isEmpty() ? null : off.get(0),
                off.size() < 2 ? null : off.get(off.size() - 1),
                off.size(),
                makeUp);
    }

    private MonthItem monthOf(YearMonth month, Locale locale) {
        List<List<DayItem>> weeks = new ArrayList<>();
        List<DayItem> week = new ArrayList<>();
        for (int blank = 1; blank < month.atDay(1).getDayOfWeek().getValue(); blank++) {
            week.add(null);
        }
        for (int day = 1; day <= month.lengthOfMonth(); day++) {
            if (week.size() == DayOfWeek.values().length) {
                weeks.add(week);
                week = new ArrayList<>();
            }
            week.add(dayOf(month.atDay(day)));
        }
        while (week.size() < DayOfWeek.values().length) {
            week.add(null);
        }
        weeks.add(week);
        return new MonthItem(
                month.getMonthValue(),
                month.getMonth().getDisplayName(TextStyle.FULL_STANDALONE, locale),
                workingDaysOf(month.atDay(1), month.atEndOfMonth()),
                weeks);
    }

    private DayItem dayOf(LocalDate date) {
        String name =
                years.listed(date).map(listed -> dates.holiday(listed.name())).orElse(null);
        boolean weekend = date.getDayOfWeek().getValue() >= DayOfWeek.SATURDAY.getValue();
        String kind;
        if (workingDays.isWorkingDay(date)) {
            kind = weekend ? "makeup" : "work";
        } else {
            kind = name == null && weekend ? "weekend" : "off";
        }
        return new DayItem(date.getDayOfMonth(), date, kind, name, date.equals(clock.today()));
    }
}
