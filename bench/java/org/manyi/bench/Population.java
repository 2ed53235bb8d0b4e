package org.manyi.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A district as large as is wanted, grown from the demonstration by SQL over whole sets. No row is thought out here: each is a copy of one
 * that the program wrote itself, with other keys, school, holder and dates, so that it holds in every column what the program would have
 * put there. To every hundred open tasks there is a school with twenty people:
 *
 * <ul>
 *   <li>70 are the school's own, every second one taken by one of its people;
 *   <li>10 are the department's of basic education, whose one holder ({@link #HEAVY}) has taken four of them;
 *   <li>10 wait at the office, 10 at the inspection teams;
 *   <li>20 more are done, ten by the school's people and ten by {@link #HEAVY}.
 * </ul>
 */
final class Population {

    /** Who has the most: a tenth of all open tasks at hand or waiting, a tenth as many again done. */
    static final String HEAVY = "jijiao";

    /** Somebody of the first school, whose own tasks stay the same however many others have. */
    static final String TYPICAL = "b00001-03";

    /** Somebody who oversees a fifth of all schools. */
    static final String LEADER = "leader1";

    private static final int TASKS_A_SCHOOL = 100;
    private static final int DONE_A_SCHOOL = 20;
    private static final int PEOPLE_A_SCHOOL = 20;

    private static final String IDS = "id_ proc_inst_id_ parent_id_ super_exec_ root_proc_inst_id_ execution_id_ task_id_ act_inst_id_"
            + " parent_act_inst_id_ call_proc_inst_id_ super_process_instance_id_ task_id";
    private static final String CASES = "case_number business_key_ number object_key";

    private final BenchDatabase database;
    private final boolean whole;
    private int schools;

    /**
     * A population that has nobody yet but the demonstration's.
     *
     * @param whole whether each task has its issue and its history too, so that every page of it can be opened; without, it has what the
     *     inbox and the engine's list of tasks read
     */
    Population(BenchDatabase database, boolean whole) {
        this.database = database;
        this.whole = whole;
    }

    /** Starts the application with the demonstration and waits until it is told. */
    static BenchApplication demonstration(BenchDatabase database, Map<String, String> more, Spy spy) throws Exception {
        Map<String, String> properties = new LinkedHashMap<>(more);
        properties.put("manyi.demo", "true");
        BenchApplication application = BenchApplication.start(database, properties, spy);
        while (!"LOADED".equals(database.value("select max(state) from demonstration"))) {
            Thread.sleep(200);
        }
        return application;
    }

    /** Makes it hold so many open tasks besides the demonstration's own, if it does not; a multiple of 100. */
    void growTo(int tasks) throws SQLException {
        int wanted = tasks / TASKS_A_SCHOOL;
        // A database that was kept has some already.
        schools = Integer.parseInt(database.value("select count(*) from org_unit where code ~ '^B[0-9]{5}$'"));
        if (schools >= wanted) {
            return;
        }
        try (Connection connection = database.connect();
                Statement sql = connection.createStatement()) {
            // As a restore does: no trigger looks each foreign key up, one row at a time.
            sql.execute("set session_replication_role = replica");
            sql.execute("set synchronous_commit = off");
            organisation(connection, schools + 1, wanted, PEOPLE_A_SCHOOL);
            String search = value(connection, "select indexdef from pg_indexes where indexname = 'inbox_task_search'");
            run(connection, "drop index inbox_task_search");
            tasks(connection, schools + 1, wanted);
            run(connection, "set maintenance_work_mem = '512MB'", search);
        }
        // Now, so that nothing is left for the background to do while something is measured.
        database.run("vacuum (analyze)", "checkpoint");
    }

    /** Makes it hold so many schools besides the demonstration's, with a principal each and no tasks. */
    void schools(int wanted) throws SQLException {
        int there = Integer.parseInt(database.value("select count(*) from org_unit where code ~ '^B[0-9]{5}$'"));
        if (there < wanted) {
            try (Connection connection = database.connect();
                    Statement sql = connection.createStatement()) {
                sql.execute("set session_replication_role = replica");
                organisation(connection, there + 1, wanted, 1);
            }
            database.run("vacuum (analyze)", "checkpoint");
        }
    }

