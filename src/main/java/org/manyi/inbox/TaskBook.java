package org.manyi.inbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.manyi.calendar.Due;
import org.manyi.shared.TransactionMemory;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of {@code inbox_task} and {@code inbox_candidate}, one task at a time. */
@Repository
class TaskBook {

    private final JdbcClient jdbc;
    private final NamedParameterJdbcOperations batches;
    private final TransactionMemory<String, Boolean> ended = new TransactionMemory<>();
    private final TransactionMemory<String, List<String>> posts = new TransactionMemory<>();
    private final TransactionMemory<String, Optional<TaskRow>> looked = new TransactionMemory<>();

    TaskBook(JdbcClient jdbc, NamedParameterJdbcOperations batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    void insert(TaskRow task, String search) {
        looked.forget(task.id());
        jdbc.sql("""
                        insert into inbox_task (task_id, task_key, process, case_number, title, school_code, district_code,
                            assignee, urgency, round_number, due_date, due_at, due_from, due_amount, provisional,
                            overdue_from, created_at, version, state, search)
                        values (:id, :key, :process, :case, :title, :school, :district, :assignee, :urgency, :round, :dueDate,
                            :dueAt, :dueFrom, :dueAmount, :provisional, :overdueFrom, :createdAt, :version, :state, :search)
                        """)
                .param("id", task.id())
                .param("key", task.key())
                .param("process", task.process())
                .param("case", task.caseNumber())
                .param("title", task.title())
                .param("school", task.schoolCode())
                .param("district", task.districtCode())
                .param("assignee", task.assignee())
                .param("urgency", task.urgency().code())
                .param("round", task.round())
                .param("dueDate", task.due().day())
                .param("dueAt", TaskRow.at(task.due().at()))
                .param("dueFrom", task.due().from())
                .param("dueAmount", task.due().amount())
                .param("provisional", task.due().provisional())
                .param("overdueFrom", TaskRow.at(task.overdueFrom()))
                .param("createdAt", TaskRow.at(task.createdAt()))
                .param("version", task.version())
                .param("state", task.state().code())
                .param("search", search)
                .update();
    }

    void insertCandidates(TaskRow task, Collection<String> postKeys) {
        posts.forget(task.id());
        batches.batchUpdate(
                """
                insert into inbox_candidate (task_id, post_key, waiting, case_number, process, school_code, overdue_from, created_at)
                values (:id, :post, :waiting, :case, :process, :school, :overdueFrom, :createdAt)
                """,
                postKeys.stream()
                        .map(post -> new MapSqlParameterSource()
                                .addValue("id", task.id())
                                .addValue("post", post)
                                .addValue("waiting", task.open() && task.assignee() == null)
                                .addValue("case", task.caseNumber())
                                .addValue("process", task.process())
                                .addValue("school", task.schoolCode())
                                .addValue("overdueFrom", TaskRow.at(task.overdueFrom()))
                                .addValue("createdAt", TaskRow.at(task.createdAt())))
                        .toArray(MapSqlParameterSource[]::new));
    }

    /** The task, to look at; read once a transaction as long as nothing of it is changed. */
    Optional<TaskRow> find(String taskId) {
        return looked.get(taskId, id -> one(id, ""));
    }

    /** The task as it is now, with every other change of it waiting until the transaction ends. */
    Optional<TaskRow> lock(String taskId) {
        // What was seen before the lock may be past.
        looked.forget(taskId);
        return one(taskId, " for update");
    }

    private Optional<TaskRow> one(String taskId, String suffix) {
        return jdbc.sql("select " + TaskRow.COLUMNS + " from inbox_task t where t.task_id = :id" + suffix)
                .param("id", taskId)
                .query(TaskRow::read)
                .optional();
    }

    List<TaskRow> openOf(String caseNumber) {
        return jdbc.sql("select " + TaskRow.COLUMNS + """
                         from inbox_task t where t.case_number = :case and t.state = 'open'
                        order by t.overdue_from, t.task_id
                        """)
                .param("case", caseNumber)
                .query(TaskRow::read)
                .list();
    }

    /** The open tasks that somebody has and that were offered to this post, those of a case together. */
    List<TaskRow> openAssigned(String username, String postKey) {
        return jdbc.sql("select " + TaskRow.COLUMNS + """
                         from inbox_task t join inbox_candidate c on c.task_id = t.task_id and c.post_key = :post
                        where t.assignee = :username and t.state = 'open'
                        order by t.case_number, t.task_id
                        """)
                .param("username", username)
                .param("post", postKey)
                .query(TaskRow::read)
                .list();
    }

    /** The open tasks about a school. */
    List<TaskRow> openOfSchool(String schoolCode) {
        return jdbc.sql("select " + TaskRow.COLUMNS
                        + " from inbox_task t where t.school_code = :school and t.state = 'open' order by t.task_id")
                .param("school", schoolCode)
                .query(TaskRow::read)
                .list();
    }

    /** Keeps where a task's school lies now and by what words it is found. */
    void locate(String taskId, String districtCode, String search) {
        looked.forget(taskId);
        jdbc.sql("update inbox_task set district_code = :district, search = :search where task_id = :id")
                .param("district", districtCode)
                .param("search", search)
                .param("id", taskId)
                .update();
    }

    /** The candidate posts of each task, in no order of meaning but always the same. */
    Map<String, List<String>> candidates(Collection<String> taskIds) {
        Map<String, List<String>> found = new HashMap<>();
        if (!taskIds.isEmpty()) {
            jdbc.sql("select task_id, post_key from inbox_candidate where task_id in (:ids) order by task_id, post_key")
                    .param("ids", taskIds)
                    .query(row -> {
                        found.computeIfAbsent(row.getString("task_id"), id -> new ArrayList<>())
                                .add(row.getString("post_key"));
                    });
        }
        return found;
    }

    List<String> candidates(String taskId) {
        return posts.get(taskId, id -> candidates(List.of(id)).getOrDefault(id, List.of()));
    }

    /** Gives the task to a person, or with null back to its posts. */
    void assign(String taskId, String username) {
        looked.forget(taskId);
        jdbc.sql("update inbox_task set assignee = :username, version = version + 1 where task_id = :id")
                .param("username", username)
                .param("id", taskId)
                .update();
        setWaiting(taskId, username == null);
    }

    /**
     * Ends an open task; one that this transaction has ended stays as it is.
     *
     * @param doneBy who completed it, null when the process ended it
     * @param submitted what was submitted, as JSON; null when nothing was
     */
    void end(String taskId, TaskRow.State state, String doneBy, Instant at, String submitted) {
        ended.get(taskId, id -> {
            endOpen(id, state, doneBy, at, submitted);
            return true;
        });
    }

    private void endOpen(String taskId, TaskRow.State state, String doneBy, Instant at, String submitted) {
        looked.forget(taskId);
        int changed = jdbc.sql("""
                        update inbox_task
                           set state = :state, assignee = coalesce(:doneBy, assignee), done_by = :doneBy, done_at = :at,
                               submitted = :submitted, version = version + 1
                         where task_id = :id and state = 'open'
                        """)
                .param("state", state.code())
                .param("doneBy", doneBy)
                .param("at", TaskRow.at(at))
                .param("submitted", submitted)
                .param("id", taskId)
                .update();
        if (changed > 0) {
            setWaiting(taskId, false);
            jdbc.sql("delete from inbox_draft where task_id = :id")
                    .param("id", taskId)
                    .update();
            jdbc.sql(
                            "update inbox_question set state = 'lapsed', ended_at = :at where task_id = :id and state = 'open'")
                    .param("at", TaskRow.at(at))
                    .param("id", taskId)
                    .update();
        }
    }

    // Neither a new due date nor a new urgency makes stale what somebody is typing: the version stays.

    void reschedule(String taskId, Due due) {
        looked.forget(taskId);
        Instant overdueFrom = TaskRow.overdueFrom(due);
        jdbc.sql("""
                        update inbox_task
                           set due_date = :day, due_at = :dueAt, due_from = :dueFrom, due_amount = :amount,
                               provisional = :provisional, overdue_from = :overdueFrom
                         where task_id = :id
                        """)
                .param("day", due.day())
                .param("dueAt", TaskRow.at(due.at()))
                .param("dueFrom", due.from())
                .param("amount", due.amount())
                .param("provisional", due.provisional())
                .param("overdueFrom", TaskRow.at(overdueFrom))
                .param("id", taskId)
                .update();
        jdbc.sql("update inbox_candidate set overdue_from = :overdueFrom where task_id = :id")
                .param("overdueFrom", TaskRow.at(overdueFrom))
                .param("id", taskId)
                .update();
    }

    void setUrgency(String caseNumber, Urgency urgency) {
        looked.forgetAll();
        jdbc.sql("""
                        update inbox_task set urgency = :urgency
                         where case_number = :case and state = 'open' and urgency <> :urgency
                        """).param("urgency", urgency.code()).param("case", caseNumber).update();
    }

    /** What was submitted, as JSON; empty when nothing was. */
    Optional<String> submitted(String taskId) {
        return jdbc.sql("select submitted from inbox_task where task_id = :id and submitted is not null")
                .param("id", taskId)
                .query(String.class)
                .optional();
    }

    private void setWaiting(String taskId, boolean waiting) {
        jdbc.sql("update inbox_candidate set waiting = :waiting where task_id = :id and waiting <> :waiting")
                .param("waiting", waiting)
                .param("id", taskId)
                .update();
    }
}
