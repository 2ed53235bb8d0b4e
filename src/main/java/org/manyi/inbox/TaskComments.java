package org.manyi.inbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The remarks on tasks and the reasons of hand overs. */
@Repository
class TaskComments {

    private final JdbcClient jdbc;
    private final TaskItems items;
    private final TaskNames names;

    TaskComments(JdbcClient jdbc, TaskItems items, TaskNames names) {
        this.jdbc = jdbc;
        this.items = items;
        this.names = names;
    }

    private record Row(
            String taskId, String process, String key, String author, String toUser, String text, Instant at) {}

    /**
     * Keeps a remark.
     *
     * @param toUser who got the task, null for a plain remark
     */
    void add(TaskRef task, String author, String toUser, String text, Instant at) {
        jdbc.sql("""
                        insert into inbox_comment (task_id, case_number, author, to_user, remark, created_at)
                        values (:task, :case, :author, :toUser, :remark, :at)
                        """)
                .param("task", task.id())
                .param("case", task.caseNumber())
                .param("author", author)
                .param("toUser", toUser)
                .param("remark", text)
                .param("at", TaskRow.at(at))
                .update();
    }

    List<TaskComment> of(String caseNumber) {
        List<Row> rows = jdbc.sql("""
                        select c.task_id, t.process, t.task_key, c.author, c.to_user, c.remark, c.created_at
                          from inbox_comment c join inbox_task t on t.task_id = c.task_id
                         where c.case_number = :case
                         order by c.id
                        """)
                .param("case", caseNumber)
                .query((row, n) -> new Row(
                        row.getString("task_id"),
                        row.getString("process"),
                        row.getString("task_key"),
                        row.getString("author"),
                        row.getString("to_user"),
                        row.getString("remark"),
                        TaskRow.instant(row, "created_at")))
                .list();
        Set<String> usernames = new LinkedHashSet<>();
        for (Row row : rows) {
            usernames.add(row.author);
            if (row.toUser != null) {
                usernames.add(row.toUser);
            }
        }
        Map<String, TaskItem.PersonRef> people = items.people(usernames);
        List<TaskComment> comments = new ArrayList<>();
        for (Row row : rows) {
            comments.add(new TaskComment(
                    row.taskId,
                    names.task(row.process, row.key),
                    people.get(row.author),
                    row.toUser == null ? null : people.get(row.toUser),
                    row.text,
                    TaskRow.at(row.at)));
        }
        return comments;
    }
}
