package org.manyi.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.manyi.audit.AuditBooks;
import org.manyi.backup.Backups;
import org.manyi.backup.Restorer;
import org.manyi.rehearsal.Books;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * How long it takes to compare the books, to seal and verify the trail, and to back everything up and restore it, on H2 and PostgreSQL.
 * Options: {@code -Dbench.databases=h2,postgres}, {@code -Dbench.cases=100000}, {@code -Dbench.entries=1000000},
 * {@code -Dbench.saved=10000}, {@code -Dbench.megabytes=1024}.
 */
public final class Trust {

    private static final int CASES = Integer.getInteger("bench.cases", 100_000);
    private static final int ENTRIES = Integer.getInteger("bench.entries", 1_000_000);
    private static final int SAVED = Integer.getInteger("bench.saved", 10_000);
    private static final int MEGABYTES = Integer.getInteger("bench.megabytes", 1024);

    private Trust() {}

    /** Runs it. */
    public static void main(String[] args) throws Exception {
        Report report = new Report("Trust");
        report.head("database", "what", "rows or bytes", "seconds");
        for (String name : System.getProperty("bench.databases", "h2,postgres").split(",")) {
            if (CASES > 0) {
                try (Place place = new Place(name)) {
                    place.fill(CASES);
                    place.check(report, CASES + " cases compared");
                }
            }
            if (ENTRIES > 0) {
                try (Place place = new Place(name)) {
                    place.trail(report);
                }
            }
            if (SAVED > 0) {
                Path archive = Files.createTempDirectory("manyi-bench").resolve("backup.zip");
                Path key;
                try (Place place = new Place(name)) {
                    place.fill(SAVED);
                    place.files(MEGABYTES);
                    place.backUp(report, archive);
                    key = place.data.resolve("manyi.key");
                    for (String other : System.getProperty("bench.into", name).split(",")) {
                        try (Place copy = new Place(other, key)) {
                            copy.restore(report, archive, name);
                        }
                    }
                }
            }
        }
    }

    /** A Manyi with a database of its own. */
    private static final class Place implements AutoCloseable {

        private final String name;
        private final BenchDatabase postgres;
        private final BenchApplication application;
        private final String url;
        private final Path data = Files.createTempDirectory("manyi-bench");

        Place(String name) throws IOException {
            this(name, null);
        }

        Place(String name, Path key) throws IOException {
            this.name = name;
            if (key != null) {
                Files.copy(key, data.resolve("manyi.key"));
            }
            postgres = BenchDatabase.start();
            Map<String, String> more = new HashMap<>();
            more.put("manyi.data", data.toString());
            more.put("manyi.demo", "true");
            more.put("manyi.serving", "false");
            if (name.equals("h2")) {
                url = "jdbc:h2:file:" + data.resolve("db/manyi") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000";
                more.put("spring.datasource.url", url);
                more.put("spring.datasource.username", "manyi");
                more.put("spring.datasource.hikari.connection-init-sql", "select 1");
            } else {
                url = postgres.url();
            }
            application = BenchApplication.start(postgres, more);
        }

        private void sql(String... statements) throws SQLException {
            try (Connection connection = name.equals("h2")
                            ? DriverManager.getConnection(url, "manyi", "")
                            : postgres.connect();
                    Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(
                            name.equals("h2")
                                    ? sql.replaceAll("generate_series\\((\\d+), (\\d+)\\) as g \\(x\\)", "system_range($1, $2) as g (x)")
                                    : sql);
                }
                statement.execute("analyze");
            }
        }

