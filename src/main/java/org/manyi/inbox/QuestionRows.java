package org.manyi.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of {@code inbox_question}; a task has one open question at most, which the lock of its case sees to. */
@Repository
class QuestionRows {

    private static final String SELECT = """
            select q.id, q.task_id, q.case_number, q.asker, q.colleague, q.question, q.asked_at, q.state, q.answer, q.ended_by, q.ended_at
              from inbox_question q where\s""";

    private final JdbcClient jdbc;

    QuestionRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A row as the table has it. */
    record Row(
            long id,
            String taskId,
            String caseNumber,
            String asker,
            String colleague,
            String question,
            Instant askedAt,
            Question.State state,
            String answer,
            String endedBy,
            Instant endedAt) {

        private static Row read(ResultSet row, int index) throws SQLException {
            return new Row(
                    row.getLong("id"),
                    row.getString("task_id"),
                    row.getString("case_number"),
                    row.getString("asker"),
                    row.getString("colleague"),
                    row.getString("question"),
                    TaskRow.instant(row, "asked_at"),
                    Question.State.of(row.getString("state")).orElseThrow(),
                    row.getString("answer"),
                    row.getString("ended_by"),
                    TaskRow.instant(row, "ended_at"));
        }
    }

    void insert(TaskRow task, String asker, String colleague, String question, Instant at) {
        jdbc.sql("""
                        insert into inbox_question (task_id, case_number, asker, colleague, question, asked_at, state)
                        values (:task, :case, :asker, :colleague, :question, :at, 'open')
                        """)
                .param("task", task.id())
                .param("case", task.caseNumber())
                .param("asker", asker)
                .param("colleague", colleague)
                .param("question", question)
                .param("at", TaskRow.at(at))
                .update();
    }

    /**
     * Ends an open question; one that is over stays as it is.
     *
     * @param answer null where nobody says anything
     * @param by null where it lapses by itself
     */
    void end(Row question, Question.State state, String answer, String by, Instant at) {
        jdbc.sql("""
                        update inbox_question set state = :state, answer = :answer, ended_by = :by, ended_at = :at
                         where id = :id and state = 'open'
                        """)
                .param("state", state.code())
                .param("answer", answer)
                .param("by", by)
                .param("at", TaskRow.at(at))
                .param("id", question.id())
                .update();
    }

    /** The question of the task that is still open. */
    Optional<Row> open(String taskId) {
        return jdbc.sql(SELECT + "q.task_id = :task and q.state = 'open'")
                .param("task", taskId)
                .query(Row::read)
                .optional();
    }

    /** The open questions of these tasks. */
    List<Row> openOf(Collection<String> taskIds) {
        return taskIds.isEmpty()
                ? List.of()
                : jdbc.sql(SELECT + "q.task_id in (:tasks) and q.state = 'open'")
                        .param("tasks", taskIds)
                        .query(Row::read)
                        .list();
    }

    /** The open questions to a person. */
    List<Row> openTo(String colleague) {
        return jdbc.sql(SELECT + "q.colleague = :colleague and q.state = 'open' order by q.id")
                .param("colleague", colleague)
                .query(Row::read)
                .list();
    }

    /** All questions of a case, the oldest first. */
    List<Row> of(String caseNumber) {
        return jdbc.sql(SELECT + "q.case_number = :case order by q.id")
                .param("case", caseNumber)
                .query(Row::read)
                .list();
    }
}
