package org.manyi.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestDistrict;
import org.manyi.TestSession;
import org.manyi.evidence.EvidenceArchive;
import org.manyi.evidence.Samples;
import org.manyi.evidence.TestArchives;
import org.manyi.shared.DataKeyCheck;
import org.manyi.shared.MovableClock;
import org.manyi.shared.PersonalData;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What goes into a backup comes out of it, in either database, or nothing does. */
@ManyiTest
class BackupTests {

    @Autowired
    private Backups backups;

    @Autowired
    private BackupRuns runs;

    @Autowired
    private Flyway flyway;

    @Autowired
    private PersonalData key;

    @Autowired
    private DataKeyCheck keyCheck;

    @Autowired
    private MovableClock clock;

    @Autowired
    private TestClient client;

    @Autowired
    private JdbcClient jdbc;

    @TempDir
    private Path place;

    /** Another Manyi, empty. */
    private final class Elsewhere {

        private final DataSource database;
        private final EvidenceArchive evidence;
        private PersonalData itsKey = key;

        Elsewhere(DataSource database, String vendor) {
            this.database = database;
            this.evidence =
                    TestArchives.at(place.resolve("evidence-" + UUID.randomUUID()), JdbcClient.create(database), clock);
            Flyway.configure()
                    .configuration(flyway.getConfiguration())
                    .locations("classpath:db/migration", "classpath:db/vendor/" + vendor)
                    .javaMigrations(flyway.getConfiguration().getJavaMigrations())
                    .dataSource(database)
                    .load()
                    .migrate();
        }

        Restorer.Restored restore(Path archive) {
            return new Restorer(database, evidence, itsKey, keyCheck, event -> {}, clock).restore(archive);
        }

        Path backup(Path file) {
            new ArchiveWriter(database, evidence, itsKey, clock).write(file, () -> {});
            return file;
        }

        long count(String table) {
            return JdbcClient.create(database)
                    .sql("select count(*) from " + table)
                    .query(Long.class)
                    .single();
        }
    }

