package org.manyi.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.security.PrivilegedExceptionAction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.security.auth.Subject;
import org.manyi.inbox.TaskQuery.Sort;
import org.manyi.inbox.TaskQuery.View;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import pro.taskana.TaskanaConfiguration;
import pro.taskana.classification.api.models.Classification;
import pro.taskana.common.api.BaseQuery.SortDirection;
import pro.taskana.common.api.TaskanaEngine;
import pro.taskana.common.api.TaskanaRole;
import pro.taskana.common.api.security.UserPrincipal;
import pro.taskana.task.api.TaskQuery;
import pro.taskana.task.api.TaskState;
import pro.taskana.task.api.models.Task;
import pro.taskana.task.api.models.TaskSummary;
import pro.taskana.workbasket.api.WorkbasketPermission;
import pro.taskana.workbasket.api.WorkbasketType;
import pro.taskana.workbasket.api.models.Workbasket;
import pro.taskana.workbasket.api.models.WorkbasketAccessItem;

/**
 * The same inbox in a peer, TASKANA 8.2 (now KADAI): a person's first page of tasks, soonest due first, and their count, among the same
 * number of tasks on the same PostgreSQL, in turn with Manyi's; and what it takes the peer to claim and complete a task. The peer's
 * workbaskets hold what Manyi's posts do; one of its queries answers what a person's own and claimable tasks are in Manyi.
 */
public final class Peer {

    private static final List<Integer> SIZES = Stream.of(
                    System.getProperty("bench.sizes", "10000,100000,1000000").split(","))
            .map(Integer::valueOf)
            .toList();
    private static final long BUDGET = TimeUnit.MILLISECONDS.toNanos(1500);
    private static final int MOST_ROUNDS = 300;
    private static final String DOMAIN = "DOMAIN_A";
    private static final String ADMIN = "admin";

    private final BenchDatabase database;
    private final TaskanaEngine taskana;
    private String template;
    private int schools;

    private Peer(BenchDatabase database) throws Exception {
        this.database = database;
        HikariDataSource source = new HikariDataSource();
        source.setJdbcUrl(database.url("peer"));
        source.setUsername(database.user());
        source.setPassword("");
        taskana = TaskanaEngine.buildTaskanaEngine(
                new TaskanaConfiguration.Builder(source, true, "taskana", true)
                        .domains(List.of(DOMAIN))
                        .classificationTypes(List.of("TASK"))
                        .classificationCategoriesByType(Map.of("TASK", List.of("EXTERNAL")))
                        .roleMap(Map.of(TaskanaRole.ADMIN, Set.of(ADMIN), TaskanaRole.USER, Set.of()))
                        .jobSchedulerEnabled(false)
                        .build(),
                TaskanaEngine.ConnectionManagementMode.AUTOCOMMIT);
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        Report report = new Report("Peer");
        try (BenchDatabase database = BenchDatabase.start();
                BenchApplication application = Population.demonstration(database, Map.of(), null)) {
            database.run("drop database if exists peer", "create database peer");
            Peer peer = new Peer(database);
            peer.as(ADMIN, peer::prepare);
            Population population = new Population(database, false);
            org.manyi.inbox.Inbox inbox = application.get(org.manyi.inbox.Inbox.class);
            CurrentUsers users = application.get(CurrentUsers.class);
            for (int size : SIZES) {
                population.growTo(size);
                peer.growTo(size);
                report.head("open tasks", "who", "Manyi: own and claimable page, ms: p50", "p95", "the peer's page p50", "p95",
                        "Manyi: both counts p50", "the peer's count p50", "page, times as fast");
                for (String who : List.of(Population.TYPICAL, Population.HEAVY)) {
                    CurrentUser user = users.byUsername(who);
                    Map<String, Times> times = new LinkedHashMap<>();
                    long begun = System.nanoTime();
                    for (int round = -3; round < MOST_ROUNDS && System.nanoTime() - begun < 4 * BUDGET || round < 3; round++) {
                        boolean warm = round >= 0;
                        time(times, warm, "manyi", () -> {
                            inbox.list(query(View.MINE), user);
                            inbox.list(query(View.CLAIMABLE), user);
                        });
                        time(times, warm, "peer", () -> peer.as(who, () -> peer.query().list(0, 20)));
                        time(times, warm, "manyi's count", () -> inbox.counts(query(View.MINE), user));
                        time(times, warm, "peer's count", () -> peer.as(who, () -> peer.query().count()));
                    }
                    report.row("%,d".formatted(size), who, times.get("manyi").median(), times.get("manyi").p95(),
                            times.get("peer").median(), times.get("peer").p95(), times.get("manyi's count").median(),
                            times.get("peer's count").median(), times.get("peer").median() / times.get("manyi").median());
                }
            }
            peer.complete(report);
        }
    }

    private static void time(Map<String, Times> times, boolean counts, String what, Times.Work work) throws Exception {
        Times kept = counts ? times.computeIfAbsent(what, name -> new Times()) : new Times();
        kept.time(work);
    }

    private static org.manyi.inbox.TaskQuery query(View view) {
        return new org.manyi.inbox.TaskQuery(view, null, null, null, null, Sort.DUE, null, 20);
    }

    /** A person's tasks: of the baskets open to him, nobody's or his own. */
    private TaskQuery query() {
        return taskana.getTaskService()
                .createTaskQuery()
                .stateIn(TaskState.READY, TaskState.CLAIMED)
                .orderByDue(SortDirection.ASCENDING);
    }

