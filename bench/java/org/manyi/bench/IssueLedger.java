package org.manyi.bench;

import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.manyi.issue.Card;
import org.manyi.issue.IssueKind;
import org.manyi.issue.IssueQuery;
import org.manyi.issue.IssueQuery.Further;
import org.manyi.issue.IssueQuery.Sort;
import org.manyi.issue.IssueSource;
import org.manyi.issue.IssueStatus;
import org.manyi.issue.Issues;
import org.manyi.issue.Severity;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.spreadsheet.ImportBatch;
import org.manyi.spreadsheet.Imports;

/**
 * The ledger of so many issues: its pages by every filter and order, the whole of it taken away as a workbook at the HTTP door, and a
 * former ledger brought in, first with rows at fault. The issues are copies, made by SQL, of those the demonstration wrote.
 * {@code -Dbench.issues=100000} says how many, {@code -Dbench.rows=20000} how long the former ledger is, {@code -Dbench.open=0.1} which
 * share of it is open and starts a process; {@code -Xmx512m} belongs to it.
 */
public final class IssueLedger {

    private static final int ISSUES = Integer.getInteger("bench.issues", 100_000);
    private static final int ROWS = Integer.getInteger("bench.rows", 20_000);
    private static final int BAD = 300;
    private static final double OPEN = Double.parseDouble(System.getProperty("bench.open", "0.1"));
    private static final int ROUNDS = 7;

    private final BenchDatabase database;
    private final BenchApplication application;
    private final CurrentUsers users;
    private final Report report;

