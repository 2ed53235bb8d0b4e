package org.manyi.inbox;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import net.fortuna.ical4j.data.CalendarOutputter;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.ParameterList;
import net.fortuna.ical4j.model.component.VAlarm;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.Description;
import net.fortuna.ical4j.model.property.DtStamp;
import net.fortuna.ical4j.model.property.DtStart;
import net.fortuna.ical4j.model.property.ProdId;
import net.fortuna.ical4j.model.property.RefreshInterval;
import net.fortuna.ical4j.model.property.Summary;
import net.fortuna.ical4j.model.property.Uid;
import net.fortuna.ical4j.model.property.Url;
import net.fortuna.ical4j.model.property.XProperty;
import net.fortuna.ical4j.model.property.immutable.ImmutableAction;
import net.fortuna.ical4j.model.property.immutable.ImmutableTransp;
import net.fortuna.ical4j.model.property.immutable.ImmutableVersion;
import org.manyi.calendar.Due;
import org.manyi.inbox.UpcomingDeadlines.Deadline;
import org.manyi.shared.MovableClock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Writes deadlines as iCalendar (RFC 5545), in the current language. */
@Component
class DeadlineCalendar {

    private static final Duration FETCHED_EVERY = Duration.ofHours(1);
    private static final LocalTime REMINDED_AT = LocalTime.of(8, 30);
    private static final int LONGEST_LINE = 75;
    private static final String FOLD = "\r\n ";

    private final MessageSource messages;
    private final String baseUrl;
    private final String host;

    DeadlineCalendar(MessageSource messages, @Value("${manyi.base-url}") String baseUrl) {
        this.messages = messages;
        this.baseUrl = baseUrl.replaceAll("/+$", "");
        this.host = URI.create(this.baseUrl).getHost();
    }

    /** The whole address of a place of ours, such as {@code /tasks/…}. */
    String address(String path) {
        return baseUrl + path;
    }

    /** Never null; nothing that stands in a deadline can become more than the text of its property. */
    String write(List<Deadline> deadlines, Instant now) {
        String name = text("inbox.calendar.name");
        Calendar calendar = new Calendar();
        calendar.add(new ProdId("-//Manyi//Manyi//" + locale().getLanguage().toUpperCase(Locale.ROOT)));
        calendar.add(ImmutableVersion.VERSION_2_0);
        calendar.add(new XProperty("NAME", name));
        calendar.add(new XProperty("X-WR-CALNAME", name));
        calendar.add(new RefreshInterval(
                new ParameterList(List.of(net.fortuna.ical4j.model.parameter.Value.DURATION)), FETCHED_EVERY));
        calendar.add(new XProperty("X-PUBLISHED-TTL", FETCHED_EVERY.toString()));
        for (Deadline deadline : deadlines) {
            calendar.add(event(deadline, now));
        }
        StringWriter written = new StringWriter();
        try {
            new CalendarOutputter(false).output(calendar, written);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folded(written.toString());
    }

    private VEvent event(Deadline deadline, Instant now) {
        Due due = deadline.due();
        String title = plain(deadline.title());
        VEvent event = new VEvent(false);
        event.add(new Uid(plain(deadline.id()) + "@" + host));
        event.add(new DtStamp(now));
        event.add(due.at() != null ? new DtStart<>(due.at()) : new DtStart<>(due.day()));
        event.add(new Summary(due.provisional() ? text("inbox.calendar.provisional", title) : title));
        List<String> details = Stream.concat(
                        deadline.details().stream().map(DeadlineCalendar::plain),
                        due.provisional() ? Stream.of(text("inbox.calendar.provisional.why")) : Stream.empty())
                .toList();
        if (!details.isEmpty()) {
            event.add(new Description(String.join("\n", details)));
        }
        event.add(new Url(URI.create(address(deadline.path()))));
        event.add(ImmutableTransp.TRANSPARENT);
        event.add(reminder(due, title));
        return event;
    }

    /** On the morning of the day before, told by how long that is before the beginning: not every program takes an instant. */
    private static VAlarm reminder(Due due, String title) {
        ZonedDateTime begins =
                (due.at() != null ? due.at() : MovableClock.startOf(due.day())).atZone(MovableClock.ZONE);
        ZonedDateTime reminded =
                begins.toLocalDate().minusDays(1).atTime(REMINDED_AT).atZone(MovableClock.ZONE);
        VAlarm alarm = new VAlarm(Duration.between(begins, reminded));
        alarm.add(ImmutableAction.DISPLAY);
        alarm.add(new Description(title));
        return alarm;
    }

    /** The library writes a lone carriage return as it is, at which some programs begin a line. */
    private static String plain(String text) {
        return text.replaceAll("[\\p{Cc}\\u2028\\u2029]+", " ").strip();
    }

    /** Lines of at most 75 octets. The library counts characters, of which a Chinese one is three. */
    private static String folded(String written) {
        String whole = written.replace(FOLD, "");
        StringBuilder lines = new StringBuilder(whole.length());
        int length = 0;
        for (int i = 0; i < whole.length(); ) {
            int character = whole.codePointAt(i);
            int octets = octets(character);
            if (character == '\r' || character == '\n') {
                length = 0;
            } else if (length + octets > LONGEST_LINE) {
                lines.append(FOLD);
                length = 1 + octets;
            } else {
                length += octets;
            }
            lines.appendCodePoint(character);
            i += Character.charCount(character);
        }
        return lines.toString();
    }

    private static int octets(int character) {
        if (character < 0x80) {
            return 1;
        }
        if (character < 0x800) {
            return 2;
        }
        return character < 0x10000 ? 3 : 4;
    }

    private String text(String key, Object... args) {
        return messages.getMessage(key, args, locale());
    }

    private static Locale locale() {
        return LocaleContextHolder.getLocale();
    }
}
