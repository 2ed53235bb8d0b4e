package org.manyi.notification;

import java.time.LocalTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.manyi.calendar.DateTexts;
import org.manyi.calendar.Due;
import org.manyi.mail.Outbox;
import org.manyi.mail.Outbox.NewMail;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Component;

/** Writes the mails about one case: the same news to several people, each in his language. */
@Component
class CaseMails {

    private final Outbox outbox;
    private final Organisation organisation;
    private final DateTexts dates;

    CaseMails(Outbox outbox, Organisation organisation, DateTexts dates) {
        this.outbox = outbox;
        this.organisation = organisation;
        this.dates = dates;
    }

    /**
     * News of a case.
     *
     * @param key unique among all news, the recipient's name is appended; never null
     * @param kind the tail of the message keys {@code notification.<kind>.subject} and {@code .first}, never null
     * @param taskKey the step it is about, null when it is about none
     * @param topic a task's id when the mail is void once that task is over, else null
     * @param title never null
     * @param schoolCode null when the case is about none
     * @param due null when nothing is due
     * @param round null outside rounds
     * @param cause why the round was opened, null when it does not matter
     * @param urgent whether the subject says so
     * @param path where it is worked on, such as {@code /tasks/…}; never null
     */
    record News(
            String key,
            String kind,
            String caseNumber,
            String taskKey,
            String topic,
            String title,
            String schoolCode,
            Due due,
            Integer round,
            String cause,
            boolean urgent,
            String path) {}

    /** Tells the recipients, but for whoever brought it about. */
    void tell(News news, Collection<String> recipients, String actor) {
        Map<String, Object> model = new HashMap<>();
        model.put("kind", news.kind());
        model.put("number", news.caseNumber());
        model.put("taskKey", news.taskKey());
        model.put("title", news.title());
        model.put("school", school(news.schoolCode()));
        model.put("due", news.due());
        model.put("time", time(news.due()));
        model.put("round", news.round());
        model.put("cause", news.cause());
        model.put("urgent", news.urgent());
        model.put("path", news.path());
        model.put("dates", dates);
        write("case", news.key(), news.caseNumber(), news.topic(), model, recipients, actor);
    }

    /**
     * Says that a protected matter waits, and not a word more: no number, no title, no school.
     *
     * @param due by when, never null
     */
    void tellOfProtectedMatter(String key, String topic, String path, Due due, Collection<String> recipients, String actor) {
        Map<String, Object> model = new HashMap<>();
        model.put("path", path);
        model.put("due", due);
        model.put("time", time(due));
        model.put("dates", dates);
        write("protected-matter", key, null, topic, model, recipients, actor);
    }

    private void write(
            String template,
            String key,
            String caseNumber,
            String topic,
            Map<String, Object> model,
            Collection<String> recipients,
            String actor) {
        List<NewMail> mails = recipients.stream()
                .filter(recipient -> !Objects.equals(recipient, actor))
                .map(recipient -> new NewMail(key + ":" + recipient, recipient, template, caseNumber, topic, model, null))
                .toList();
        outbox.enqueue(mails);
    }

    private String school(String code) {
        return code == null ? null : organisation.find(code).map(Unit::shortName).orElse(null);
    }

    private static LocalTime time(Due due) {
        return due == null || due.at() == null
                ? null
                : due.at().atZone(MovableClock.ZONE).toLocalTime();
    }
}
