package org.manyi.backup;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import javax.sql.DataSource;
import org.manyi.backup.Manifest.ColumnShape;
import org.manyi.backup.Manifest.TableShape;
import org.manyi.backup.Summary.TableContent;
import org.manyi.evidence.EvidenceArchive;
import org.manyi.shared.DataKeyCheck;
import org.manyi.shared.LongWork;
import org.manyi.shared.MovableClock;
import org.manyi.shared.PersonalData;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Fills an empty Manyi from an archive, all or nothing. */
@Component
public class Restorer {

    /** Where people and their work leave something first; a database is empty when these are. */
    private static final List<String> MUST_BE_EMPTY =
            List.of("account", "audit_entry", "attachment", "issue", "org_unit", "act_hi_procinst");

    private static final int BATCH = 1000;
    private static final int LARGE_ROW = 100_000;

    private final DataSource database;
    private final EvidenceArchive evidence;
    private final PersonalData key;
    private final DataKeyCheck keyCheck;
    private final ApplicationEventPublisher events;
    private final MovableClock clock;
    private final JsonMapper json = Archive.json();

    Restorer(
            DataSource database,
            EvidenceArchive evidence,
            PersonalData key,
            DataKeyCheck keyCheck,
            ApplicationEventPublisher events,
            MovableClock clock) {
        this.database = database;
        this.evidence = evidence;
        this.key = key;
        this.keyCheck = keyCheck;
        this.events = events;
        this.clock = clock;
    }

    /**
     * What was put back.
     *
     * @param rows of all tables
     * @param files how many
     * @param bytes in the files
     * @param damaged files that were lost or changed already when the backup was made, never null
     */
    public record Restored(long rows, long files, long bytes, List<String> damaged) {}

    /**
     * Reads an archive once, from its beginning to its end.
     *
     * @throws BackupRefusedException when the archive is not whole, was made by another version or under another data key, or when there is
     *     something in the database or among the files already; then nothing is left behind
     */
    public Restored restore(Path archive) {
        List<UUID> put = new ArrayList<>();
        try (InputStream file = Files.newInputStream(archive);
                ZipInputStream zip = new ZipInputStream(new BufferedInputStream(file, 1 << 16));
                Connection connection = database.getConnection()) {
            Reading reading = new Reading(zip, connection, put);
            Restored restored = reading.restore();
            events.publishEvent(
                    new BackupRestored(clock.instant(), reading.createdAt, restored.rows(), restored.files()));
            return restored;
        } catch (BackupRefusedException e) {
            put.forEach(evidence::remove);
            throw e;
        } catch (ZipException | java.io.EOFException | JacksonException e) {
            put.forEach(evidence::remove);
            throw new BackupRefusedException(archive + " is damaged or not whole: " + e.getMessage(), e);
        } catch (IOException | SQLException | RuntimeException e) {
            put.forEach(evidence::remove);
            throw new BackupRefusedException("The backup could not be restored: " + e.getMessage(), e);
        }
    }

    /** One archive under way. */
    private final class Reading {

        private final ZipInputStream zip;
        private final Connection connection;
        private final List<UUID> put;
        private final List<TableContent> contents = new ArrayList<>();
        private final MessageDigest filesSha256 = ArchiveWriter.sha256();
        private long bytes;
        private String createdAt;

        Reading(ZipInputStream zip, Connection connection, List<UUID> put) {
            this.zip = zip;
            this.connection = connection;
            this.put = put;
        }

        Restored restore() throws IOException, SQLException {
            byte[] manifestBytes = first();
            Manifest manifest = json.readValue(manifestBytes, Manifest.class);
            createdAt = manifest.createdAt();
            Schema schema = Schema.of(connection);
            refuseUnlessFitting(manifest, schema);
            connection.setAutoCommit(false);
            try {
                LongWork.liftLimits(connection);
                List<Schema.ForeignKey> keys = schema.foreignKeys(connection);
                for (Schema.ForeignKey foreignKey : keys) {
                    execute(foreignKey.removal());
                }
                empty(schema);
                Summary summary = content(manifest, schema);
                refuseUnlessWhole(summary, manifestBytes);
                for (Schema.ForeignKey foreignKey : keys) {
                    execute(foreignKey.comingBack());
                }
                schema.continueNumbers(connection);
                connection.commit();
                return new Restored(summary.rows(), put.size(), bytes, summary.damaged());
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }

        private byte[] first() throws IOException {
            ZipEntry entry = zip.getNextEntry();
            if (entry == null || !entry.getName().equals(Archive.MANIFEST)) {
                throw new BackupRefusedException("This is no backup of Manyi.");
            }
            return zip.readAllBytes();
        }

        private void refuseUnlessFitting(Manifest manifest, Schema schema) throws SQLException, IOException {
            if (manifest.format() != Manifest.FORMAT) {
                throw new BackupRefusedException(
                        "The backup has format %d, this Manyi reads %d.".formatted(manifest.format(), Manifest.FORMAT));
            }
            if (!manifest.schema().equals(schema.migrations())) {
                throw new BackupRefusedException(
                        "The backup was made by another version of Manyi (its database has %d migrations, this one %d); restore it with that version, then start this one on it."
                                .formatted(
                                        manifest.schema().size(),
                                        schema.migrations().size()));
            }
            for (String table : MUST_BE_EMPTY) {
                if (count(table) > 0) {
                    throw new BackupRefusedException(
                            "The database is not empty (there is something in %s); restore into an empty one."
                                    .formatted(table));
                }
            }
            if (!evidence.isEmpty()) {
                throw new BackupRefusedException(
                        "There are files in the evidence directory; restore into an empty one.");
            }
            if (!key.reads(manifest.keyFingerprint())) {
                // This start has marked the database, in which nothing is encrypted yet, with its own key.
                keyCheck.forget();
                throw new BackupRefusedException(
                        "The backup was made under another data key (fingerprint %s, here %s): set MANYI_KEY and MANYI_KEY_FORMER, or put the file manyi.key of the backed-up Manyi into MANYI_DATA in place of the one there."
                                .formatted(manifest.keyFingerprint(), key.keyFingerprint()));
            }
        }

        private long count(String table) throws SQLException {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select count(*) from " + table)) {
                row.next();
                return row.getLong(1);
            }
        }

