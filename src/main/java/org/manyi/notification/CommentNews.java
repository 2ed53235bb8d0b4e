package org.manyi.notification;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.manyi.inbox.TaskCommented;
import org.manyi.notification.CaseMails.News;
import org.manyi.notification.Hearers.Audience;
import org.manyi.notification.TaskFacts.Fact;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells of a remark whom it mentions, who has the task, and who remarked on the case before, each once. Of a protected matter it tells only
 * those mentioned, and not more than that there is something.
 */
@Component
class CommentNews {

    private final JdbcClient jdbc;
    private final CaseMails mails;
    private final Hearers hearers;
    private final TaskFacts facts;

    CommentNews(JdbcClient jdbc, CaseMails mails, Hearers hearers, TaskFacts facts) {
        this.jdbc = jdbc;
        this.mails = mails;
        this.hearers = hearers;
        this.facts = facts;
    }

    @EventListener
    void on(TaskCommented commented) {
        facts.find(commented.task().id()).ifPresent(task -> tell(commented, task));
    }

    private void tell(TaskCommented commented, Fact task) {
        String number = commented.caseNumber();
        // One key for both, so that who is mentioned and has the task besides is told once, as mentioned.
        String key = "commented:" + task.id() + ":" + commented.at().toEpochMilli();
        Audience audience = hearers.of(number);
        Set<String> mentioned = audience.allowed(commented.mentioned());
        if (audience.isProtected()) {
            mails.tellOfProtectedMatter(
                    key, NewsKind.MENTION, number, null, "/tasks/" + task.id(), task.due(), mentioned);
            return;
        }
        tell(key, NewsKind.MENTION, "mentioned", task, mentioned);
        Set<String> people = new LinkedHashSet<>(jdbc.sql("""
                        select t.assignee from inbox_task t where t.task_id = :task and t.assignee is not null
                        union
                        select c.author from inbox_comment c where c.case_number = :case
                        """)
                .param("task", task.id())
                .param("case", number)
                .query(String.class)
                .list());
        tell(key, NewsKind.COMMENT, "commented", task, audience.allowed(people));
    }

    private void tell(String key, NewsKind kind, String words, Fact task, Collection<String> people) {
        mails.tell(News.of(key, kind, words, task, null), people);
    }
}
