package org.manyi.calendar;

import java.util.List;
import org.manyi.shared.FailedWork;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Changes of the calendar whose due dates could not be counted to the end. */
@Component
class FailedCounting implements FailedWork {

    private final CalendarStore store;
    private final DateTexts dates;
    private final MessageSource messages;

    FailedCounting(CalendarStore store, DateTexts dates, MessageSource messages) {
        this.store = store;
        this.dates = dates;
        this.messages = messages;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Failure> failures() {
        return store.standingStill().stream()
                .map(change -> new Failure(
                        subject(change),
                        text("calendar.counted"),
                        change.failure(),
                        change.failedAt(),
                        "/calendar/changes/" + change.id()))
                .toList();
    }

    private String subject(CalendarChange change) {
        return change.notice() != null
                ? text("calendar.change.notice", String.valueOf(change.year()))
                : text(
                        "calendar.change.day." + change.day().off(),
                        dates.weekday(change.day().date()));
    }

    private String text(String key, Object... args) {
        return messages.getMessage(key, args, LocaleContextHolder.getLocale());
    }
}
