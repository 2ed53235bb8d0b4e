package org.manyi.notification;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import org.manyi.calendar.WorkingDays;
import org.manyi.campaign.CampaignRecords;
import org.manyi.campaign.Plan;
import org.manyi.notification.Ladder.Recipient;
import org.manyi.notification.LadderBook.Shelf;
import org.manyi.shared.MovableClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Who is spoken to beyond the ladder for all of who has the task: who answers for those that are late, and who has a task whose step, or
 * whose piece of the year's plan, has days of its own. Worked out once a day over the open tasks due within a few days, by the index of
 * their time.
 */
@Repository
class LadderLines {

    /** The step by which a piece of the year's plan is done. */
    static final String WORK = "doWork";

    private static final String WORK_PROCESS = "work-item";

    /** The most lines kept of a person and part; a mail shows no more. */
    private static final int MOST = 30;

    private static final String HELD =
            " and (h.from_day is null or h.from_day <= :today) and (h.until_day is null or h.until_day > :today)";

    /** Who answers for a task does not hear of his own. */
    private static final String NOT_HIS_OWN = " and (t.assignee is null or t.assignee <> h.username)"
            + " and (t.assignee is not null or not exists (select 1 from inbox_candidate c2"
            + " join org_holding h2 on h2.post_key = c2.post_key where c2.task_id = t.task_id and h2.username = h.username"
            + HELD.replace("h.", "h2.") + "))";

    private static final String BY_POST =
            " join inbox_candidate c on c.task_id = t.task_id join org_post o on o.post_key = c.post_key";

    private final JdbcClient jdbc;
    private final LadderBook book;
    private final CampaignRecords campaigns;
    private final WorkingDays workingDays;

    LadderLines(JdbcClient jdbc, LadderBook book, CampaignRecords campaigns, WorkingDays workingDays) {
        this.jdbc = jdbc;
        this.book = book;
        this.campaigns = campaigns;
        this.workingDays = workingDays;
    }

    /** Parts of one statement and what they name. */
    private static final class Query {
        private final List<String> parts = new ArrayList<>();
        private final Map<String, Object> params = new HashMap<>();
        private String state = "t.state = 'open'";

        /** The name under which a value goes. */
        String name(Object value) {
            String name = "v" + params.size();
            params.put(name, value);
            return ":" + name;
        }
    }

    /** Writes the lines of a day into {@code notification_line}. */
    void plan(LocalDate since, LocalDate today) {
        jdbc.sql("delete from notification_line where run_date < :today")
                .param("today", today)
                .update();
        Map<List<Integer>, Set<Node>> nodes = nodes();
        keep(nodes.values());
        Query query = new Query();
        parts(query, book.all(), nodes, since, today);
        if (query.parts.isEmpty()) {
            return;
        }
        // No level deeper: H2 plans a query within another anew, two to three times a level, and these parts are long
        // to plan.
        jdbc.sql("insert into notification_line (run_date, username, task_id, part, total) with s as ("
                        + String.join(" union all ", query.parts)
                        + """
                        ) select :today, y.username, y.task_id, y.part, y.total from (
                            select s.username, s.task_id, min(s.part) as part,
                                row_number() over (partition by s.username, min(s.part) order by s.overdue_from, s.task_id) as place,
                                count(*) over (partition by s.username, min(s.part)) as total
                            from s group by s.username, s.task_id, s.overdue_from) y
                        where y.place <= :most
                        """)
                .params(query.params)
                .param("today", today)
                .param("most", MOST)
                .update();
    }

