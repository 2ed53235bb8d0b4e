package org.manyi.notification;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.manyi.calendar.WorkingDays;
import org.manyi.mail.Outbox;
import org.manyi.mail.Outbox.NewMail;
import org.manyi.notification.NewsKind.Delivery;
import org.manyi.notification.Notices.Channel;
import org.manyi.notification.Notices.NewNotice;
import org.manyi.notification.Preferences.Chosen;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Component;

/**
 * Tells people of something in the way each of them chose: a notice in Manyi always, and a mail at once, when the quiet hours are over, with
 * the next daily reminder, or none. All in the transaction in which it happens.
 */
@Component
class Teller {

    private final Outbox outbox;
    private final NoticeRows notices;
    private final Preferences preferences;
    private final WorkingDays workingDays;
    private final MovableClock clock;

    Teller(Outbox outbox, NoticeRows notices, Preferences preferences, WorkingDays workingDays, MovableClock clock) {
        this.outbox = outbox;
        this.notices = notices;
        this.preferences = preferences;
        this.workingDays = workingDays;
        this.clock = clock;
    }

    /**
     * What is to be told.
     *
     * @param key unique among all news, the recipient's name is appended; never null
     * @param template of the mail, never null
     * @param model of the mail, never null
     * @param urgent whether it goes at once, whatever was chosen and at any hour
     * @param told what the notice says, never null
     */
    record Message(String key, NewsKind kind, String template, Map<String, Object> model, boolean urgent, Told told) {}

    /**
     * What a notice says.
     *
     * @param words the tail of its message key, never null
     * @param caseNumber null when it is about none
     * @param taskId the task that makes it void once it is over, null when none does
     * @param taskKey null when it is about no step
     * @param title null for a protected matter
     * @param schoolCode null when it is about none
     * @param detail a code of ours that the words are told with, null for none
     * @param path where it leads, never null
     * @param secret whether it is of a protected matter
     */
    record Told(
            String words,
            String caseNumber,
            String taskId,
            String taskKey,
            String title,
            String schoolCode,
            String detail,
            String path,
            boolean secret) {}

    /** Tells these people. */
    void tell(Message message, Collection<String> recipients) {
        Set<String> people = new HashSet<>(recipients);
        people.removeAll(notices.told(message.key(), people));
        if (people.isEmpty()) {
            return;
        }
        Chosen chosen = message.urgent() ? Chosen.NOTHING : preferences.chosen(message.kind(), people);
        Instant now = clock.instant();
        List<NewNotice> fresh = new ArrayList<>();
        List<NewMail> mails = new ArrayList<>();
        for (String person : people) {
            Delivery delivery = message.urgent()
                    ? Delivery.ONCE
                    : chosen.deliveries().getOrDefault(person, message.kind().usual());
            Instant goes = message.urgent()
                    ? now
                    : chosen.quiet().getOrDefault(person, QuietHours.USUAL).after(now, workingDays);
            String key = key(message, person);
            fresh.add(new NewNotice(key, person, message.kind(), message.told(), channel(delivery, goes.isAfter(now))));
            if (delivery == Delivery.ONCE) {
                mails.add(new NewMail(
                        key,
                        person,
                        message.template(),
                        message.told().secret() ? null : message.told().caseNumber(),
                        message.told().taskId(),
                        message.model(),
                        null,
                        goes.isAfter(now) ? goes : null));
            }
        }
        notices.insert(fresh, now);
        outbox.enqueue(mails);
    }

    /** What these people were to hear of a task is void, and need not be read. */
    void over(String taskId) {
        outbox.withdraw(taskId);
        notices.over(taskId, clock.instant());
    }

    static String key(Message message, String person) {
        return message.key() + ":" + person;
    }

    private static Channel channel(Delivery delivery, boolean later) {
        return switch (delivery) {
            case ONCE -> later ? Channel.QUIET : Channel.MAIL;
            case DIGEST -> Channel.DIGEST;
            case OFF -> Channel.OFF;
        };
    }
}
