package org.manyi.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.manyi.shared.MovableClock;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * Days and instants as people say them, in the reader's language; in templates as {@code @dates}. A {@code null} date reads "—".
 */
@Component("dates")
public class DateTexts {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx");
    private static final Duration COUNTED_IN_HOURS = Duration.ofHours(48);

    private final WorkingDays workingDays;
    private final HolidayYears years;
    private final MovableClock clock;
    private final MessageSource messages;
    private final LocalTime closeTime;

    DateTexts(
            WorkingDays workingDays,
            HolidayYears years,
            MovableClock clock,
            MessageSource messages,
            CalendarSettings settings) {
        this.workingDays = workingDays;
        this.years = years;
        this.clock = clock;
        this.messages = messages;
        this.closeTime = settings.closeTime();
    }

    /** How a due date stands today. */
    public enum Standing {
        /** More than one working day is left. */
        LATER,
        /** The last working day before the due day has come: one working day is left. */
        SOON,
        /** It is the due day. */
        TODAY,
        /** The due day, or the instant of a limit in hours, is over. */
        OVERDUE;

        /** The name for a style class: {@code later}, {@code soon}, {@code today}, {@code overdue}. */
        public String css() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** 今天, 明天, 3 月 14 日（周六，补班）; with the year where it is another. */
    public String day(LocalDate day) {
        if (day == null) {
            return text("calendar.none");
        }
        String near = near(day);
        return near != null ? near : full(day);
    }

    /** The day with its weekday and holiday, never as 今天: 3 月 14 日（周六，补班）. */
    public String full(LocalDate day) {
        if (day == null) {
            return text("calendar.none");
        }
        List<String> notes = new ArrayList<>();
        notes.add(weekdayName(day));
        years.listed(day)
                .ifPresent(listed -> notes.add(listed.off() ? holiday(listed.name()) : text("calendar.makeUp")));
        return dated("calendar.day", "calendar.dayOfYear", day, String.join(text("calendar.joiner"), notes));
    }

    /** The day with its weekday alone: 3 月 14 日（周六）. */
    public String weekday(LocalDate day) {
        return day == null ? text("calendar.none") : dated("calendar.day", "calendar.dayOfYear", day, weekdayName(day));
    }

    /** 今天 17:30, 昨天 09:12, 3 月 14 日 09:12. */
    public String at(Instant at) {
        if (at == null) {
            return text("calendar.none");
        }
        ZonedDateTime local = at.atZone(MovableClock.ZONE);
        String near = near(local.toLocalDate());
        return text("calendar.at", near != null ? near : plain(local.toLocalDate()), TIME.format(local));
    }

    /** By when: 今天 17:30, 明天, 3 月 14 日（周六，补班）, marked where it is provisional. */
    public String due(Due due) {
        return due == null ? text("calendar.none") : due(due.day(), due.at(), due.provisional());
    }

    /**
     * By when, from the parts that lists keep.
     *
     * @param day null reads "—"
     * @param at the instant of a limit in hours, else null
     */
    public String due(LocalDate day, Instant at, boolean provisional) {
        if (day == null) {
            return text("calendar.none");
        }
        String by;
        if (at != null) {
            by = at(at);
        } else if (day.equals(clock.today())) {
            by = text("calendar.at", text("calendar.today"), TIME.format(closeTime));
        } else {
            by = day(day);
        }
        return provisional ? text("calendar.provisional", by) : by;
    }

    /** How much is left: 还剩 3 个工作日, 今天到期, 逾期 2 个工作日; hours where the limit is in hours. */
    public String left(Due due) {
        return due == null ? text("calendar.none") : left(due.day(), due.at());
    }

    /**
     * How much is left, from the parts that lists keep.
     *
     * @param day null reads "—"
     * @param at the instant of a limit in hours, else null
     */
    public String left(LocalDate day, Instant at) {
        if (day == null) {
            return text("calendar.none");
        }
        if (at != null) {
            Duration left = Duration.between(clock.instant(), at);
            if (left.abs().compareTo(COUNTED_IN_HOURS) < 0) {
                return amount(
                        left.isNegative() ? "calendar.overdueHours" : "calendar.leftHours",
                        left.abs().toHours());
            }
        }
        LocalDate today = clock.today();
        if (today.equals(day)) {
            return text("calendar.dueToday");
        }
        return today.isAfter(day)
                ? amount("calendar.overdueDays", workingDays.between(day, today))
                : amount("calendar.leftDays", workingDays.between(today, day));
    }

