package org.manyi.inbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** What was said about the tasks of a case: remarks, the reasons of hand overs, questions to colleagues and their answers. */
@Repository
class TaskComments {

    private final JdbcClient jdbc;
    private final QuestionRows questions;
    private final TaskItems items;
    private final TaskNames names;

    TaskComments(JdbcClient jdbc, QuestionRows questions, TaskItems items, TaskNames names) {
        this.jdbc = jdbc;
        this.questions = questions;
        this.items = items;
        this.names = names;
    }

    private record Row(
            long id, String taskId, TaskComment.Act act, String author, String toUser, String text, Instant at) {

        private static Row remark(long id, String taskId, String author, String toUser, String text, Instant at) {
            TaskComment.Act act = toUser == null
                    ? TaskComment.Act.SAID
                    : toUser.equals(author) ? TaskComment.Act.TAKEN_OVER : TaskComment.Act.ASSIGNED;
            return new Row(id, taskId, act, author, toUser, text, at);
        }

        private static Stream<Row> of(QuestionRows.Row question) {
            Row asked = new Row(
                    0,
                    question.taskId(),
                    TaskComment.Act.ASKED,
                    question.asker(),
                    question.colleague(),
                    question.question(),
                    question.askedAt());
            return question.state() == Question.State.OPEN
                    ? Stream.of(asked)
                    : Stream.of(
                            asked,
                            new Row(
                                    0,
                                    question.taskId(),
                                    TaskComment.Act.of(question.state()),
                                    question.endedBy() == null ? question.colleague() : question.endedBy(),
                                    null,
                                    question.answer() == null ? "" : question.answer(),
                                    question.endedAt()));
        }
    }

    /**
     * Keeps a remark.
     *
     * @param toUser who got the task, null for a plain remark
     * @return the number of its row
     */
    long add(TaskRef task, String author, String toUser, String text, Instant at) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
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
                .update(key, "id");
        return Objects.requireNonNull(key.getKey()).longValue();
    }

    /** Keeps whom a remark mentions. */
    void mention(long comment, Collection<String> usernames) {
        for (String username : usernames) {
            jdbc.sql("insert into inbox_mention (comment_id, username) values (:comment, :username)")
                    .param("comment", comment)
                    .param("username", username)
                    .update();
        }
    }

    /** All that was said about a case, the oldest first. */
    List<TaskComment> of(String caseNumber) {
        List<Row> rows = new ArrayList<>(jdbc.sql("""
                        select c.id, c.task_id, c.author, c.to_user, c.remark, c.created_at
                          from inbox_comment c
                         where c.case_number = :case
                         order by c.id
                        """)
                .param("case", caseNumber)
                .query((row, n) -> Row.remark(
                        row.getLong("id"),
                        row.getString("task_id"),
                        row.getString("author"),
                        row.getString("to_user"),
                        row.getString("remark"),
                        TaskRow.instant(row, "created_at")))
                .list());
        questions.of(caseNumber).stream().flatMap(Row::of).forEach(rows::add);
        rows.sort(Comparator.comparing(Row::at));
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<Long, List<String>> mentions = mentions(caseNumber);
        Map<String, String> tasks = taskNames(caseNumber);
        Set<String> usernames = new LinkedHashSet<>();
        rows.forEach(row -> usernames.add(row.author));
        rows.stream().map(Row::toUser).filter(Objects::nonNull).forEach(usernames::add);
        mentions.values().forEach(usernames::addAll);
        Map<String, TaskItem.PersonRef> people = items.people(usernames);
        return rows.stream()
                .map(row -> new TaskComment(
                        row.taskId,
                        tasks.get(row.taskId),
                        row.act.code(),
                        people.get(row.author),
                        row.toUser == null ? null : people.get(row.toUser),
                        row.text,
                        mentions.getOrDefault(row.id, List.of()).stream()
                                .map(people::get)
                                .toList(),
                        TaskRow.at(row.at)))
                .toList();
    }

    private Map<Long, List<String>> mentions(String caseNumber) {
        Map<Long, List<String>> mentions = new HashMap<>();
        jdbc.sql("""
                        select m.comment_id, m.username from inbox_mention m join inbox_comment c on c.id = m.comment_id
                         where c.case_number = :case order by m.comment_id, m.username
                        """).param("case", caseNumber).query(row -> {
            mentions.computeIfAbsent(row.getLong("comment_id"), id -> new ArrayList<>())
                    .add(row.getString("username"));
        });
        return mentions;
    }

    private Map<String, String> taskNames(String caseNumber) {
        Map<String, String> tasks = new HashMap<>();
        jdbc.sql("select task_id, process, task_key from inbox_task where case_number = :case")
                .param("case", caseNumber)
                .query(row -> {
                    tasks.put(
                            row.getString("task_id"), names.task(row.getString("process"), row.getString("task_key")));
                });
        return tasks;
    }
}