    private Elsewhere h2() {
        return new Elsewhere(
                new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "manyi", ""),
                "h2");
    }

    private Path backup() {
        client.as("office").upload("/api/v1/attachments", "p.png", Samples.png(11));
        Path file = place.resolve("backup-" + UUID.randomUUID() + ".zip");
        backups.make(file);
        return file;
    }

    @Test
    void everyRowAndFileComesBackIntoH2() throws IOException {
        comesBackInto(h2());
    }

    @Test
    void everyRowAndFileComesBackIntoPostgres() throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("timezone", "Asia/Shanghai")
                .setServerConfig("fsync", "off")
                .start()) {
            comesBackInto(new Elsewhere(postgres.getPostgresDatabase(), "postgresql"));
        }
    }

    private void comesBackInto(Elsewhere elsewhere) throws IOException {
        Path archive = backup();

        Restorer.Restored restored = elsewhere.restore(archive);

        assertThat(restored.files()).isPositive();
        assertThat(restored.rows()).isGreaterThan(1000);
        Map<String, List<String>> before = content(archive);
        Map<String, List<String>> after = content(elsewhere.backup(place.resolve("again.zip")));
        assertThat(after.keySet()).isEqualTo(before.keySet());
        before.forEach((entry, lines) -> assertThat(after.get(entry)).as(entry).isEqualTo(lines));
        assertThat(before.keySet())
                .contains("tables/issue.jsonl", "tables/act_ru_task.jsonl", "tables/audit_seal.jsonl")
                .doesNotContain("tables/spring_session.jsonl", "tables/api_token.jsonl", "tables/data_key.jsonl");
        JdbcClient there = JdbcClient.create(elsewhere.database);
        long highest =
                there.sql("select max(id) from audit_entry").query(Long.class).single();
        there.sql("""
                        insert into audit_entry (happened_at, recorded_at, object_type, object_key, event, success, detail)
                        values (current_timestamp, current_timestamp, 'x', 'x', 'x', true, '{}')
                        """).update();
        assertThat(there.sql("select max(id) from audit_entry")
                        .query(Long.class)
                        .single())
                .as("numbers go on")
                .isEqualTo(highest + 1);
        assertThatThrownBy(
                        () -> there.sql("insert into issue_co_unit (number, unit_code) values ('1999-WT-00001', 'X')")
                                .update())
                .as("foreign keys hold again")
                .isInstanceOf(org.springframework.dao.DataIntegrityViolationException.class);
        assertThatThrownBy(() -> elsewhere.restore(archive))
                .isInstanceOf(BackupRefusedException.class)
                .hasMessageContaining("not empty");
    }

    /** The lines of every entry in an order of their own, for a database gives rows in any. */
    private static Map<String, List<String>> content(Path archive) throws IOException {
        Map<String, List<String>> content = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] bytes = zip.readAllBytes();
                if (entry.getName().startsWith("tables/")) {
                    content.put(
                            entry.getName(),
                            new String(bytes, StandardCharsets.UTF_8)
                                    .lines()
                                    .sorted()
                                    .toList());
                } else if (entry.getName().startsWith("evidence/")) {
                    content.put(entry.getName(), List.of(Arrays.hashCode(bytes) + " " + bytes.length));
                }
            }
        }
        return content;
    }

    @Test
    void aBrokenBackupLeavesNothing() throws IOException {
        Path archive = backup();
        byte[] whole = Files.readAllBytes(archive);
        Elsewhere elsewhere = h2();

        refused(elsewhere, Arrays.copyOf(whole, whole.length / 2), "not whole");
        refused(elsewhere, "no zip at all".getBytes(StandardCharsets.UTF_8), "no backup");
        refused(
                elsewhere,
                changed(whole, "tables/account.jsonl", text -> text.replaceFirst("jijiao", "jijia0")),
                "changed");
        refused(
                elsewhere,
                changed(whole, "tables/account.jsonl", text -> text.replaceFirst("[^\n]*\n", "")),
                "changed");
        refused(
                elsewhere,
                changed(whole, "summary.json", text -> text.replaceFirst("\"files\":\\d+", "\"files\":0")),
                "changed");
        refused(
                elsewhere,
                changed(whole, "manifest.json", text -> text.replace("\"11.1\"", "\"11.9\"")),
                "another version");
        refused(elsewhere, changed(whole, "summary.json", null), "ends too early");

        assertThat(elsewhere.restore(archive).files())
                .as("and it can still be restored")
                .isPositive();
    }

    private void refused(Elsewhere elsewhere, byte[] archive, String why) throws IOException {
        Path file = place.resolve("broken.zip");
        Files.write(file, archive);

        assertThatThrownBy(() -> elsewhere.restore(file))
                .isInstanceOf(BackupRefusedException.class)
                .hasMessageContaining(why);
        assertThat(elsewhere.count("account")).as(why).isZero();
        assertThat(elsewhere.evidence.isEmpty()).as(why).isTrue();
    }

    private static byte[] changed(byte[] archive, String name, UnaryOperator<String> change) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipInputStream zip = new ZipInputStream(new java.io.ByteArrayInputStream(archive));
                ZipOutputStream copy = new ZipOutputStream(out)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] bytes = zip.readAllBytes();
                boolean meant = entry.getName().equals(name);
                if (meant && change == null) {
                    continue;
                }
                copy.putNextEntry(new ZipEntry(entry.getName()));
                copy.write(
                        meant
                                ? change.apply(new String(bytes, StandardCharsets.UTF_8))
                                        .getBytes(StandardCharsets.UTF_8)
                                : bytes);
            }
        }
        return out.toByteArray();
    }

    @Test
    void anotherDataKeyIsToldOf() {
        Path archive = backup();
        Elsewhere elsewhere = h2();
        JdbcClient.create(elsewhere.database)
                .sql("insert into data_key (id, proof) values (1, 'of the other key')")
                .update();
        elsewhere.itsKey = new PersonalDataWith(new byte[32], List.of()).key();
        DataKeyCheck itsCheck = elsewhereCheck(elsewhere);

        assertThatThrownBy(() -> new Restorer(
                                elsewhere.database, elsewhere.evidence, elsewhere.itsKey, itsCheck, event -> {}, clock)
                        .restore(archive))
                .isInstanceOf(BackupRefusedException.class)
                .hasMessageContaining("another data key")
                .hasMessageContaining(key.keyFingerprint());
        assertThat(elsewhere.count("data_key"))
                .as("the right key may come next")
                .isZero();
    }

    @Test
    void aKeyChangedSinceReadsWhatTheFormerOneWrote() {
        byte[] other = new byte[32];
        PersonalData first = new PersonalDataWith(new byte[32], List.of()).key();
        other[0] = 1;
        PersonalData second =
                new PersonalDataWith(other, List.of(Base64.getEncoder().encodeToString(new byte[32]))).key();

        assertThat(second.reads(first.keyFingerprint())).isTrue();
        assertThat(second.reads(second.keyFingerprint())).isTrue();
        assertThat(first.reads(second.keyFingerprint())).isFalse();
        assertThat(new PersonalDataWith(other, List.of()).key().reads(second.keyFingerprint()))
                .as("the seals are of the former one")
                .isFalse();
    }

    private static DataKeyCheck elsewhereCheck(Elsewhere elsewhere) {
        try {
            var constructor = DataKeyCheck.class.getDeclaredConstructor(JdbcClient.class, PersonalData.class);
            constructor.setAccessible(true);
            return constructor.newInstance(JdbcClient.create(elsewhere.database), elsewhere.itsKey);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** A data key of one's own. */
    private record PersonalDataWith(byte[] bytes, List<String> former) {

        PersonalData key() {
            try {
                var constructor = PersonalData.class.getDeclaredConstructor(String.class, List.class, Path.class);
                constructor.setAccessible(true);
                return constructor.newInstance(Base64.getEncoder().encodeToString(bytes), former, Path.of("."));
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void aFileIsNeverWrittenOver() throws IOException {
        Path file = Files.writeString(place.resolve("mine.txt"), "mine");

        assertThatThrownBy(() -> backups.make(file)).isInstanceOf(BackupRefusedException.class);
        assertThatThrownBy(() -> BackupCommand.ask(backups.directory(), file))
                .isInstanceOf(BackupRefusedException.class);

        assertThat(file).hasContent("mine");
        assertThatThrownBy(() -> backups.make(place.resolve("no/such/directory.zip")))
                .isInstanceOf(BackupRefusedException.class);
    }

    @Test
    void aLostFileIsNamedAndTheRestIsSaved() throws IOException {
        UUID lost = UUID.randomUUID();
        jdbc.sql("""
                        insert into attachment (id, owner_type, owner_id, name, size_bytes, sha256, media_type, uploader, uploaded_at, repeated)
                        values (:id, 'draft', 'office', 'x.png', 5, 'x', 'image/png', 'office', current_timestamp, false)
                        """).param("id", lost).update();
        try {
            assertThat(backups.make(place.resolve("some.zip")).damaged()).contains(lost.toString());
        } finally {
            jdbc.sql("delete from attachment where id = :id").param("id", lost).update();
        }
    }

    @Test
    void theCommandAsksTheRunningOne() throws Exception {
        Path wanted = place.resolve("wanted.zip");
        CompletableFuture<Backups.Made> command =
                CompletableFuture.supplyAsync(() -> BackupCommand.ask(backups.directory(), wanted));
        while (!command.isDone()) {
            backups.work();
        }

        assertThat(command.get().rows()).isGreaterThan(1000);
        assertThat(wanted).isNotEmptyFile();
        assertThat(h2().restore(wanted).rows()).isEqualTo(command.get().rows());
        try (Stream<Path> left = Files.list(backups.directory())) {
            assertThat(left.filter(file -> file.getFileName().toString().startsWith("ask-")))
                    .isEmpty();
        }
    }

    @Test
    void theSystemAdministratorAsksOnThePageAndOldOnesGo() throws IOException {
        TestSession sysadmin = new TestSession(client.baseUrl());
        sysadmin.login("sysadmin", TestDistrict.PASSWORD);
        Files.createDirectories(backups.directory());
        try (Stream<Path> ofOtherTests = Files.list(backups.directory())) {
            for (Path file : ofOtherTests.toList()) {
                Files.delete(file);
            }
        }
        List<Path> old = new ArrayList<>();
        for (int day = 10; day < 20; day++) {
            old.add(Files.writeString(backups.directory().resolve("manyi-2026-01-" + day + "-023000.zip"), "old"));
        }
        Path mine = Files.writeString(backups.directory().resolve("mine.zip"), "mine");

        HttpResponse<String> asked = sysadmin.submit("/backups", "/backups", Map.of());
        assertThat(asked.statusCode()).isEqualTo(302);
        assertThat(sysadmin.get("/backups").body()).contains("等待");
        backups.work();

        assertThat(sysadmin.get("/backups").body()).contains("完成", "manyi-", "个附件");
        assertThat(sysadmin.get("/backups?lang=en").body()).contains("Made", "rows,");
        assertThat(old.stream().filter(Files::exists))
                .as("seven are kept, the new one among them")
                .hasSize(6);
        assertThat(old.get(9)).exists();
        assertThat(mine).exists();
        for (String other : List.of("chair", "secadmin", "auditor")) {
            assertThat(client.as(other).get("/backups").status()).isEqualTo(403);
        }
    }

    @Test
    void allNodesTogetherMakeOneADay() {
        jdbc.sql("delete from backup_run").update();
        runs.request("day:2026-03-02", null);
        runs.request("day:2026-03-02", null);

        assertThat(runs.latest(10)).hasSize(1);
        assertThat(runs.takeNext()).isPresent();
        assertThat(runs.takeNext()).isEmpty();
        jdbc.sql("update backup_run set working_at = timestamp with time zone '2026-03-02 02:30:00+08:00'")
                .update();
        assertThat(runs.latest(1).get(0).state()).isEqualTo(BackupRun.State.INTERRUPTED);
        jdbc.sql("delete from backup_run").update();
    }
}
