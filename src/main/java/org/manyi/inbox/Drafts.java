package org.manyi.inbox;

import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What people have typed into tasks' forms and not submitted, one row a person and task. */
@Repository
class Drafts {

    /** In characters of JSON: some ten times what the longest form holds. */
    static final int LONGEST = 100_000;

    private final JdbcClient jdbc;

    Drafts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A draft.
     *
     * @param version the task's when it was typed
     * @param typed the values as JSON
     */
    record Draft(int version, String typed, Instant savedAt) {}

    Optional<Draft> find(String taskId, String username) {
        return jdbc.sql("select * from inbox_draft where task_id = :task and username = :user")
                .param("task", taskId)
                .param("user", username)
                .query((row, n) ->
                        new Draft(row.getInt("version"), row.getString("typed"), TaskRow.instant(row, "saved_at")))
                .optional();
    }

    /** Replaces what the person had typed before; nothing is kept of a task that has ended meanwhile. */
    void save(String taskId, String username, Draft draft) {
        drop(taskId, username);
        jdbc.sql("""
                        insert into inbox_draft (task_id, username, version, typed, saved_at)
                        select t.task_id, :user, cast(:version as integer), :typed, cast(:at as timestamp with time zone)
                        from inbox_task t where t.task_id = :task and t.state = 'open'
                        """)
                .param("task", taskId)
                .param("user", username)
                .param("version", draft.version())
                .param("typed", draft.typed())
                .param("at", TaskRow.at(draft.savedAt()))
                .update();
    }

    void drop(String taskId, String username) {
        jdbc.sql("delete from inbox_draft where task_id = :task and username = :user")
                .param("task", taskId)
                .param("user", username)
                .update();
    }
}
