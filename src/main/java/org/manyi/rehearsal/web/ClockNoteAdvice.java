package org.manyi.rehearsal.web;

import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.manyi.shared.MovableClock;
import org.springframework.context.MessageSource;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Says on every page that the business clock was moved, so that nobody takes a rehearsed date for a real one. */
@ControllerAdvice
class ClockNoteAdvice {

    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final MovableClock clock;
    private final MessageSource messages;

    ClockNoteAdvice(MovableClock clock, MessageSource messages) {
        this.clock = clock;
        this.messages = messages;
    }

    @ModelAttribute("clockNote")
    String clockNote(Locale locale) {
        if (clock.offset().abs().compareTo(Duration.ofMinutes(1)) < 0) {
            return null;
        }
        return messages.getMessage("rehearsal.clock.note", new Object[] {SHOWN.format(clock.now())}, locale);
    }
}