    /** How a due date came about: 收到后 5 个工作日，自 2 月 13 日起算. */
    public String why(Due due) {
        if (due == null) {
            return text("calendar.none");
        }
        String why;
        if (due.at() != null) {
            ZonedDateTime received =
                    due.at().minus(Duration.ofHours(due.amount())).atZone(MovableClock.ZONE);
            String from = text("calendar.at", plain(received.toLocalDate()), TIME.format(received));
            why = amount("calendar.why.hours", due.amount(), from);
        } else if (due.amount() > 0) {
            why = amount("calendar.why.days", due.amount(), plain(due.from()));
        } else {
            why = text("calendar.why.named", plain(due.from()));
        }
        return due.provisional() ? text("calendar.why.provisional", why, String.valueOf(firstUnknownYear(due))) : why;
    }

    /**
     * How a due date stands today, for the mark beside it.
     *
     * @param day null counts as later
     * @param at the instant of a limit in hours, else null
     */
    public Standing standing(LocalDate day, Instant at) {
        LocalDate today = clock.today();
        if (day == null) {
            return Standing.LATER;
        }
        if (at != null ? clock.instant().isAfter(at) : today.isAfter(day)) {
            return Standing.OVERDUE;
        }
        if (today.equals(day)) {
            return Standing.TODAY;
        }
        return today.isBefore(workingDays.previous(day)) ? Standing.LATER : Standing.SOON;
    }

    /** The exact instant for hover or tap: 2026-03-14 09:12:05 +08:00; null stays null. */
    public String exact(Instant at) {
        return at == null ? null : EXACT.format(at.atZone(MovableClock.ZONE));
    }

    /** The exact day for hover or tap: 2026-03-14; null stays null. */
    public String exact(LocalDate day) {
        return day == null ? null : day.toString();
    }

    /** A holiday's name in the reader's language: 春节; several are joined. */
    public String holiday(String name) {
        return Arrays.stream(name.split("、"))
                .map(one -> messages.getMessage("calendar.holiday." + one, null, one, locale()))
                .collect(Collectors.joining(text("calendar.joiner")));
    }

    private String near(LocalDate day) {
        LocalDate today = clock.today();
        if (day.equals(today)) {
            return text("calendar.today");
        }
        if (day.equals(today.plusDays(1))) {
            return text("calendar.tomorrow");
        }
        return day.equals(today.minusDays(1)) ? text("calendar.yesterday") : null;
    }

    private String plain(LocalDate day) {
        return dated("calendar.date", "calendar.dateOfYear", day, "");
    }

    private String dated(String keyThisYear, String keyOtherYear, LocalDate day, String note) {
        return text(
                day.getYear() == clock.today().getYear() ? keyThisYear : keyOtherYear,
                String.valueOf(day.getYear()),
                String.valueOf(day.getMonthValue()),
                String.valueOf(day.getDayOfMonth()),
                day.getMonth().getDisplayName(TextStyle.SHORT, locale()),
                note);
    }

    private static String weekdayName(LocalDate day) {
        return day.getDayOfWeek().getDisplayName(TextStyle.SHORT, locale());
    }

    private int firstUnknownYear(Due due) {
        int year = due.from().getYear();
        while (year < due.day().getYear() && workingDays.isOfficial(year)) {
            year++;
        }
        return year;
    }

    private String amount(String key, long amount, Object... more) {
        Object[] args = new Object[more.length + 1];
        args[0] = amount;
        System.arraycopy(more, 0, args, 1, more.length);
        return text(key, args);
    }

    private String text(String key, Object... args) {
        return messages.getMessage(key, args, locale());
    }

    private static Locale locale() {
        return LocaleContextHolder.getLocale();
    }
}