    private void organisation(Connection connection, int from, int to, int people) throws SQLException {
        run(connection, """
                create temp table if not exists bench_school (i bigint, n bigint, school text, person text, post text)
                """, "truncate bench_school", """
                insert into bench_school (i, school) select i, 'B' || lpad(i::text, 5, '0') from generate_series(%d, %d) i
                """.formatted(from, to));
        copy(connection, "org_unit", "bench_school g", "t.code = 'S0001'", Map.of(
                "code", "g.school",
                "name", "'青禾区第' || g.i || '中心小学'",
                "short_name", "g.i || '小'",
                "parent_code", "'D' || 1 + g.i % 4"));
        copy(connection, "org_post", "bench_school g", "t.unit_code = 'S0001'", Map.of(
                "unit_code", "g.school", "post_key", "replace(t.post_key, 'S0001', g.school)"));
        copy(connection, "org_unit_scope", "bench_school g", "t.unit_code = 'S0001'", Map.of(
                "unit_code", "g.school",
                "scope_key",
                        "case when t.scope_key like 'district:%' then 'district:D' || 1 + g.i % 4"
                                + " when t.scope_key like 'leader:%' then 'leader:' || 1 + g.i % 5"
                                + " else replace(t.scope_key, 'S0001', g.school) end"));
        copy(connection, "org_contact", "bench_school g", "t.school_code = 'S0001'", Map.of(
                "school_code", "g.school", "post_key", "'leader:' || 1 + g.i % 5"));
        run(connection, """
                create temp table if not exists bench_person (school text, person text, post text)
                """, "truncate bench_person", """
                insert into bench_person select school, lower(school) || '-' || lpad(k::text, 2, '0'),
                    'school:' || school || case when k = 1 then ':principal' else ':staff' end
                from bench_school, generate_series(1, %d) k
                """.formatted(people));
        copy(connection, "account", "bench_person g", "t.username = 'staff001'", Map.of("username", "g.person"));
        copy(connection, "org_holding", "bench_person g", "t.username = 'staff001'", Map.of(
                "username", "g.person", "post_key", "g.post"));
    }

    private void tasks(Connection connection, int from, int to) throws SQLException {
        run(connection, """
                create temp table if not exists bench_task (n bigint, template text, template_case text, template_school text,
                    template_post text,
                    case_number text, school text, i bigint, assignee text, post text, overdue_from timestamptz,
                    created_at timestamptz, done_by text, done_at timestamptz, title text)
                """, "truncate bench_task", """
                insert into bench_task (n, i, school, case_number, assignee, post, overdue_from, created_at, done_by, done_at,
                    title, template)
                select n, i, school, '2026-BT-' || lpad(n::text, 8, '0'),
                    case when k < 70 and k %% 2 = 0 then person when k between 76 and 79 then '%2$s' end,
                    case when k between 70 and 79 or k >= 110 then 'dept:jijiao:staff' when k between 80 and 89 then 'dept:office:staff'
                        when k between 90 and 99 then 'team:' || 1 + n %% 6 || ':inspector' end,
                    date_trunc('day', now()) + (n * 7919 %% 40 - 12) * interval '1 day',
                    now() - (n * 104729 %% 7200000) * interval '1 second',
                    case when k >= 110 then '%2$s' when k >= 100 then person end,
                    case when k >= 100 then now() - (n * 15485863 %% 7200000) * interval '1 second' end,
                    (array['教室照明不足', '操场积水', '午托收费不清', '作业量过大', '校门口拥堵', '食堂菜品单一', '家长会通知太晚', '课后服务名额少',
                           '厕所漏水', '校车晚点'])[1 + n %% 10] || '，第' || n || '位家长反映'
                        || case when n %% 5000 = 17 then '暖气片' else '' end,
                    case when k < 70 then 'rectifyIssue' when k < 90 then 'triageIssue'
                        when k < 100 then 'verifyRectification' else 'done' end
                from (
                    select g.i, g.school, k, g.i * %3$d + k as n,
                        lower(g.school) || '-' || lpad((1 + (k / 2 + k) %% %4$d)::text, 2, '0') as person
                    from bench_school g, generate_series(0, %5$d) k) made
                """.formatted(0, HEAVY, TASKS_A_SCHOOL + DONE_A_SCHOOL, PEOPLE_A_SCHOOL, TASKS_A_SCHOOL + DONE_A_SCHOOL - 1));
        run(connection, """
                update bench_task g set template = t.task_id, template_case = t.case_number, template_school = t.school_code
                from (
                    select distinct on (task_key) task_key, task_id, case_number, school_code from inbox_task
                    where state = 'open' and case_number not like '%-BT-%'
                    order by task_key, assignee nulls first, created_at) t
                where g.template = t.task_key
                """, """
                update bench_task g set template = t.task_id, template_case = t.case_number, template_school = t.school_code
                from (
                    select task_id, case_number, school_code from inbox_task
                    where state = 'done' and task_key = 'rectifyIssue' and done_by is not null and case_number not like '%-BT-%'
                    order by created_at fetch first 1 row only) t
                where g.template = 'done'
                """, """
                update bench_task g set template_post = (select min(c.post_key) from inbox_candidate c where c.task_id = g.template)
                """, "analyze bench_task");
        if (!"0".equals(value(connection, "select count(*) from bench_task where template_case is null"))) {
            throw new IllegalStateException("The demonstration has no task of some kind: "
                    + value(connection, "select string_agg(distinct template, ' ') from bench_task where template_case is null"));
        }
        String ofCase = "t.case_number = g.template_case";
        copy(connection, "inbox_case", "bench_task g", ofCase);
        copy(connection, "inbox_case_unit", "bench_task g", ofCase + " and t.unit_code = g.template_school");
        copy(connection, "inbox_case_post", "bench_task g", ofCase);
        copy(connection, "inbox_task", "bench_task g", "t.task_id = g.template");
        copy(connection, "inbox_candidate", "bench_task g",
                "t.task_id = g.template and (g.post is null or t.post_key = g.template_post)");
        String open = "g.done_by is null and ";
        copy(connection, "act_ru_task", "bench_task g", open + "t.id_ = g.template");
        copy(connection, "act_ru_identitylink", "bench_task g", open
                + "t.task_id_ = g.template and t.type_ = 'candidate' and (g.post is null or t.group_id_ = g.template_post)");
        if (whole) {
            for (String table : List.of("issue", "issue_history", "issue_triage_suggestion", "issue_round", "issue_contact")) {
                copy(connection, table, "bench_task g", "t.number = g.template_case");
            }
            run(connection, """
                    create temp table bench_instance as select business_key_ as case_number, proc_inst_id_ as instance
                    from act_hi_procinst where business_key_ in (select template_case from bench_task)
                    """, "analyze bench_instance");
            for (String table : List.of("act_ru_execution", "act_ru_variable", "act_hi_procinst", "act_hi_actinst",
                    "act_hi_taskinst", "act_hi_varinst")) {
                copy(
                        connection,
                        table,
                        "(select b.*, p.instance from bench_task b join bench_instance p on p.case_number = b.template_case) g",
                        (table.startsWith("act_ru") ? open : "") + "t.proc_inst_id_ = g.instance");
            }
        }
    }