        /** A start leaves a few rows of its own: the engine's properties and deployments, the shipped categories. */
        private void empty(Schema schema) throws SQLException {
            for (Schema.Table table : schema.tables()) {
                if (!MUST_BE_EMPTY.contains(table.name())) {
                    execute("delete from " + table.sqlName());
                }
            }
        }

        private Summary content(Manifest manifest, Schema schema) throws IOException, SQLException {
            Map<String, TableShape> archived =
                    manifest.tables().stream().collect(Collectors.toMap(TableShape::name, Function.identity()));
            Map<String, Schema.Table> own =
                    schema.tables().stream().collect(Collectors.toMap(Schema.Table::name, Function.identity()));
            Map<String, Boolean> seen = new HashMap<>();
            Optional<Summary> summary = Optional.empty();
            ZipEntry entry = zip.getNextEntry();
            while (entry != null && summary.isEmpty()) {
                String name = entry.getName();
                if (name.equals(Archive.SUMMARY)) {
                    summary = Optional.of(json.readValue(zip.readAllBytes(), Summary.class));
                } else if (name.startsWith(Archive.TABLES) && name.endsWith(".jsonl")) {
                    String table = name.substring(Archive.TABLES.length(), name.length() - ".jsonl".length());
                    if (!archived.containsKey(table) || !own.containsKey(table) || seen.put(table, true) != null) {
                        throw new BackupRefusedException("The backup holds a table that this Manyi does not: " + table);
                    }
                    contents.add(rows(archived.get(table), own.get(table)));
                } else if (name.startsWith(Archive.EVIDENCE)) {
                    file(UUID.fromString(name.substring(Archive.EVIDENCE.length())));
                } else {
                    throw new BackupRefusedException("The backup holds something unknown: " + name);
                }
                entry = summary.isPresent() ? null : zip.getNextEntry();
            }
            return summary.orElseThrow(() -> new BackupRefusedException("The backup is not whole: it ends too early."));
        }

        private TableContent rows(TableShape archived, Schema.Table own) throws IOException, SQLException {
            List<ColumnShape> columns = own.shape().columns();
            if (!archived.columns().stream()
                    .map(ColumnShape::name)
                    .toList()
                    .equals(columns.stream().map(ColumnShape::name).toList())) {
                throw new BackupRefusedException("The table %s has other columns here.".formatted(own.name()));
            }
            MessageDigest digest = ArchiveWriter.sha256();
            String sql = "insert into %s (%s) values (%s)"
                    .formatted(
                            own.sqlName(),
                            own.columns(),
                            columns.stream().map(column -> "?").collect(Collectors.joining(", ")));
            long rows = 0;
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        new DigestInputStream(new Unclosed(zip), digest), StandardCharsets.UTF_8));
                String line = lines.readLine();
                int waiting = 0;
                while (line != null) {
                    JsonNode values = json.readTree(line);
                    for (int i = 0; i < columns.size(); i++) {
                        columns.get(i).type().write(insert, i + 1, values.get(i));
                    }
                    insert.addBatch();
                    rows++;
                    waiting++;
                    if (waiting == BATCH || line.length() > LARGE_ROW) {
                        insert.executeBatch();
                        waiting = 0;
                    }
                    line = lines.readLine();
                }
                if (waiting > 0) {
                    insert.executeBatch();
                }
            }
            return new TableContent(own.name(), rows, ArchiveWriter.hex(digest));
        }

        private void file(UUID id) throws IOException {
            Counted counted = new Counted(zip);
            put.add(id);
            String sha256 = evidence.put(id, counted);
            bytes += counted.count;
            filesSha256.update(Archive.fileLine(id, counted.count, sha256));
        }

        private void refuseUnlessWhole(Summary summary, byte[] manifest) {
            boolean genuine = Archive.signed(summary, manifest, key, json).mac().equals(summary.mac());
            boolean same = summary.tables().equals(contents)
                    && summary.files() == put.size()
                    && summary.bytes() == bytes
                    && summary.filesSha256().equals(ArchiveWriter.hex(filesSha256));
            if (!genuine || !same) {
                throw new BackupRefusedException("The backup was changed after it was made.");
            }
        }

        private void execute(String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }
    }

    /** Leaves the archive open behind a reader that closes. */
    private static class Unclosed extends FilterInputStream {

        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // The next entry follows.
        }
    }

    private static final class Counted extends Unclosed {

        private long count;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int n = super.read(buffer, from, length);
            count += Math.max(n, 0);
            return n;
        }
    }
}
