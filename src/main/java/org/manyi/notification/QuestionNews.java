package org.manyi.notification;

import java.util.Set;
import org.manyi.inbox.Question;
import org.manyi.inbox.QuestionAsked;
import org.manyi.inbox.QuestionEnded;
import org.manyi.notification.CaseMails.News;
import org.manyi.notification.Hearers.Audience;
import org.manyi.notification.TaskFacts.Fact;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells a colleague that his opinion is asked for or no longer needed, and who has the task by then what came of it. */
@Component
class QuestionNews {

    private final JdbcClient jdbc;
    private final CaseMails mails;
    private final Hearers hearers;
    private final TaskFacts facts;

    QuestionNews(JdbcClient jdbc, CaseMails mails, Hearers hearers, TaskFacts facts) {
        this.jdbc = jdbc;
        this.mails = mails;
        this.hearers = hearers;
        this.facts = facts;
    }

    @EventListener
    void on(QuestionAsked asked) {
        facts.find(asked.task().id())
                .ifPresent(task ->
                        tell("asked:" + task.id() + ":" + asked.at().toEpochMilli(), "asked", task, asked.colleague()));
    }

    @EventListener
    void on(QuestionEnded ended) {
        boolean recalled = ended.outcome() == Question.State.RECALLED;
        String person = recalled ? ended.colleague() : holder(ended);
        if (!recalled && person.equals(ended.colleague())) {
            // The task has become the colleague's own: nobody waits for his opinion.
            return;
        }
        facts.find(ended.task().id())
                .ifPresent(task -> tell(
                        "asked:" + ended.outcome().code() + ":" + task.id() + ":"
                                + ended.at().toEpochMilli(),
                        ended.outcome().code(),
                        task,
                        person));
    }

    /** Who has the task; while nobody does, who asked. */
    private String holder(QuestionEnded ended) {
        return jdbc
                .sql("select assignee from inbox_task where task_id = :task and assignee is not null")
                .param("task", ended.task().id())
                .query(String.class)
                .list()
                .stream()
                .findFirst()
                .orElse(ended.asker());
    }

    private void tell(String key, String words, Fact task, String person) {
        Audience audience = hearers.of(task.caseNumber());
        Set<String> people = audience.allowed(Set.of(person));
        if (audience.isProtected()) {
            mails.tellOfProtectedMatter(
                    key, NewsKind.OPINION, task.caseNumber(), task.id(), "/tasks/" + task.id(), task.due(), people);
        } else {
            String topic = words.equals("asked") ? task.id() : null;
            mails.tell(News.of(key, NewsKind.OPINION, words, task, topic), people);
        }
    }
}
