package org.manyi.notification;

import java.util.Collection;
import java.util.Set;
import org.manyi.engine.EngineTaskEnded;
import org.manyi.inbox.TaskAssigned;
import org.manyi.inbox.TaskOffered;
import org.manyi.inbox.TaskRef;
import org.manyi.inbox.Urgency;
import org.manyi.notification.CaseMails.News;
import org.manyi.notification.Hearers.Audience;
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

    private final CaseMails mails;
    private final Hearers hearers;
    private final TaskFacts facts;
    private final Teller teller;

    TaskMails(CaseMails mails, Hearers hearers, TaskFacts facts, Teller teller) {
        this.mails = mails;
        this.hearers = hearers;
        this.facts = facts;
        this.teller = teller;
    }

    @EventListener
    void on(TaskOffered offered) {
        TaskRef task = offered.task();
        boolean firstOfThePhase = offered.schoolCode() != null && offered.round() == null;
        // What a phase of the year gives to every school at once the daily reminder tells of.
        if (task.key().equals(LadderLines.WORK) && firstOfThePhase) {
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
                offered.urgency() != Urgency.NORMAL,
                offered.urgency() == Urgency.CRITICAL);
        Audience audience = hearers.of(task.caseNumber());
        Collection<String> recipients = offered.assignee() == null
                ? audience.holders(offered.posts())
                : audience.allowed(Set.of(offered.assignee()));
        NewsKind kind = offered.assignee() == null ? NewsKind.CLAIMABLE : NewsKind.TASK;
        tell("task:" + task.id(), kind, "task", fact, audience, recipients);
    }

    @EventListener
    void on(TaskAssigned assigned) {
        String key = "assigned:" + assigned.task().id() + ":" + assigned.at().toEpochMilli();
        facts.find(assigned.task().id()).ifPresent(fact -> {
            Audience audience = hearers.of(fact.caseNumber());
            tell(key, NewsKind.TASK, "assigned", fact, audience, audience.allowed(Set.of(assigned.assignee())));
        });
    }

    @EventListener
    void on(EngineTaskEnded ended) {
        teller.over(ended.taskId());
    }

    private void tell(
            String key, NewsKind kind, String words, Fact task, Audience audience, Collection<String> recipients) {
        String path = "/tasks/" + task.id();
        if (audience.isProtected()) {
            mails.tellOfProtectedMatter(key, kind, task.caseNumber(), task.id(), path, task.due(), recipients);
            return;
        }
        String cause = task.key().equals(RECTIFY) && task.round() != null && task.round() > 1
                ? facts.cause(task.caseNumber(), task.round()).orElse(null)
                : null;
        News news = new News(
                key,
                kind,
                cause == null ? words : "again",
                task.caseNumber(),
                task.key(),
                task.id(),
                task.title(),
                task.schoolCode(),
                task.due(),
                task.round(),
                cause,
                task.urgent(),
                task.critical(),
                path);
        mails.tell(news, recipients);
    }
}
