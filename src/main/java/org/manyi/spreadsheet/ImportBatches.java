package org.manyi.spreadsheet;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.manyi.shared.MovableClock;
import org.manyi.shared.PersonalData;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The rows of batches, their errors and their files. Every change of a running batch names the run that makes it. */
@Repository
class ImportBatches {

    private static final int PART = 256 * 1024;
    private static final int LISTED = 50;
    private static final int LONGEST_ARG = 200;
    private static final TypeReference<List<Object>> ARGS = new TypeReference<>() {};
    private static final int CHANGES_A_PART = 200;
    private static final TypeReference<List<ImportKind.Change>> CHANGES = new TypeReference<>() {};
    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final String COLUMNS =
            "id, kind, file_name, sha256, size_bytes, uploader, uploaded_at, status, purpose, stage, run, rows_read, rows_valid,"
                    + " rows_invalid, rows_skipped, skipped_rows, error_count, failure, failure_args, applied_at, applied_by, reverted_at, reverted_by,"
                    + " exists (select 1 from import_content c where c.batch_id = import_batch.id) as kept,"
                    + " exists (select 1 from import_change c where c.batch_id = import_batch.id) as revertible";

    private final JdbcClient jdbc;
    private final JdbcOperations batchJdbc;
    private final PersonalData personalData;
    private final JsonMapper json = JsonMapper.builder()
            // What an older version wrote says less of a sheet.
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    ImportBatches(JdbcClient jdbc, JdbcOperations batchJdbc, PersonalData personalData) {
        this.jdbc = jdbc;
        this.batchJdbc = batchJdbc;
        this.personalData = personalData;
    }

    /** What a run found. */
    record Result(ImportBatch.Rows rows, List<String> skippedRows, int errorCount, List<ImportProblem> errors) {}

    void insert(ImportBatch batch, Instant leaseUntil, byte[] content) {
        jdbc.sql("""
                        insert into import_batch (id, kind, file_name, sha256, size_bytes, uploader, uploaded_at, mapping, mapping_chosen,
                            status, purpose, stage, run, lease_until, rows_read, rows_valid, rows_invalid, rows_skipped, skipped_rows,
                            error_count)
                        values (:id, :kind, :fileName, :sha256, :size, :uploader, :uploadedAt, :mapping, false,
                            :status, :purpose, :stage, :run, :lease, :rows, 0, 0, 0, '[]', 0)
                        """)
                .param("id", batch.id())
                .param("kind", batch.kind())
                .param("fileName", batch.fileName())
                .param("sha256", batch.sha256())
                .param("size", batch.size())
                .param("uploader", batch.uploader())
                .param("uploadedAt", timestamp(batch.uploadedAt()))
                .param("mapping", json.writeValueAsString(batch.mapping()))
                .param("status", batch.status().name())
                .param("purpose", batch.purpose().name())
                .param("stage", batch.stage().name())
                .param("run", batch.run())
                .param("lease", timestamp(leaseUntil))
                .param("rows", batch.rows().read())
                .update();
        List<Object[]> parts = new ArrayList<>();
        for (int start = 0; start < content.length; start += PART) {
            byte[] part = Arrays.copyOfRange(content, start, Math.min(content.length, start + PART));
            String sealed =
                    personalData.encrypt(new String(Base64.getEncoder().encode(part), StandardCharsets.US_ASCII));
            parts.add(new Object[] {batch.id(), parts.size(), sealed});
        }
        batchJdbc.batchUpdate("insert into import_content (batch_id, part, sealed) values (?, ?, ?)", parts);
    }

    Optional<ImportBatch> find(UUID id) {
        return jdbc.sql("select " + COLUMNS + ", mapping from import_batch where id = :id")
                .param("id", id)
                .query((row, number) -> batch(row, json.readValue(row.getString("mapping"), Mapping.class)))
                .optional();
    }

    /** The latest batches of these kinds, latest first, without their mappings. */
    List<ImportBatch> latest(Collection<String> kinds) {
        return kinds.isEmpty()
                ? List.of()
                : jdbc.sql(
                                "select " + COLUMNS
                                        + " from import_batch where kind in (:kinds) order by uploaded_at desc, id fetch first :limit rows only")
                        .param("kinds", kinds)
                        .param("limit", LISTED)
                        .query((row, number) -> batch(row, new Mapping(List.of())))
                        .list();
    }