    /** Does something in somebody's name, as the peer wants it. */
    private <T> T as(String username, PrivilegedExceptionAction<T> work) throws Exception {
        Subject subject = new Subject();
        subject.getPrincipals().add(new UserPrincipal(username));
        return Subject.doAs(subject, work);
    }

    private Object prepare() throws Exception {
        Classification kind = taskana.getClassificationService().newClassification("rectify", DOMAIN, "TASK");
        kind.setCategory("EXTERNAL");
        kind.setServiceLevel("P3D");
        taskana.getClassificationService().createClassification(kind);
        Workbasket basket = taskana.getWorkbasketService().newWorkbasket("jijiao", DOMAIN);
        basket.setName("jijiao");
        basket.setType(WorkbasketType.GROUP);
        String id = taskana.getWorkbasketService().createWorkbasket(basket).getId();
        WorkbasketAccessItem access = taskana.getWorkbasketService().newWorkbasketAccessItem(id, Population.HEAVY);
        for (WorkbasketPermission permission :
                List.of(WorkbasketPermission.OPEN, WorkbasketPermission.READ, WorkbasketPermission.READTASKS, WorkbasketPermission.EDITTASKS)) {
            access.setPermission(permission, true);
        }
        taskana.getWorkbasketService().createWorkbasketAccessItem(access);
        Task task = taskana.getTaskService().newTask(id);
        task.setClassificationKey("rectify");
        task.setName("操场积水，第1位家长反映");
        task.setPrimaryObjRef("district", "manyi", "1", "school", "S0001");
        template = taskana.getTaskService().createTask(task).getId();
        return null;
    }

    /** Copies the one task, basket and right that the peer wrote itself, as the population of Manyi's tasks does. */
    private void growTo(int tasks) throws SQLException {
        int wanted = tasks / 100;
        String schools = "generate_series(" + (this.schools + 1) + ", " + wanted + ") i";
        try (Connection connection = java.sql.DriverManager.getConnection(database.url("peer"), database.user(), "");
                Statement sql = connection.createStatement()) {
            sql.execute("set search_path = taskana");
            sql.execute("set synchronous_commit = off");
            sql.execute(copy(sql, "workbasket", schools, "t.key = 'jijiao'", Map.of(
                    "id", "'WBI:' || i", "key", "'b' || lpad(i::text, 5, '0')", "name", "'school ' || i")));
            sql.execute(copy(sql, "workbasket_access_list", schools + ", generate_series(1, 20) k",
                    "t.access_id = '" + Population.HEAVY + "'", Map.of(
                            "id", "'WAI:' || i || '-' || k",
                            "workbasket_id", "'WBI:' || i",
                            "access_id", "'b' || lpad(i::text, 5, '0') || '-' || lpad(k::text, 2, '0')",
                            "access_name", "null")));
            String school = "k < 70 or k >= 80";
            sql.execute(copy(sql, "task", schools + ", generate_series(0, 99) k", "t.id = '" + template + "'", Map.of(
                    "id", "'TKI:' || i * 100 + k",
                    "external_id", "'ETI:' || i * 100 + k",
                    "workbasket_id", "case when " + school + " then 'WBI:' || i else t.workbasket_id end",
                    "workbasket_key", "case when " + school + " then 'b' || lpad(i::text, 5, '0') else t.workbasket_key end",
                    "state", "case when k < 70 and k % 2 = 0 or k between 76 and 79 then 'CLAIMED' else 'READY' end",
                    "owner", "case when k < 70 and k % 2 = 0 then 'b' || lpad(i::text, 5, '0') || '-' || lpad((1 + k % 20)::text, 2, '0')"
                            + " when k between 76 and 79 then '" + Population.HEAVY + "' end",
                    "due", "now() + ((i * 100 + k) * 7919 % 40 - 12) * interval '1 day'",
                    "por_value", "'S' || i")));
            sql.execute("vacuum (analyze)");
        }
        this.schools = wanted;
    }

    private static String copy(Statement sql, String table, String from, String where, Map<String, String> other)
            throws SQLException {
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        try (ResultSet rows = sql.executeQuery("select column_name from information_schema.columns where table_schema = 'taskana'"
                + " and table_name = '" + table + "'")) {
            while (rows.next()) {
                columns.add(rows.getString(1));
                values.add(other.getOrDefault(rows.getString(1), "t." + rows.getString(1)));
            }
        }
        return "insert into " + table + " (" + String.join(", ", columns) + ") select " + String.join(", ", values) + " from "
                + from + ", " + table + " t where " + where;
    }

    private void complete(Report report) throws Exception {
        List<TaskSummary> waiting = as(Population.HEAVY, () -> taskana.getTaskService()
                .createTaskQuery()
                .workbasketKeyDomainIn(new pro.taskana.common.api.KeyDomain("jijiao", DOMAIN))
                .stateIn(TaskState.READY)
                .list(0, 400));
        Times claim = new Times();
        Times complete = new Times();
        for (int i = 0; i < waiting.size(); i++) {
            String id = waiting.get(i).getId();
            boolean warm = i >= 100;
            as(Population.HEAVY, () -> {
                (warm ? claim : new Times()).time(() -> taskana.getTaskService().claim(id));
                (warm ? complete : new Times()).time(() -> taskana.getTaskService().completeTask(id));
                return null;
            });
        }
        report.head("the peer", "times", "p50, ms", "p95, ms");
        report.row("claims a task", claim.size(), claim.median(), claim.p95());
        report.row("completes it (a list's entry: no process moves on)", complete.size(), complete.median(), complete.p95());
    }
}
