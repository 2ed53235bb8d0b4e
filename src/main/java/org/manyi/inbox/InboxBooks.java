package org.manyi.inbox;

import java.util.ArrayList;
import java.util.List;
import org.manyi.shared.MovableClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Compares the inbox with the engine's open tasks, and makes it agree with them where somebody has meddled with either. */
@Component
public class InboxBooks {

    private static final String OPEN_IN_ENGINE = """
            from act_ru_task e
            join act_ru_execution p on p.id_ = e.proc_inst_id_
            join act_re_procdef d on d.id_ = e.proc_def_id_
            """;
    private static final String MISSING = "select e.id_ as task_id, e.task_def_key_ as task_key, d.key_ as process,"
            + " p.business_key_ as case_number " + OPEN_IN_ENGINE
            + " where not exists (select 1 from inbox_task t where t.task_id = e.id_ and t.state = 'open')"
            + " order by e.id_";
    private static final String ORPHANS = """
            select t.task_id, t.case_number from inbox_task t
            where t.state = 'open' and not exists (select 1 from act_ru_task e where e.id_ = t.task_id)
            order by t.task_id
            """;

    private final JdbcClient jdbc;
    private final TaskArrivals arrivals;
    private final TaskBook book;
    private final MovableClock clock;
    private final TransactionTemplate transaction;

    InboxBooks(
            JdbcClient jdbc,
            TaskArrivals arrivals,
            TaskBook book,
            MovableClock clock,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.arrivals = arrivals;
        this.book = book;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** A line for each task in which inbox and engine differ; empty when all is well. */
    public List<String> differences() {
        List<String> differences = new ArrayList<>();
        for (TaskRef task : missing()) {
            differences.add("task %s of %s: in the engine, not in the inbox".formatted(task.id(), task.caseNumber()));
        }
        jdbc.sql(ORPHANS)
                .query((row, n) -> "task %s of %s: in the inbox, not in the engine"
                        .formatted(row.getString("task_id"), row.getString("case_number")))
                .list()
                .forEach(differences::add);
        jdbc.sql("select t.task_id, t.case_number, t.assignee, p.business_key_, e.assignee_ " + OPEN_IN_ENGINE + """
                         join inbox_task t on t.task_id = e.id_ and t.state = 'open'
                        where t.case_number <> p.business_key_ or coalesce(t.assignee, '') <> coalesce(e.assignee_, '')
                        order by t.task_id
                        """)
                .query((row, n) -> "task %s: the inbox says case %s, assignee %s; the engine case %s, assignee %s"
                        .formatted(
                                row.getString("task_id"),
                                row.getString("case_number"),
                                row.getString("assignee"),
                                row.getString("business_key_"),
                                row.getString("assignee_")))
                .list()
                .forEach(differences::add);
        jdbc.sql("""
                        select c.task_id, c.post_key from inbox_candidate c join inbox_task t on t.task_id = c.task_id
                        where c.waiting <> (t.state = 'open' and t.assignee is null)
                           or c.overdue_from <> t.overdue_from
                        order by c.task_id, c.post_key
                        """)
                .query((row, n) -> "task %s: its row for %s does not fit it"
                        .formatted(row.getString("task_id"), row.getString("post_key")))
                .list()
                .forEach(differences::add);
        return differences;
    }

    /**
     * Takes in the engine's tasks that the inbox has never heard of, offered anew, and withdraws those that the engine does not
     * have; one transaction a task.
     *
     * @return how many tasks were mended
     */
    public int repair() {
        List<TaskRef> missing = missing().stream()
                .filter(task -> book.find(task.id()).isEmpty())
                .toList();
        missing.forEach(task -> transaction.executeWithoutResult(status -> arrivals.arrive(task)));
        List<String> orphans =
                jdbc.sql(ORPHANS).query((row, n) -> row.getString("task_id")).list();
        orphans.forEach(id -> transaction.executeWithoutResult(
                status -> book.end(id, TaskRow.State.WITHDRAWN, null, clock.instant(), null)));
        return missing.size() + orphans.size();
    }

    private List<TaskRef> missing() {
        return jdbc.sql(MISSING)
                .query((row, n) -> new TaskRef(
                        row.getString("task_id"),
                        row.getString("task_key"),
                        row.getString("process"),
                        row.getString("case_number")))
                .list();
    }
}
