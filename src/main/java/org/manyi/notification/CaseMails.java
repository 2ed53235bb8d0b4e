package org.manyi.notification;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.manyi.calendar.DateTexts;
import org.manyi.calendar.Due;
import org.manyi.mail.Outbox;
import org.manyi.mail.Outbox.NewMail;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.springframework.stereotype.Component;

/** Writes the mails about one case: the same news to several people, each in his language. */
@Component
class CaseMails {

    private final Outbox outbox;
    private final Organisation organisation;
    private final DateTexts dates;
    private final CurrentUsers users;

    CaseMails(Outbox outbox, Organisation organisation, DateTexts dates, CurrentUsers users) {
        this.outbox = outbox;
        this.users = users;
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

    /** Tells the recipients, but for the person at work, who brought it about. */
    void tell(News news, Collection<String> recipients) {
        Map<String, Object> model = new HashMap<>();
        model.put("kind", news.kind());
        model.put("number", news.caseNumber());
        model.put("taskKey", news.taskKey());
        model.put("title", news.title());
        model.put("school", school(news.schoolCode()));
        model.put("due", SpokenDue.of(news.due(), dates));
        model.put("round", news.round());
        model.put("cause", news.cause());
        model.put("urgent", news.urgent());
        model.put("path", news.path());
        write("case", news.key(), news.caseNumber(), news.topic(), model, recipients);
    }

    /**
     * Says that a protected matter waits, and not a word more: no number, no title, no school.
     *
     * @param due by when, never null
     */
    void tellOfProtectedMatter(String key, String topic, String path, Due due, Collection<String> recipients) {
        Map<String, Object> model = new HashMap<>();
        model.put("path", path);
        model.put("due", SpokenDue.of(due, dates));
        write("protected-matter", key, null, topic, model, recipients);
    }

    private void write(
            String template,
            String key,
            String caseNumber,
            String topic,
            Map<String, Object> model,
            Collection<String> recipients) {
        String actor = users.find().map(CurrentUser::username).orElse(null);
        List<NewMail> mails = recipients.stream()
                .filter(recipient -> !recipient.equals(actor))
                .map(recipient ->
                        new NewMail(key + ":" + recipient, recipient, template, caseNumber, topic, model, null))
                .toList();
        outbox.enqueue(mails);
    }

    private String school(String code) {
        return code == null
                ? null
                : organisation.find(code).map(Unit::shortName).orElse(null);
    }
}