    private IssueLedger(BenchDatabase database, BenchApplication application, Report report) {
        this.database = database;
        this.application = application;
        this.users = application.get(CurrentUsers.class);
        this.report = report;
    }

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        Report report = new Report("IssueLedger");
        report.line("");
        report.line("Heap at most %d MB.".formatted(Runtime.getRuntime().maxMemory() >> 20));
        try (BenchDatabase database = BenchDatabase.start();
                BenchApplication application = Population.demonstration(database, Map.of(), null)) {
            IssueLedger bench = new IssueLedger(database, application, report);
            bench.grow();
            bench.list();
            bench.export();
            bench.bringIn();
        }
    }

    /** Copies what the demonstration has until there are enough; each is some minutes older than the one before. */
    private void grow() throws SQLException {
        database.run(
                "create table bench_copy as select n, '2025-WT-' || lpad(n::text, 7, '0') as number, t.number as template,"
                        + " now() - n * interval '5 minutes' as at from generate_series(1, " + ISSUES + ") n join"
                        + " (select number, row_number() over (order by number) as k, count(*) over () as all_of_them from issue"
                        + " where status <> 'protected') t on t.k = 1 + n % t.all_of_them",
                "create index on bench_copy (template)",
                "analyze bench_copy");
        try (Connection connection = database.connect()) {
            for (String table : List.of("inbox_case", "inbox_case_unit", "inbox_case_post")) {
                copy(connection, table, "case_number");
            }
            for (String table : List.of("issue", "issue_co_unit", "issue_round", "issue_history", "issue_contact")) {
                copy(connection, table, "number");
            }
        }
        database.run("analyze");
    }

    private static void copy(Connection connection, String table, String key) throws SQLException {
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("select column_name from information_schema.columns where table_name = '"
                    + table + "' and is_identity = 'NO' order by ordinal_position")) {
                while (rows.next()) {
                    String column = rows.getString(1);
                    columns.add(column);
                    values.add(column.equals(key) ? "g.number" : column.equals("raised_at") ? "g.at" : "t." + column);
                }
            }
            statement.execute("insert into " + table + " (" + String.join(", ", columns) + ") select "
                    + String.join(", ", values) + " from bench_copy g join " + table + " t on t." + key + " = g.template");
        }
    }

    private void list() throws Exception {
        Issues issues = application.get(Issues.class);
        LocalDate today = LocalDate.now();
        Map<String, IssueQuery> questions = new LinkedHashMap<>();
        questions.put("nothing", query(List.of(), null, null, null, false, null, null, Further.NONE));
        questions.put(
                "two states",
                query(List.of(IssueStatus.TO_SIGN, IssueStatus.VERIFYING), null, null, null, false, null, null, Further.NONE));
        questions.put("category", query(List.of(), "food", null, null, false, null, null, Further.NONE));
        questions.put(
                "source and kind",
                query(List.of(), null, IssueSource.INSPECTION, IssueKind.SUGGESTION, false, null, null, Further.NONE));
        questions.put("overdue", query(List.of(), null, null, null, true, null, null, Further.NONE));
        questions.put("red card", query(List.of(), null, null, null, false, Card.RED, null, Further.NONE));
        questions.put("a word that none has", query(List.of(), null, null, null, false, null, "无此词", Further.NONE));
        questions.put("severity", further(Severity.HIGH, null, false, false, Sort.NEWEST));
        questions.put("ended in 30 days", further(null, today.minusDays(30), false, false, Sort.NEWEST));
        questions.put("came back twice or more", further(null, null, true, false, Sort.NEWEST));
        questions.put("came back after closure", further(null, null, false, true, Sort.NEWEST));
        questions.put("due first", further(null, null, false, false, Sort.DUE));
        questions.put("open longest first", further(null, null, false, false, Sort.LONGEST_OPEN));
        report.line("");
        report.line("First pages of 30 with their counts among %,d issues, median ms of %d.".formatted(ISSUES, ROUNDS));
        report.head("filter or order", "the chair", "the office", "a school");
        CurrentUser[] people = {users.byUsername("chair"), users.byUsername("office"), users.byUsername("principal002")};
        for (Map.Entry<String, IssueQuery> question : questions.entrySet()) {
            Object[] row = new Object[people.length + 1];
            row[0] = question.getKey();
            for (int i = 0; i < people.length; i++) {
                CurrentUser person = people[i];
                Times times = new Times();
                for (int round = 0; round < ROUNDS; round++) {
                    times.time(() -> issues.list(question.getValue(), person));
                }
                row[i + 1] = times.median();
            }
            report.row(row);
        }
        Visitor chair = new Visitor(application.url()).login("chair", BenchApplication.PASSWORD);
        Times board = new Times();
        for (int round = 0; round < ROUNDS; round++) {
            board.time(() -> chair.get("/issues/board"));
        }
        report.line("");
        report.line("The board at the HTTP door, the chair: %.0f ms.".formatted(board.median()));
    }

    private static IssueQuery further(
            Severity severity, LocalDate closedFrom, boolean redone, boolean recurring, Sort sort) {
        return query(
                List.of(), null, null, null, false, null, null,
                new Further(severity, null, null, null, closedFrom, redone, recurring, sort));
    }

    private static IssueQuery query(
            List<IssueStatus> statuses, String category, IssueSource source, IssueKind kind, boolean overdue, Card card,
            String text, Further further) {
        return new IssueQuery(
                statuses, null, null, null, null, category, source, kind, overdue, false, card, text, null, null, further, null, 30);
    }

    private void export() throws Exception {
        Visitor chair = new Visitor(application.url()).login("chair", BenchApplication.PASSWORD);
        report.head("what", "rows", "seconds", "MB", "heap at its highest, MB");
        resetPeaks();
        long begun = System.nanoTime();
        long bytes = chair.compressed("/issues/export");
        double seconds = (System.nanoTime() - begun) / 1e9;
        report.row(
                "the ledger as a workbook",
                database.value("select count(*) from issue where status <> 'protected' and not child_safety"),
                seconds,
                bytes / 1e6,
                peak() >> 20);
    }

    private void bringIn() throws Exception {
        CurrentUser office = users.byUsername("office");
        measure("a former ledger with %d rows at fault, dry".formatted(BAD), BAD, ImportBatch.Purpose.CHECK, office);
        measure("the same without them, dry", 0, ImportBatch.Purpose.CHECK, office);
        measure(
                "written, %.0f %% open with a unit".formatted(OPEN * 100), 0, ImportBatch.Purpose.APPLY, office);
    }

    private void measure(String what, int bad, ImportBatch.Purpose purpose, CurrentUser office) throws Exception {
        Imports imports = application.get(Imports.class);
        byte[] file = file(bad).getBytes(StandardCharsets.UTF_8);
        resetPeaks();
        long begun = System.nanoTime();
        ImportBatch batch = imports.receive("issues", "ledger.csv", new ByteArrayInputStream(file), purpose, office);
        while (batch.status() == ImportBatch.Status.RUNNING) {
            Thread.sleep(100);
            batch = imports.find(batch.id(), office);
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        String end = batch.failure() == null ? batch.status().name() : batch.failure().messageKey();
        report.row(
                what + ": " + end + ", " + batch.rows().invalid() + " rows at fault",
                batch.rows().read(),
                seconds,
                file.length / 1e6,
                peak() >> 20);
    }

    private static String file(int bad) {
        StringBuilder lines = new StringBuilder("标题,问题描述,来源渠道,类别,学校,收到时间,责任单位,整改类型,整改时限,状态,销号时间\n");
        LocalDate today = LocalDate.now();
        int open = (int) Math.round(ROWS * OPEN);
        for (int i = 0; i < ROWS; i++) {
            boolean faulty = i < bad;
            String school = "S%04d".formatted(1 + i % 40);
            lines.append("原台账第").append(i).append("件,放学时段校门口拥堵,政务热线,校园安全,")
                    .append(faulty ? "查无此校" : school)
                    .append(',')
                    .append(today.minusDays(100 + i % 200))
                    .append(',')
                    .append(school)
                    .append(",限期整改,,")
                    .append(i < open ? "," : "已销号," + today.minusDays(i % 90))
                    .append('\n');
        }
        return lines.toString();
    }

    private static void resetPeaks() {
        System.gc();
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }
}
