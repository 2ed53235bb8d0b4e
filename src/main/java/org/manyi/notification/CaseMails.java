package org.manyi.notification;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.manyi.calendar.DateTexts;
import org.manyi.calendar.Due;
import org.manyi.notification.Teller.Message;
import org.manyi.notification.Teller.Told;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.springframework.stereotype.Component;

/** Writes the mails about one case: the same news to several people, each in his language. */
@Component
class CaseMails {

    private final Teller teller;
    private final Organisation organisation;
    private final DateTexts dates;
    private final CurrentUsers users;

    CaseMails(Teller teller, Organisation organisation, DateTexts dates, CurrentUsers users) {
        this.teller = teller;
        this.users = users;
        this.organisation = organisation;
        this.dates = dates;
    }

    /**
     * News of a case.
     *
     * @param key unique among all news, the recipient's name is appended; never null
     * @param kind what kind of news it is, never null
     * @param words the tail of the message keys {@code notification.<words>.subject} and {@code .first}, never null
     * @param taskKey the step it is about, null when it is about none
     * @param topic a task's id when the mail is void once that task is over, else null
     * @param title never null
     * @param schoolCode null when the case is about none
     * @param due null when nothing is due
     * @param round null outside rounds
     * @param cause why the round was opened, null when it does not matter
     * @param urgent whether the subject says so
     * @param critical whether it goes at any hour, whatever was chosen
     * @param path where it is worked on, such as {@code /tasks/…}; never null
     */
    record News(
            String key,
            NewsKind kind,
            String words,
            String caseNumber,
            String taskKey,
            String topic,
            String title,
            String schoolCode,
            Due due,
            Integer round,
            String cause,
            boolean urgent,
            boolean critical,
            String path) {

        /**
         * News of what people say to each other about a task, never urgent.
         *
         * @param topic as above: the task's id where nobody need hear of it once the task is over, else null
         */
        static News of(String key, NewsKind kind, String words, TaskFacts.Fact task, String topic) {
            return new News(
                    key,
                    kind,
                    words,
                    task.caseNumber(),
                    task.key(),
                    topic,
                    task.title(),
                    task.schoolCode(),
                    null,
                    null,
                    null,
                    false,
                    false,
                    "/tasks/" + task.id());
        }
    }

    /** Tells the recipients, but for the person at work, who brought it about. */
    void tell(News news, Collection<String> recipients) {
        Map<String, Object> model = new HashMap<>();
        model.put("kind", news.words());
        model.put("number", news.caseNumber());
        model.put("taskKey", news.taskKey());
        model.put("title", news.title());
        model.put("school", school(news.schoolCode()));
        model.put("due", SpokenDue.of(news.due(), dates));
        model.put("round", news.round());
        model.put("cause", news.cause());
        model.put("urgent", news.urgent());
        model.put("path", news.path());
        Told told = new Told(
                news.words(),
                news.caseNumber(),
                news.topic(),
                news.taskKey(),
                news.title(),
                news.schoolCode(),
                null,
                news.path(),
                false);
        write(new Message(news.key(), news.kind(), "case", model, news.critical(), told), recipients);
    }

    /**
     * Says that a protected matter waits, and not a word more: no number, no title, no school.
     *
     * @param caseNumber never said, kept so that who may look into it finds what was told
     * @param due by when, never null
     */
    void tellOfProtectedMatter(
            String key,
            NewsKind kind,
            String caseNumber,
            String topic,
            String path,
            Due due,
            Collection<String> recipients) {
        Map<String, Object> model = new HashMap<>();
        model.put("path", path);
        model.put("due", SpokenDue.of(due, dates));
        Told told = new Told("protected", caseNumber, topic, null, null, null, null, path, true);
        write(new Message(key, kind, "protected-matter", model, true, told), recipients);
    }

    private void write(Message message, Collection<String> recipients) {
        String actor = users.find().map(CurrentUser::username).orElse(null);
        teller.tell(
                message,
                recipients.stream()
                        .filter(recipient -> !recipient.equals(actor))
                        .toList());
    }

    private String school(String code) {
        return code == null
                ? null
                : organisation.find(code).map(Unit::shortName).orElse(null);
    }
}
