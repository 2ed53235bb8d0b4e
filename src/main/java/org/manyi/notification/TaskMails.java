package org.manyi.notification;

import java.util.Collection;
import java.util.Set;
import org.manyi.engine.EngineTaskEnded;
import org.manyi.inbox.TaskAssigned;
import org.manyi.inbox.TaskOffered;
import org.manyi.inbox.TaskRef;
import org.manyi.inbox.Urgency;
import org.manyi.mail.Outbox;
import org.manyi.notification.CaseMails.News;
import org.manyi.notification.TaskFacts.Fact;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Tells people of a task that has arisen or was handed to them; and takes the mail back when the task is over before it left. An issue
 * that comes back for another round says why.
 */
@Component
class TaskMails {

    private static final String RECTIFY = "rectifyIssue";

    /** What a phase of the year gives to every school at once; the daily reminder tells of it. */
    private static final String SCHOOL_WORK = "doWork";

    private final CaseMails mails;
    private final Hearers hearers;
    private final TaskFacts facts;
    private final Outbox outbox;

    TaskMails(CaseMails mails, Hearers hearers, TaskFacts facts, Outbox outbox) {
        this.mails = mails;
        this.hearers = hearers;
        this.facts = facts;
        this.outbox = outbox;
    }

    @EventListener
    void on(TaskOffered offered) {
        TaskRef task = offered.task();
        boolean firstOfThePhase = offered.schoolCode() != null && offered.round() == null;
        if (task.key().equals(SCHOOL_WORK) && firstOfThePhase) {
            return;
        }
        Fact fact = new Fact(
                task.id(),
                task.key(),
                task.caseNumber(),
                offered.title(),
                offered.schoolCode(),
                offered.due(),
                offered.round(),
                offered.urgency() != Urgency.NORMAL);
        Collection<String> recipients = offered.assignee() == null
                ? hearers.holders(task.caseNumber(), offered.posts())
                : hearers.allowed(task.caseNumber(), Set.of(offered.assignee()));
        tell("task:" + task.id(), "task", fact, recipients);
    }

    @EventListener
    void on(TaskAssigned assigned) {
        String key = "assigned:" + assigned.task().id() + ":" + assigned.at().toEpochMilli();
        facts.find(assigned.task().id())
                .ifPresent(fact ->
                        tell(key, "assigned", fact, hearers.allowed(fact.caseNumber(), Set.of(assigned.assignee()))));
    }

    @EventListener
    void on(EngineTaskEnded ended) {
        outbox.withdraw(ended.taskId());
    }

    private void tell(String key, String kind, Fact task, Collection<String> recipients) {
        String path = "/tasks/" + task.id();
        if (hearers.isProtected(task.caseNumber())) {
            mails.tellOfProtectedMatter(key, task.id(), path, task.due(), recipients);
            return;
        }
        String cause = task.key().equals(RECTIFY) && task.round() != null && task.round() > 1
                ? facts.cause(task.caseNumber(), task.round()).orElse(null)
                : null;
        News news = new News(
                key,
                cause == null ? kind : "again",
                task.caseNumber(),
                task.key(),
                task.id(),
                task.title(),
                task.schoolCode(),
                task.due(),
                task.round(),
                cause,
                task.urgent(),
                path);
        mails.tell(news, recipients);
    }
}