    private static void copy(Connection connection, String table, String from, String where) throws SQLException {
        copy(connection, table, from, where, Map.of());
    }

    /** Copies rows of a table, named t, once for each row of another, named g. */
    private static void copy(
            Connection connection, String table, String from, String where, Map<String, String> other)
            throws SQLException {
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select column_name from information_schema.columns where table_name = '"
                        + table + "' and is_identity = 'NO' order by ordinal_position")) {
            while (rows.next()) {
                String column = rows.getString(1);
                columns.add(column);
                values.add(other.isEmpty() ? ofTask(column) : other.getOrDefault(column, "t." + column));
            }
        }
        run(connection, "insert into " + table + " (" + String.join(", ", columns) + ") select " + String.join(", ", values)
                + " from " + from + ", " + table + " t where " + where + " on conflict do nothing");
    }

    /** What a column of a task's row holds in its copy. */
    private static String ofTask(String column) {
        if (List.of(IDS.split(" ")).contains(column)) {
            return "md5(g.n || ':' || t." + column + ")";
        }
        if (List.of(CASES.split(" ")).contains(column)) {
            return "g.case_number";
        }
        return switch (column) {
            case "school_code", "lead_unit", "unit_code" ->
                "case when t.%1$s = g.template_school then g.school else t.%1$s end".formatted(column);
            case "district_code" -> "'D' || 1 + g.i % 4";
            // A case may be known to further posts, such as its raiser's; the one that the task is offered to is another's.
            case "post_key", "group_id_" ->
                "case when g.post is not null and t.%1$s = g.template_post then g.post else replace(t.%1$s, g.template_school, g.school) end"
                        .formatted(column);
            case "assignee", "assignee_" -> "coalesce(g.done_by, g.assignee)";
            case "waiting" -> "g.done_by is null and g.assignee is null";
            case "due_date" -> "(g.overdue_from - interval '1 day')::date";
            case "overdue_from", "due_date_" -> "g.overdue_from";
            case "created_at", "create_time_", "raised_at" -> "g.created_at";
            case "done_by", "done_at", "title" -> "g." + column;
            case "search" -> "lower(g.case_number || E'\\n' || g.title || E'\\n青禾区第' || g.i || '中心小学\\n' || g.i || E'小\\n'"
                    + " || g.school)";
            case "text_" -> "case when t.text_ = g.template_case then g.case_number else t.text_ end";
            default -> "t." + column;
        };
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }
}
