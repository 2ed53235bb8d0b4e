package org.manyi.notification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.manyi.calendar.Due;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What mails say of tasks, read from the inbox and the rounds of issues. */
@Repository
class TaskFacts {

    private final JdbcClient jdbc;

    TaskFacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A task as a mail shows it.
     *
     * @param schoolCode null when the case is about none
     * @param round null outside rounds
     */
    record Fact(
            String id,
            String key,
            String caseNumber,
            String title,
            String schoolCode,
            Due due,
            Integer round,
            boolean urgent,
            boolean critical) {}

    static final String COLUMNS = """
            t.task_id, t.task_key, t.case_number, t.title, t.school_code, t.due_date, t.due_at, t.due_from, t.due_amount,
            t.provisional, t.round_number, t.urgency, t.process, t.assignee""";

    Optional<Fact> find(String taskId) {
        return jdbc.sql("select " + COLUMNS + " from inbox_task t where t.task_id = :id")
                .param("id", taskId)
                .query(TaskFacts::read)
                .optional();
    }

    /** Why a round was opened, a {@link org.manyi.issue.RoundCause}'s code. */
    Optional<String> cause(String caseNumber, int round) {
        return jdbc.sql("select cause from issue_round where number = :number and round = :round")
                .param("number", caseNumber)
                .param("round", round)
                .query(String.class)
                .optional();
    }

    /** Whether a round came after a dissatisfied reporter. */
    boolean isSupervised(String caseNumber, int round) {
        return jdbc.sql("select supervised from issue_round where number = :number and round = :round")
                .param("number", caseNumber)
                .param("round", round)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    static Fact read(ResultSet rs, int row) throws SQLException {
        return new Fact(
                rs.getString("task_id"),
                rs.getString("task_key"),
                rs.getString("case_number"),
                rs.getString("title"),
                rs.getString("school_code"),
                new Due(
                        rs.getObject("due_date", LocalDate.class),
                        instant(rs.getObject("due_at", OffsetDateTime.class)),
                        rs.getObject("due_from", LocalDate.class),
                        rs.getInt("due_amount"),
                        rs.getBoolean("provisional")),
                rs.getObject("round_number", Integer.class),
                !rs.getString("urgency").equals("normal"),
                rs.getString("urgency").equals("critical"));
    }

    private static Instant instant(OffsetDateTime value) {
        return value == null ? null : value.toInstant();
    }
}