    /** When and by whom the same file was applied as this kind; empty when it was not. */
    Optional<ImportBatch> applied(String kind, String sha256) {
        return jdbc.sql("select " + COLUMNS + " from import_batch where applied_key = :appliedKey")
                .param("appliedKey", appliedKey(kind, sha256))
                .query((row, number) -> batch(row, new Mapping(List.of())))
                .optional();
    }

    /** What the person chose last for this kind's columns; empty when nothing yet. */
    Optional<Mapping> lastChosen(String kind, String username) {
        return jdbc.sql("""
                        select mapping from import_batch where kind = :kind and uploader = :uploader and mapping_chosen = true
                        order by uploaded_at desc, id fetch first 1 rows only
                        """)
                .param("kind", kind)
                .param("uploader", username)
                .query((row, number) -> json.readValue(row.getString("mapping"), Mapping.class))
                .optional();
    }

    /** The file as uploaded; empty when it is no longer kept. */
    Optional<byte[]> content(UUID id) {
        List<byte[]> parts = jdbc.sql("select sealed from import_content where batch_id = :id order by part")
                .param("id", id)
                .query((row, number) -> Base64.getDecoder().decode(personalData.decrypt(row.getString("sealed"))))
                .list();
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        byte[] content = new byte[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, content, at, part.length);
            at += part.length;
        }
        return Optional.of(content);
    }

    /** The first errors in the file's order. */
    List<ImportProblem> errors(UUID id, int limit) {
        return jdbc.sql("""
                        select sheet, row_no, column_letter, field, code, message_key, args from import_error
                        where batch_id = :id order by seq fetch first :limit rows only
                        """)
                .param("id", id)
                .param("limit", limit)
                .query((row, number) -> new ImportProblem(
                        row.getString("sheet"),
                        row.getObject("row_no", Integer.class),
                        row.getString("column_letter"),
                        row.getString("field"),
                        row.getString("code"),
                        row.getString("message_key"),
                        json.readValue(row.getString("args"), ARGS)))
                .list();
    }

    /**
     * Begins a run if the batch is still as the person saw it.
     *
     * @return false when somebody else did something first
     */
    boolean startApplying(UUID id, UUID seen, UUID run, Instant leaseUntil) {
        return jdbc.sql("""
                        update import_batch set status = 'RUNNING', purpose = 'APPLY', stage = 'WAITING', run = :run, lease_until = :lease,
                            failure = null, failure_args = null
                        where id = :id and run = :seen and status = 'CHECKED'
                        """)
                        .param("run", run)
                        .param("lease", timestamp(leaseUntil))
                        .param("id", id)
                        .param("seen", seen)
                        .update()
                == 1;
    }

    /**
     * Begins a dry run with other columns; a dry run under way is given up for it.
     *
     * @return false when it is being applied, or was
     */
    boolean startChecking(UUID id, Mapping mapping, UUID run, Instant leaseUntil) {
        return jdbc.sql("""
                        update import_batch set status = 'RUNNING', purpose = 'CHECK', stage = 'WAITING', run = :run, lease_until = :lease,
                            failure = null, failure_args = null, mapping = :mapping, mapping_chosen = true
                        where id = :id and (status in ('CHECKED', 'FAILED') or status = 'RUNNING' and purpose = 'CHECK')
                        """)
                        .param("run", run)
                        .param("lease", timestamp(leaseUntil))
                        .param("mapping", json.writeValueAsString(mapping))
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Marks that the person looked at the columns and left them so. */
    void keepMapping(UUID id) {
        jdbc.sql("update import_batch set mapping_chosen = true where id = :id")
                .param("id", id)
                .update();
    }

    void stage(UUID id, UUID run, ImportBatch.Stage stage) {
        jdbc.sql("update import_batch set stage = :stage where id = :id and run = :run and status = 'RUNNING'")
                .param("stage", stage.name())
                .param("id", id)
                .param("run", run)
                .update();
    }

    /**
     * Ends a run with what it found.
     *
     * @return false when the run was given up meanwhile; nothing is changed then
     */
    boolean finishChecking(UUID id, UUID run, ImportBatch.Status status, Result result) {
        int ended = jdbc.sql("""
                        update import_batch set status = :status, stage = null, lease_until = null, rows_read = :read, rows_valid = :valid,
                            rows_invalid = :invalid, rows_skipped = :skipped, skipped_rows = :skippedRows, error_count = :errors
                        where id = :id and run = :run and status = 'RUNNING'
                        """)
                .param("status", status.name())
                .param("read", result.rows().read())
                .param("valid", result.rows().valid())
                .param("invalid", result.rows().invalid())
                .param("skipped", result.rows().skipped())
                .param("skippedRows", json.writeValueAsString(result.skippedRows()))
                .param("errors", result.errorCount())
                .param("id", id)
                .param("run", run)
                .update();
        if (ended == 1) {
            replaceErrors(id, result.errors());
        }
        return ended == 1;
    }

    /** Notes in the applying transaction that the rows are written. */
    void finishApplying(
            UUID id,
            UUID run,
            String kind,
            String sha256,
            Instant at,
            String username,
            List<ImportKind.Change> changes) {
        List<Object[]> parts = new ArrayList<>();
        for (int start = 0; start < changes.size(); start += CHANGES_A_PART) {
            List<ImportKind.Change> part = changes.subList(start, Math.min(changes.size(), start + CHANGES_A_PART));
            parts.add(new Object[] {id, parts.size(), personalData.encrypt(json.writeValueAsString(part))});
        }
        batchJdbc.batchUpdate("insert into import_change (batch_id, part, sealed) values (?, ?, ?)", parts);
        jdbc.sql("""
                        update import_batch set status = 'APPLIED', applied_key = :appliedKey, applied_at = :at, applied_by = :username
                        where id = :id and run = :run
                        """)
                .param("appliedKey", appliedKey(kind, sha256))
                .param("at", timestamp(at))
                .param("username", username)
                .param("id", id)
                .param("run", run)
                .update();
        jdbc.sql("delete from import_content where batch_id = :id")
                .param("id", id)
                .update();
    }

    /**
     * Begins to take an applied batch back.
     *
     * @return false when it is not applied, is being taken back, or too old to be
     */
    boolean startReverting(UUID id, UUID run, Instant leaseUntil) {
        return jdbc.sql("""
                        update import_batch set status = 'RUNNING', purpose = 'REVERT', stage = 'WAITING', run = :run,
                            lease_until = :lease, failure = null, failure_args = null
                        where id = :id and status = 'APPLIED' and exists (select 1 from import_change c where c.batch_id = :id)
                        """)
                        .param("run", run)
                        .param("lease", timestamp(leaseUntil))
                        .param("id", id)
                        .update()
                == 1;
    }

    /** What the batch made and changed, in that order. */
    List<ImportKind.Change> changes(UUID id) {
        return jdbc
                .sql("select sealed from import_change where batch_id = :id order by part")
                .param("id", id)
                .query((row, number) -> json.readValue(personalData.decrypt(row.getString("sealed")), CHANGES))
                .list()
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Notes in the reverting transaction that the batch is taken back, so that its file may be imported again.
     *
     * @param kept what stayed
     * @return false when the run was given up meanwhile
     */
    boolean finishReverting(UUID id, UUID run, Instant at, String username, List<ImportProblem> kept) {
        int ended = jdbc.sql("""
                        update import_batch set status = 'REVERTED', stage = null, lease_until = null, applied_key = null,
                            reverted_at = :at, reverted_by = :username, error_count = :kept
                        where id = :id and run = :run and status = 'RUNNING'
                        """)
                .param("at", timestamp(at))
                .param("username", username)
                .param("kept", kept.size())
                .param("id", id)
                .param("run", run)
                .update();
        if (ended == 1) {
            replaceErrors(id, kept.stream().limit(ImportBatch.ERRORS_KEPT).toList());
            jdbc.sql("delete from import_change where batch_id = :id")
                    .param("id", id)
                    .update();
        }
        return ended == 1;
    }

    /** Forgets what batches applied before did: they can be taken back no more. */
    void forgetChanges(Instant before) {
        jdbc.sql("""
                        delete from import_change where batch_id in
                            (select id from import_batch where applied_at < :before and status = 'APPLIED')
                        """).param("before", timestamp(before)).update();
    }

    /** Ends a run that broke off. Whether it did is for the run to know: one given up meanwhile changes nothing. */
    void fail(UUID id, UUID run, ImportBatch.Failure failure) {
        jdbc.sql("""
                        update import_batch set status = case when purpose = 'REVERT' then 'APPLIED' else 'FAILED' end,
                            stage = null, lease_until = null, failure = :failure, failure_args = :args
                        where id = :id and run = :run and status = 'RUNNING'
                        """)
                .param("failure", failure.messageKey())
                .param("args", written(failure.args()))
                .param("id", id)
                .param("run", run)
                .update();
    }

    void renewLeases(Collection<UUID> runs, Instant until) {
        jdbc.sql("update import_batch set lease_until = :until where status = 'RUNNING' and run in (:runs)")
                .param("until", timestamp(until))
                .param("runs", runs)
                .update();
    }

    /**
     * Gives up the runs whose node is gone.
     *
     * @return how many
     */
    int failAbandoned(Instant now) {
        return jdbc.sql("""
                        update import_batch set status = case when purpose = 'REVERT' then 'APPLIED' else 'FAILED' end,
                            stage = null, run = null, lease_until = null,
                            failure = 'spreadsheet.failure.interrupted', failure_args = '[]'
                        where status = 'RUNNING' and lease_until < :now
                        """).param("now", timestamp(now)).update();
    }

    /** Deletes the files and errors of batches uploaded before, which nobody applied. */
    void expire(Instant before) {
        for (String table : List.of("import_content", "import_error")) {
            jdbc.sql(
                            "delete from " + table
                                    + " where batch_id in (select id from import_batch where uploaded_at < :before and status <> 'RUNNING')")
                    .param("before", timestamp(before))
                    .update();
        }
    }

    private void replaceErrors(UUID id, List<ImportProblem> errors) {
        jdbc.sql("delete from import_error where batch_id = :id")
                .param("id", id)
                .update();
        List<Object[]> rows = new ArrayList<>();
        for (ImportProblem error : errors) {
            rows.add(new Object[] {
                id,
                rows.size(),
                error.sheet(),
                error.row(),
                error.column(),
                error.field(),
                error.code(),
                error.messageKey(),
                written(error.args())
            });
        }
        batchJdbc.batchUpdate("""
                insert into import_error (batch_id, seq, sheet, row_no, column_letter, field, code, message_key, args)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, rows, new int[] {
            Types.OTHER,
            Types.INTEGER,
            Types.VARCHAR,
            Types.INTEGER,
            Types.VARCHAR,
            Types.VARCHAR,
            Types.VARCHAR,
            Types.VARCHAR,
            Types.VARCHAR
        });
    }

    /** The arguments of a text; a cell's text among them is cut, for it may be long. */
    private String written(List<Object> args) {
        return json.writeValueAsString(args.stream()
                .map(arg -> arg instanceof String text && text.length() > LONGEST_ARG
                        ? text.substring(0, LONGEST_ARG)
                        : arg)
                .toList());
    }

    private ImportBatch batch(ResultSet row, Mapping mapping) throws SQLException {
        String failure = row.getString("failure");
        String stage = row.getString("stage");
        return new ImportBatch(
                row.getObject("id", UUID.class),
                row.getString("kind"),
                row.getString("file_name"),
                row.getString("sha256"),
                row.getLong("size_bytes"),
                row.getString("uploader"),
                instant(row, "uploaded_at"),
                ImportBatch.Status.valueOf(row.getString("status")),
                ImportBatch.Purpose.valueOf(row.getString("purpose")),
                stage == null ? null : ImportBatch.Stage.valueOf(stage),
                row.getObject("run", UUID.class),
                new ImportBatch.Rows(
                        row.getInt("rows_read"),
                        row.getInt("rows_valid"),
                        row.getInt("rows_invalid"),
                        row.getInt("rows_skipped")),
                json.readValue(row.getString("skipped_rows"), TEXTS),
                row.getInt("error_count"),
                failure == null
                        ? null
                        : new ImportBatch.Failure(failure, json.readValue(row.getString("failure_args"), ARGS)),
                mapping,
                row.getBoolean("kept"),
                instant(row, "applied_at"),
                row.getString("applied_by"),
                row.getBoolean("revertible"),
                instant(row, "reverted_at"),
                row.getString("reverted_by"));
    }

    private static String appliedKey(String kind, String sha256) {
        return kind + ":" + sha256;
    }

    private static OffsetDateTime timestamp(Instant at) {
        return at.atZone(MovableClock.ZONE).toOffsetDateTime();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