    /** Whom the rungs of one ladder would have spoken to after {@code since}, task by task, done meanwhile or not; for the page of the ladders. */
    List<Told> told(Ladder ladder, LocalDate since, LocalDate today) {
        Query query = new Query();
        query.state = "(t.state = 'open' or t.state = 'done' and t.done_at >= " + query.name(startOf(since.plusDays(1)))
                + ")";
        Shelf shelf = book.all();
        List<Ladder> all = new ArrayList<>(shelf.ladders());
        all.removeIf(
                one -> one.process().equals(ladder.process()) && one.taskKey().equals(ladder.taskKey()));
        all.add(ladder);
        Shelf with = new Shelf(all);
        for (Recipient to : Recipient.values()) {
            SortedSet<LocalDate> days = ReminderDays.dueDays(since, today, ladder.days(to), workingDays);
            part(query, to, "", steps(query, with, ladder), days);
        }
        if (query.parts.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("select distinct s.username, s.task_id, s.due_date from ("
                        + String.join(" union all ", query.parts)
                        + ") s order by s.due_date, s.task_id, s.username fetch first :n rows only")
                .params(query.params)
                .param("today", today)
                .param("n", MOST_TOLD)
                .query((row, n) -> new Told(row.getString("username"), row.getString("task_id")))
                .list();
    }

    /** The most that the page of the ladders counts. */
    static final int MOST_TOLD = 1000;

    /** A person who is told of a task. */
    record Told(String username, String taskId) {}

    /** Those of these works whose piece of the plan says itself when it is spoken of. */
    Set<String> ownDays(Collection<String> works) {
        return works.isEmpty()
                ? Set.of()
                : new HashSet<>(
                        jdbc.sql("""
                                select w.number from campaign_work w
                                join notification_node n on n.campaign_id = w.campaign_id and n.node_id = w.node_id
                                where w.number in (:works)
                                """).param("works", works).query(String.class).list());
    }

    private record Node(String campaign, String id) {}

    /** The nodes of the running years by their own days. */
    private Map<List<Integer>, Set<Node>> nodes() {
        Map<List<Integer>, Set<Node>> nodes = new HashMap<>();
        jdbc.sql("select id from campaign where state = 'running'")
                .query(String.class)
                .list()
                .forEach(campaign -> {
                    for (Plan.Node node : campaigns.plan(campaign).nodes()) {
                        if (!node.reminders().isEmpty()) {
                            nodes.computeIfAbsent(node.reminders(), days -> new HashSet<>())
                                    .add(new Node(campaign, node.id()));
                        }
                    }
                });
        return nodes;
    }

    private void keep(Collection<Set<Node>> nodes) {
        jdbc.sql("delete from notification_node").update();
        nodes.forEach(some -> some.forEach(
                node -> jdbc.sql("insert into notification_node (campaign_id, node_id) values (:campaign, :node)")
                        .param("campaign", node.campaign())
                        .param("node", node.id())
                        .update()));
    }

    private void parts(
            Query query, Shelf shelf, Map<List<Integer>, Set<Node>> nodes, LocalDate since, LocalDate today) {
        for (Ladder ladder : shelf.ladders()) {
            for (Recipient to : Recipient.values()) {
                if (to == Recipient.HOLDER && ladder.isForAll()) {
                    continue;
                }
                SortedSet<LocalDate> days = ReminderDays.dueDays(since, today, ladder.days(to), workingDays);
                String which = steps(query, shelf, ladder);
                if (to == Recipient.HOLDER && List.of(WORK_PROCESS, Ladder.ANY).contains(ladder.process())) {
                    which += " and not exists (select 1 from campaign_work w join notification_node n"
                            + " on n.campaign_id = w.campaign_id and n.node_id = w.node_id where w.number = t.case_number)";
                }
                part(query, to, "", which, days);
            }
        }
        nodes.forEach((marks, some) -> {
            SortedSet<LocalDate> days = ReminderDays.dueDaysByCalendar(since, today, marks, workingDays);
            Map<String, List<String>> byCampaign = new TreeMap<>();
            some.forEach(node -> byCampaign
                    .computeIfAbsent(node.campaign(), it -> new ArrayList<>())
                    .add(node.id()));
            byCampaign.forEach((campaign, ids) -> part(
                    query,
                    Recipient.HOLDER,
                    " join campaign_work w on w.number = t.case_number",
                    " and t.task_key = " + query.name(WORK) + " and w.campaign_id = " + query.name(campaign)
                            + " and w.node_id in (" + query.name(ids) + ")",
                    days));
        });
    }

    /** Which tasks a ladder is for: those of its step that no narrower one is for. */
    private static String steps(Query query, Shelf shelf, Ladder ladder) {
        StringBuilder sql = new StringBuilder();
        if (!ladder.isForAll()) {
            sql.append(" and t.process = ").append(query.name(ladder.process()));
        }
        if (!ladder.taskKey().equals(Ladder.ANY)) {
            return sql.append(" and t.task_key = ")
                    .append(query.name(ladder.taskKey()))
                    .toString();
        }
        for (Ladder other : shelf.ladders()) {
            boolean narrower = !other.isForAll()
                    && (ladder.isForAll()
                            || other.process().equals(ladder.process())
                                    && !other.taskKey().equals(Ladder.ANY));
            if (narrower) {
                sql.append(" and not (t.process = ").append(query.name(other.process()));
                if (!other.taskKey().equals(Ladder.ANY)) {
                    sql.append(" and t.task_key = ").append(query.name(other.taskKey()));
                }
                sql.append(")");
            }
        }
        return sql.toString();
    }

    private void part(Query query, Recipient to, String join, String which, SortedSet<LocalDate> days) {
        if (days.isEmpty()) {
            return;
        }
        // What is due on these days is overdue from some time within; the index is in that order.
        String where = " where " + query.state + " and t.overdue_from >= " + query.name(startOf(days.first()))
                + " and t.overdue_from < " + query.name(startOf(days.last().plusDays(2)))
                + " and t.due_date in (" + query.name(days) + ")" + which;
        String tasks = " from inbox_task t" + join;
        switch (to) {
            case HOLDER -> {
                add(query, "mine", "t.assignee", tasks + where + " and t.assignee is not null");
                add(
                        query,
                        "mine",
                        "h.username",
                        tasks + BY_POST + " join org_holding h on h.post_key = c.post_key" + where
                                + " and t.assignee is null" + HELD);
            }
            case SUBSTITUTE ->
                add(
                        query,
                        "people",
                        "h.username",
                        tasks + BY_POST
                                + " join org_holding h on h.post_key = c.post_key and h.substitute_for = t.assignee"
                                + where + HELD + NOT_HIS_OWN);
            case PRINCIPAL, HEAD ->
                add(
                        query,
                        "people",
                        "h.username",
                        tasks + BY_POST + " join org_post p on p.unit_code = o.unit_code and p.role = "
                                + query.name(to.code()) + " join org_holding h on h.post_key = p.post_key" + where
                                + HELD + NOT_HIS_OWN);
            case LEADER -> {
                add(
                        query,
                        "people",
                        "h.username",
                        tasks + BY_POST + " join org_contact k on k.school_code = o.unit_code"
                                + " join org_holding h on h.post_key = k.post_key" + where + HELD + NOT_HIS_OWN);
                add(
                        query,
                        "people",
                        "h.username",
                        tasks + BY_POST + " join org_unit u on u.code = o.unit_code join org_kind d on d.code = u.kind"
                                + " join org_remit r on r.code = d.remit join org_holding h on h.post_key = r.post_key"
                                + where + HELD + " and not exists (select 1 from org_contact k"
                                + " join org_holding h3 on h3.post_key = k.post_key where k.school_code = u.code"
                                + HELD.replace("h.", "h3.") + ")" + NOT_HIS_OWN);
            }
            case DEPARTMENT ->
                add(
                        query,
                        "people",
                        "h.username",
                        tasks + BY_POST + " join org_unit u on u.code = o.unit_code join org_kind d on d.code = u.kind"
                                + " join org_post p on p.unit_code = d.department_code and p.role = 'head'"
                                + " join org_holding h on h.post_key = p.post_key" + where + HELD + NOT_HIS_OWN);
        }
    }

    private static void add(Query query, String part, String username, String rest) {
        query.parts.add("select t.task_id, t.overdue_from, t.due_date, " + username + " as username, '" + part
                + "' as part" + rest);
    }

    private static OffsetDateTime startOf(LocalDate day) {
        return day.atStartOfDay(MovableClock.ZONE).toOffsetDateTime();
    }
}