        /** Open cases in triage, with their process, task, history and trail, and a done task before. */
        void fill(int cases) throws SQLException {
            String from = " from generate_series(1, " + cases + ") as g (x)";
            String number = "'2026-WT-' || lpad(cast(g.x as varchar(10)), 6, '0')";
            String definition = "(select max(id_) from act_re_procdef where key_ = 'issue-rectification')";
            String now = "timestamp with time zone '2026-11-02 09:00:00+08:00'";
            String local = "timestamp '2026-11-02 09:00:00'";
            sql(
                    "insert into counter (series, n) values ('issue-2026', " + cases + ")",
                    """
                    insert into issue (number, title, description, kind, source, category, severity, school_code, reporter_known,
                        child_safety, concerns, status, urgency, provisional, round, supervised, next_cause, raised_by, raised_at,
                        version, search)
                    select %s, '门口积水', '校门口雨后积水，学生进出不便，请有关单位尽快处理。', 'appeal', 'hotline', 'facilities', 'low', 'S0001', false, false, 'nobody',
                        'triage', 'normal', false, 0, false, 'first', 'office', %s, 1, 'x'
                    """.formatted(number, now)
                            + from,
                    "insert into inbox_case (case_number, restricted, restriction) select " + number + ", false, 'none'" + from,
                    """
                    insert into act_ru_execution (id_, rev_, proc_inst_id_, business_key_, proc_def_id_, is_active_, is_concurrent_,
                        is_scope_, is_event_scope_, suspension_state_, cached_ent_state_, sequence_counter_)
                    select 'e' || g.x, 1, 'e' || g.x, %s, %s, true, false, true, false, 1, 2, 1
                    """.formatted(number, definition)
                            + from,
                    """
                    insert into act_ru_task (id_, rev_, execution_id_, proc_inst_id_, proc_def_id_, name_, task_def_key_, priority_,
                        create_time_, suspension_state_)
                    select 't' || g.x, 1, 'e' || g.x, 'e' || g.x, %s, '研判分办', 'triageIssue', 50, %s, 1
                    """.formatted(definition, local)
                            + from,
                    """
                    insert into act_ru_identitylink (id_, rev_, group_id_, type_, task_id_)
                    select 'l' || g.x, 1, 'dept:office:staff', 'candidate', 't' || g.x
                    """
                            + from,
                    task("'t' || g.x", number, "'open'", "null", now) + from,
                    task("'d' || g.x", number, "'done'", "'office'", now) + from,
                    """
                    insert into inbox_candidate (task_id, post_key, waiting, case_number, process, overdue_from, created_at)
                    select 't' || g.x, 'dept:office:staff', true, %s, 'issue-rectification', %s, %s
                    """.formatted(number, now, now)
                            + from);
            for (int i = 1; i <= 5; i++) {
                sql(
                        "insert into issue_history (number, happened_at, actor, event, to_status) select " + number + ", " + now
                                + ", 'office', 'Step" + i + "', 'triage'" + from,
                        entry(now, "'issue'", number, "'Step" + i + "'") + from);
            }
            sql(entry(now, "'task'", number, "'TaskCompleted'") + from);
            for (int i = 1; i <= 8; i++) {
                sql("""
                        insert into act_hi_actinst (id_, proc_def_key_, proc_def_id_, proc_inst_id_, execution_id_, act_id_, act_type_,
                            start_time_, end_time_, duration_, act_inst_state_, sequence_counter_)
                        select 'a%d-' || g.x, 'issue-rectification', %s, 'e' || g.x, 'e' || g.x, 'step%d', 'serviceTask', %s, %s, 1, 4, 1
                        """.formatted(i, definition, i, local, local)
                        + from);
            }
            sql("""
                    insert into mail (unique_key, username, address, locale, template, case_number, subject, text_body, html_body, message_id,
                        created_at, state, uncertain, attempts, next_attempt_at)
                    select 'k' || g.x, 'office', 'a@example.cn', 'zh-CN', 'case', %s, '待办', '有一件待办', '<p>有一件待办</p>', '<m' || g.x || '@manyi>',
                        %s, 'waiting', false, 0, %s
                    """.formatted(number, now, now)
                    + from);
        }

        private static String entry(String now, String type, String key, String event) {
            return "insert into audit_entry (happened_at, recorded_at, actor, object_type, object_key, event, success, ip, detail) select "
                    + now + ", " + now + ", 'office', " + type + ", " + key + ", " + event
                    + ", true, '10.0.0.1', '{\"from\":\"registered\",\"to\":\"triage\"}'";
        }

        private static String task(String id, String number, String state, String doneBy, String now) {
            return """
                    insert into inbox_task (task_id, task_key, process, case_number, title, urgency, due_date, due_from, due_amount, provisional,
                        overdue_from, created_at, version, state, done_by, search)
                    select %s, 'triageIssue', 'issue-rectification', %s, '门口积水', 'normal', date '2026-11-03', date '2026-11-02', 1, false,
                        %s, %s, 1, %s, %s, 'x'
                    """.formatted(id, number, now, now, state, doneBy);
        }

        /** Files of a megabyte with their rows and entries. */
        void files(int megabytes) throws Exception {
            JdbcTemplate jdbc = application.get(JdbcTemplate.class);
            Random random = new Random(7);
            byte[] bytes = new byte[1 << 20];
            for (int i = 0; i < megabytes; i++) {
                random.nextBytes(bytes);
                UUID id = UUID.randomUUID();
                Path file = data.resolve("evidence")
                        .resolve(id.toString().substring(0, 2))
                        .resolve(id.toString().substring(2, 4))
                        .resolve(id.toString());
                Files.createDirectories(file.getParent());
                Files.write(file, bytes);
                String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
                jdbc.update("""
                        insert into attachment (id, owner_type, owner_id, name, size_bytes, sha256, media_type, uploader, uploaded_at, repeated)
                        values (?, 'case', '2026-WT-000001', 'a.pdf', ?, ?, 'application/pdf', 'office', current_timestamp, false)
                        """, id, bytes.length, sha256);
                jdbc.update("""
                        insert into audit_entry (happened_at, recorded_at, object_type, object_key, event, success, detail)
                        values (current_timestamp, current_timestamp, 'attachment', ?, 'EvidenceStored', true, '{}')
                        """, id.toString());
            }
        }

