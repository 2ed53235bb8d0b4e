package org.manyi.calendar;

import java.time.LocalDate;
import java.time.Month;
import java.util.OptionalInt;
import org.manyi.shared.MovableClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/**
 * Says when deadlines rest on a year whose holiday notice is not known: in that year, and before it from November on, when the
 * notice is due. The layout shows {@link #text()} while there is one.
 */
@Component("calendarNotice")
public class CalendarNotice {

    private static final Logger log = LoggerFactory.getLogger(CalendarNotice.class);

    private final WorkingDays workingDays;
    private final MovableClock clock;
    private final MessageSource messages;

    CalendarNotice(WorkingDays workingDays, MovableClock clock, MessageSource messages) {
        this.workingDays = workingDays;
        this.clock = clock;
        this.messages = messages;
    }

    /** The year to warn about today; empty when there is none. */
    public OptionalInt year() {
        LocalDate today = clock.today();
        if (!workingDays.isOfficial(today.getYear())) {
            return OptionalInt.of(today.getYear());
        }
        boolean noticeIsDue = today.getMonthValue() >= Month.NOVEMBER.getValue();
        return noticeIsDue && !workingDays.isOfficial(today.getYear() + 1)
                ? OptionalInt.of(today.getYear() + 1)
                : OptionalInt.empty();
    }

    /** The warning in the reader's language; null when there is nothing to warn about. */
    public String text() {
        OptionalInt year = year();
        return year.isEmpty()
                ? null
                : messages.getMessage(
                        "calendar.notice",
                        new Object[] {String.valueOf(year.getAsInt())},
                        LocaleContextHolder.getLocale());
    }

    @EventListener(ApplicationReadyEvent.class)
    void warnAtStart() {
        year().ifPresent(year -> log.warn(
                "No holiday notice of {} is at hand: deadlines that touch it are provisional. Enter it at /calendar/changes",
                year));
    }
}
