package org.manyi.notification.web;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.manyi.calendar.DateTexts;
import org.manyi.notification.Notices;
import org.manyi.notification.Notices.Channel;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says notices in the reader's language. */
@Component
class NoticeTexts {

    private final MessageSource messages;
    private final Organisation organisation;
    private final DateTexts dates;

    NoticeTexts(MessageSource messages, Organisation organisation, DateTexts dates) {
        this.messages = messages;
        this.organisation = organisation;
        this.dates = dates;
    }

    /**
     * A notice in words.
     *
     * @param title null of a protected matter
     * @param about number and school, null where nothing is said
     * @param way by which way it reached the person, or why it did not
     */
    public record Line(
            long id, String text, String title, String about, String at, String exact, boolean read, String way) {}

    List<Line> of(List<Notices.Kept> notices, Locale locale) {
        Map<String, String> schools = new HashMap<>();
        return notices.stream().map(notice -> of(notice, schools, locale)).toList();
    }

    private Line of(Notices.Kept notice, Map<String, String> schools, Locale locale) {
        String school = notice.schoolCode() == null || notice.secret()
                ? null
                : schools.computeIfAbsent(
                        notice.schoolCode(),
                        code -> organisation.find(code).map(Unit::shortName).orElse(code));
        String number = notice.secret() ? null : notice.caseNumber();
        return new Line(
                notice.id(),
                text(notice, locale),
                notice.title(),
                number == null ? null : school == null ? number : number + " · " + school,
                dates.at(notice.at()),
                dates.exact(notice.at()),
                notice.read(),
                way(notice, locale));
    }

    /** What it is about, without a name of the case. */
    String text(Notices.Kept notice, Locale locale) {
        String step = notice.taskKey() == null ? "" : message("task." + notice.taskKey(), locale);
        return message("notification.notice." + notice.words(), locale, step);
    }

    /** By which way it reached the person, or why it did not. */
    String way(Notices.Kept notice, Locale locale) {
        boolean mailed = notice.channel() == Channel.MAIL || notice.channel() == Channel.QUIET;
        if (!mailed) {
            return message("notification.channel." + notice.channel().code(), locale);
        }
        if (notice.mailState() == null) {
            return message("notification.channel.nomail", locale);
        }
        String state = message("mail.state." + notice.mailState(), locale);
        return notice.mailReason() == null
                ? message("notification.channel.mail", locale, state)
                : message(
                        "notification.channel.mail.reason",
                        locale,
                        state,
                        message("mail.reason." + notice.mailReason(), locale));
    }

    private String message(String key, Locale locale, Object... args) {
        return messages.getMessage(key, args, key, locale);
    }
}
