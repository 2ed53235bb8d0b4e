package org.manyi.backup;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.manyi.backup.Summary.TableContent;
import org.manyi.evidence.EvidenceArchive;
import org.manyi.shared.LongWork;
import org.manyi.shared.MovableClock;
import org.manyi.shared.PersonalData;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes an archive: {@code manifest.json}, an entry {@code tables/NAME.jsonl} with a JSON array a row for each table, the files under
 * {@code evidence/}, and {@code summary.json}. All rows are of one moment; the files of those rows are read after them, which is as good,
 * for a file never changes and none goes while it is held.
 */
@Component
class ArchiveWriter {

    /** H2's own level of one snapshot over all tables; PostgreSQL's is the standard's repeatable read. */
    private static final int H2_SNAPSHOT = 6;

    private static final Duration HOLD = Duration.ofMinutes(10);
    private static final int FETCHED = 500;
    private static final int DAMAGED_KEPT = 1000;

    private final DataSource database;
    private final EvidenceArchive evidence;
    private final PersonalData key;
    private final JsonMapper json = Archive.json();
    private final MovableClock clock;

    ArchiveWriter(DataSource database, EvidenceArchive evidence, PersonalData key, MovableClock clock) {
        this.database = database;
        this.evidence = evidence;
        this.key = key;
        this.clock = clock;
    }

    /**
     * Writes everything into a file, which has its name only once it is whole and on the disk.
     *
     * @param file must not exist
     * @param alive called now and then while it goes on
     * @throws BackupRefusedException when it cannot be written
     */
    Summary write(Path file, Runnable alive) {
        if (Files.exists(file)) {
            throw new BackupRefusedException(file + " is there already; name another file.");
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (Connection connection = database.getConnection()) {
            evidence.hold(HOLD);
            Summary summary = snapshot(connection, part, () -> {
                evidence.hold(HOLD);
                alive.run();
            });
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return summary;
        } catch (IOException | SQLException e) {
            throw new BackupRefusedException(
                    "The backup could not be written to %s: %s".formatted(part, e.getMessage()), e);
        } finally {
            evidence.hold(Duration.ZERO);
            deleteIfExists(part);
        }
    }

    private Summary snapshot(Connection connection, Path part, Runnable alive) throws SQLException, IOException {
        boolean postgres = LongWork.isPostgres(connection);
        int level = connection.getTransactionIsolation();
        connection.setTransactionIsolation(postgres ? Connection.TRANSACTION_REPEATABLE_READ : H2_SNAPSHOT);
        connection.setAutoCommit(false);
        if (!postgres) {
            execute(connection, "set lazy_query_execution true");
        }
        try (OutputStream file =
                        Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
                ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(file, 1 << 16))) {
            LongWork.liftLimits(connection);
            Summary summary = new Writing(connection, zip, alive).write();
            zip.finish();
            zip.flush();
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            return summary;
        } finally {
            connection.rollback();
            if (!postgres) {
                execute(connection, "set lazy_query_execution false");
            }
            connection.setAutoCommit(true);
            connection.setTransactionIsolation(level);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void deleteIfExists(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new BackupRefusedException(part + " is a broken rest of a backup; remove it.", e);
        }
    }

    /** One archive under way. */
    private final class Writing {

        private final Connection connection;
        private final ZipOutputStream zip;
        private final Runnable alive;
        private final MessageDigest filesSha256 = sha256();
        private final List<String> damaged = new ArrayList<>();
        private long files;
        private long bytes;
        private long heard = System.nanoTime();

        Writing(Connection connection, ZipOutputStream zip, Runnable alive) {
            this.connection = connection;
            this.zip = zip;
            this.alive = alive;
        }

        Summary write() throws SQLException, IOException {
            Schema schema = Schema.of(connection);
            Manifest manifest = new Manifest(
                    Manifest.FORMAT,
                    clock.system()
                            .instant()
                            .atZone(MovableClock.ZONE)
                            .toOffsetDateTime()
                            .toString(),
                    connection.getMetaData().getDatabaseProductName(),
                    schema.migrations(),
                    key.keyFingerprint(),
                    schema.tables().stream().map(Schema.Table::shape).toList());
            byte[] manifestBytes = json.writeValueAsBytes(manifest);
            entry(Archive.MANIFEST, Deflater.BEST_SPEED);
            zip.write(manifestBytes);
            List<TableContent> tables = new ArrayList<>();
            for (Schema.Table table : schema.tables()) {
                tables.add(rows(table));
            }
            files();
            Summary open = new Summary(tables, files, bytes, hex(filesSha256), damaged, "");
            Summary summary = Archive.signed(open, manifestBytes, key, json);
            entry(Archive.SUMMARY, Deflater.BEST_SPEED);
            zip.write(json.writeValueAsBytes(summary));
            zip.closeEntry();
            return summary;
        }

        private void entry(String name, int level) throws IOException {
            zip.setLevel(level);
            zip.putNextEntry(new ZipEntry(name));
        }

        private TableContent rows(Schema.Table table) throws SQLException, IOException {
            entry(Archive.TABLES + table.name() + ".jsonl", Deflater.BEST_SPEED);
            MessageDigest digest = sha256();
            List<Manifest.ColumnShape> columns = table.shape().columns();
            long rows = 0;
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(FETCHED);
                try (ResultSet row = statement.executeQuery("select " + table.columns() + " from " + table.sqlName())) {
                    Object[] values = new Object[columns.size()];
                    while (row.next()) {
                        for (int i = 0; i < values.length; i++) {
                            values[i] = columns.get(i).type().read(row, i + 1);
                        }
                        byte[] line = (json.writeValueAsString(values) + "\n").getBytes(StandardCharsets.UTF_8);
                        digest.update(line);
                        zip.write(line);
                        rows++;
                        beAlive();
                    }
                }
            }
            return new TableContent(table.name(), rows, hex(digest));
        }

        private void files() throws SQLException, IOException {
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(FETCHED);
                try (ResultSet row = statement.executeQuery("select id, size_bytes, sha256 from attachment")) {
                    while (row.next()) {
                        file(row.getObject(1, UUID.class), row.getLong(2), row.getString(3));
                    }
                }
            }
        }

        private void file(UUID id, long size, String sha256) throws IOException {
            String found = "";
            long copied = 0;
            try (InputStream in = evidence.open(id)) {
                if (in != null) {
                    // Pictures and papers are compressed already.
                    entry(Archive.EVIDENCE + id, Deflater.NO_COMPRESSION);
                    MessageDigest digest = sha256();
                    copied = in.transferTo(new Tap(zip, digest));
                    found = hex(digest);
                    files++;
                    bytes += copied;
                    filesSha256.update(Archive.fileLine(id, copied, found));
                }
            }
            if ((copied != size || !found.equals(sha256)) && damaged.size() < DAMAGED_KEPT) {
                damaged.add(id.toString());
            }
            beAlive();
        }

        private void beAlive() {
            long now = System.nanoTime();
            if (now - heard > Duration.ofSeconds(30).toNanos()) {
                heard = now;
                alive.run();
            }
        }
    }

    /** Passes on and counts in; the stream behind stays open. */
    private static final class Tap extends FilterOutputStream {

        private final MessageDigest digest;

        Tap(OutputStream out, MessageDigest digest) {
            super(out);
            this.digest = digest;
        }

        @Override
        public void write(byte[] buffer, int from, int length) throws IOException {
            digest.update(buffer, from, length);
            out.write(buffer, from, length);
        }

        @Override
        public void write(int one) throws IOException {
            digest.update((byte) one);
            out.write(one);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