        void check(Report report, String what) throws Exception {
            Times time = new Times();
            long[] differences = {0};
            time.time(() -> application.get(Books.class).check(line -> {
                System.out.println(line);
                differences[0] += line.startsWith("   ") ? 1 : 0;
            }));
            report.row(name, what, differences[0] + " lines of differences", time.median() / 1000);
        }

        void trail(Report report) throws Exception {
            for (int done = 0; done < ENTRIES; done += 100_000) {
                sql("insert into audit_entry (happened_at, recorded_at, actor, object_type, object_key, event, success, ip, detail) select "
                        + "current_timestamp, timestamp with time zone '2026-11-02 09:00:00+08:00', 'office', 'task', '2026-WT-' || g.x, "
                        + "'TaskCompleted', true, '10.0.0.1', '{\"task\":\"4d1c2b6e-7f6b-11f0-8de9-0242ac120002\",\"key\":\"rectifyIssue\"}'"
                        + " from generate_series(" + (done + 1) + ", " + (done + 100_000) + ") as g (x)");
            }
            Times sealing = new Times();
            sealing.time(() -> scheduled("org.manyi.audit.AuditSealer"));
            report.row(name, "entries sealed", ENTRIES, sealing.median() / 1000);
            Times verifying = new Times();
            AtomicLong differences = new AtomicLong();
            verifying.time(() -> application.get(AuditBooks.class).compare(done -> {}, found -> differences.incrementAndGet()));
            report.row(name, "entries verified, " + differences + " differences", ENTRIES, verifying.median() / 1000);
        }

        /** What a schedule would call. */
        private void scheduled(String type) throws Exception {
            Object worker = application.get(Class.forName(type));
            for (var method : worker.getClass().getDeclaredMethods()) {
                if (method.isAnnotationPresent(Scheduled.class)) {
                    method.setAccessible(true);
                    method.invoke(worker);
                }
            }
        }

        /** While somebody goes on writing rows and files. */
        void backUp(Report report, Path archive) throws Exception {
            AtomicBoolean over = new AtomicBoolean();
            AtomicLong written = new AtomicLong();
            JdbcTemplate jdbc = application.get(JdbcTemplate.class);
            Thread writer = new Thread(() -> {
                var transaction = new org.springframework.transaction.support.TransactionTemplate(
                        application.get(org.springframework.transaction.PlatformTransactionManager.class));
                while (!over.get()) {
                    // A step and its entry: a copy that had one without the other would differ.
                    transaction.executeWithoutResult(status -> {
                        jdbc.update("""
                                insert into issue_history (number, happened_at, actor, event, to_status)
                                values ('2026-WT-000001', current_timestamp, 'office', 'Load', 'triage')
                                """);
                        jdbc.update("""
                                insert into audit_entry (happened_at, recorded_at, object_type, object_key, event, success, detail)
                                values (current_timestamp, current_timestamp, 'issue', '2026-WT-000001', 'Load', true, '{}')
                                """);
                    });
                    written.incrementAndGet();
                }
            });
            writer.start();
            Times time = new Times();
            Backups.Made[] made = new Backups.Made[1];
            try {
                time.time(() -> made[0] = application.get(Backups.class).make(archive));
            } finally {
                over.set(true);
                writer.join();
            }
            report.row(
                    name,
                    SAVED + " cases with " + MEGABYTES + " MB backed up beside " + written + " transactions",
                    made[0].rows() + " rows, " + made[0].bytes() + " bytes",
                    time.median() / 1000);
        }

        void restore(Report report, Path archive, String from) throws Exception {
            Times time = new Times();
            Restorer.Restored[] restored = new Restorer.Restored[1];
            time.time(() -> restored[0] = application.get(Restorer.class).restore(archive));
            report.row(
                    name,
                    "restored from " + from,
                    restored[0].rows() + " rows, " + restored[0].files() + " files",
                    time.median() / 1000);
            check(report, "the copy compared");
            report.line("");
            report.line("Heap at most " + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax() / 1_000_000 + " MB.");
        }

        @Override
        public void close() throws IOException {
            application.close();
            postgres.close();
        }
    }
}
