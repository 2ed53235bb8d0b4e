package org.manyi.notification;

import java.util.LinkedHashSet;
import java.util.Set;
import org.manyi.inbox.TaskCommented;
import org.manyi.notification.CaseMails.News;
import org.manyi.notification.Hearers.Audience;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells of a remark who has the task, and who remarked on the case before. Of a protected matter it says nothing. */
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
        String number = commented.caseNumber();
        Audience audience = hearers.of(number);
        if (audience.isProtected()) {
            return;
        }
        Set<String> people = new LinkedHashSet<>(jdbc.sql("""
                        select t.assignee from inbox_task t where t.task_id = :task and t.assignee is not null
                        union
                        select c.author from inbox_comment c where c.case_number = :case
                        """)
                .param("task", commented.task().id())
                .param("case", number)
                .query(String.class)
                .list());
        facts.find(commented.task().id())
                .ifPresent(task -> mails.tell(
                        new News(
                                "commented:" + task.id() + ":" + commented.at().toEpochMilli(),
                                NewsKind.COMMENT,
                                "commented",
                                number,
                                task.key(),
                                null,
                                task.title(),
                                task.schoolCode(),
                                null,
                                null,
                                null,
                                false,
                                false,
                                "/tasks/" + task.id()),
                        audience.allowed(people)));
    }
}
