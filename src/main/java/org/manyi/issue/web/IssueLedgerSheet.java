package org.manyi.issue.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.manyi.issue.Category;
import org.manyi.issue.Issues;
import org.manyi.issue.Ledger;
import org.manyi.security.CurrentUser;
import org.manyi.shared.MovableClock;
import org.manyi.spreadsheet.SafeSheet;
import org.manyi.spreadsheet.SheetStream;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * The ledger as a workbook with the columns that inspections ask for. It is written to a file first: a reader who takes his time
 * holds no connection to the database, the trail knows the workbook's hash, and what fails is told instead of cut off.
 */
@Component
class IssueLedgerSheet {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final DateTimeFormatter FILE = DateTimeFormatter.ofPattern("yyyyMMdd-HHmm");

    /** The columns in their order; those of which nothing is kept stay empty under their header. */
    private enum Column {
        SERIAL("serial"),
        NUMBER("number"),
        SOURCE("source"),
        RECEIVED("received"),
        REPORTER("reporter"),
        SCHOOL("school"),
        CATEGORY("category"),
        DESCRIPTION("description"),
        BASIS("basis"),
        RECTIFICATION("rectification"),
        GOAL("goal"),
        MEASURES("measures"),
        LEADER("leader"),
        UNIT("unit"),
        PERSON("person"),
        CO_UNITS("coUnits"),
        DUE("due"),
        PROGRESS("progress.column"),
        RESULT("result"),
        EVIDENCE("evidence"),
        VERIFIED_BY("verifiedBy"),
        VERIFIED_AT("verifiedAt"),
        VERIFICATION("verification"),
        CLOSED("closed"),
        APPROVED_BY("approvedBy"),
        CALLBACK("callback"),
        REPEATED("repeated"),
        REMARK("remark");

        private final String key;

        Column(String key) {
            this.key = key;
        }
    }

    private final Ledger ledger;
    private final Issues issues;
    private final MessageSource messages;

    IssueLedgerSheet(Ledger ledger, Issues issues, MessageSource messages) {
        this.ledger = ledger;
        this.issues = issues;
        this.messages = messages;
    }

    /** Gives the rows to a sink. */
    interface Source {

        /** Gives all of them. */
        void read(Ledger.Sink sink) throws IOException;
    }

    /** Sends the issues of these filters that the person may see, and keeps in the trail that he took them. */
    void send(IssueFilters filters, CurrentUser user, HttpServletResponse response) throws IOException {
        send(
                null,
                sink -> ledger.read(filters.asQuery(null, 1), user, sink),
                (rows, sha256) -> ledger.taken(filters.forTheTrail(), rows, sha256, user),
                response);
    }

    /**
     * Sends a workbook with reporters in clear.
     *
     * @param note who asked, who allowed it and for what; stands above the header, never null
     * @param rows reads what was allowed
     * @param taken told how many rows the workbook has and its hash, before anything is sent
     */
    void sendClear(String note, Source rows, BiConsumer<Long, String> taken, HttpServletResponse response)
            throws IOException {
        send(note, rows, taken, response);
    }

    private void send(String clear, Source source, BiConsumer<Long, String> taken, HttpServletResponse response)
            throws IOException {
        Path file = Files.createTempFile("manyi-ledger", ".xlsx");
        try {
            Written written = write(file, clear, source);
            taken.accept(written.rows(), written.sha256());
            response.setContentType(SafeSheet.XLSX_TYPE);
            response.setContentLengthLong(Files.size(file));
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION,
                    ContentDisposition.attachment()
                            .filename(
                                    text(
                                            clear == null ? "issue.ledger.file" : "issue.exports.file",
                                            local(written.asOf()).format(FILE)),
                                    StandardCharsets.UTF_8)
                            .build()
                            .toString());
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            Files.copy(file, response.getOutputStream());
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private record Written(long rows, Instant asOf, String sha256) {}

    private Written write(Path file, String clear, Source source) throws IOException {
        MessageDigest digest = sha256();
        Writer writer;
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            writer = new Writer(out, clear);
            source.read(writer);
            writer.sheet.close();
        }
        return new Written(writer.rows, writer.asOf, HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every platform has SHA-256", e);
        }
    }

    /** Writes row by row; texts are looked up once, for a ledger has many rows of few different words. */
    private final class Writer implements Ledger.Sink {

        private final OutputStream out;
        private final String clear;
        private final Map<String, String> categories =
                issues.categories().stream().collect(Collectors.toMap(Category::code, Category::name));
        private SheetStream sheet;
        private long rows;
        private Instant asOf;
        private int serial;

        Writer(OutputStream out, String clear) {
            this.out = out;
            this.clear = clear;
        }

        @Override
        public void begin(long count, Instant moment) {
            rows = count;
            asOf = moment;
            sheet = new SheetStream(
                    out,
                    text("issue.title"),
                    text(
                                    clear == null ? "issue.ledger.note" : "issue.exports.asOf",
                                    minute(moment),
                                    String.valueOf(count))
                            + (clear == null ? "" : clear),
                    Arrays.stream(Column.values()).map(this::header).toList());
        }

        private String header(Column column) {
            return text(
                    column == Column.REPORTER && clear != null
                            ? "issue.exports.reporter"
                            : "issue.ledger." + column.key);
        }

        @Override
        public void row(Ledger.Row row) throws IOException {
            serial++;
            List<String> cells = new ArrayList<>();
            for (Column column : Column.values()) {
                cells.add(cell(column, row));
            }
            sheet.row(cells);
        }

        private String cell(Column column, Ledger.Row row) {
            return switch (column) {
                case SERIAL -> String.valueOf(serial);
                case NUMBER -> row.number();
                case SOURCE -> text("issue.source." + row.source());
                case RECEIVED -> minute(row.receivedAt());
                case REPORTER -> row.reporter();
                case SCHOOL -> row.school();
                case CATEGORY -> categories.getOrDefault(row.category(), row.category());
                case DESCRIPTION -> row.description() == null ? row.title() : row.title() + "\n" + row.description();
                case BASIS -> row.basis();
                case GOAL -> row.goal();
                case LEADER -> row.leader();
                case RECTIFICATION ->
                    row.rectification() == null ? null : text("issue.rectification." + row.rectification());
                case MEASURES -> row.measures();
                case UNIT -> row.leadUnit();
                case PERSON -> row.rectifiedBy();
                case CO_UNITS -> String.join(text("issue.ledger.comma"), row.coUnits());
                case DUE -> row.dueDate() == null ? null : row.dueDate().toString();
                case PROGRESS -> progress(row);
                case RESULT -> row.result();
                case EVIDENCE ->
                    row.before() + row.after() == 0
                            ? null
                            : text("issue.ledger.files", String.valueOf(row.before()), String.valueOf(row.after()));
                case VERIFIED_BY -> row.verifiedBy();
                case VERIFIED_AT -> minute(row.verifiedAt());
                case VERIFICATION -> verification(row);
                case CLOSED -> minute(row.closedAt());
                case APPROVED_BY -> row.approvedBy();
                case CALLBACK -> callback(row);
                case REPEATED -> repeated(row);
                case REMARK -> remark(row);
            };
        }

        private String progress(Ledger.Row row) {
            String status = text("issue.status." + row.status());
            return row.round() > 1 ? text("issue.ledger.progress", status, String.valueOf(row.round())) : status;
        }

        private String verification(Ledger.Row row) {
            if (row.passed() == null) {
                return null;
            }
            String found = text(row.passed() ? "issue.decision.pass" : "issue.decision.fail");
            return row.verification() == null ? found : found + text("issue.separator") + row.verification();
        }

        private String callback(Ledger.Row row) {
            if (row.satisfaction() != null) {
                return text("issue.satisfaction." + row.satisfaction());
            }
            return row.callOutcome() == null ? null : text("issue.outcome." + row.callOutcome());
        }

        private String repeated(Ledger.Row row) {
            if (row.recurred()) {
                return text("issue.ledger.repeated.recurred");
            }
            return text(row.round() > 1 ? "issue.ledger.repeated.again" : "issue.ledger.repeated.no");
        }

        private String remark(Ledger.Row row) {
            List<String> remarks = new ArrayList<>();
            if (row.supervised()) {
                remarks.add(text("issue.supervised"));
            }
            if (!row.urgency().equals("normal")) {
                remarks.add(text("issue.urgency." + row.urgency()));
            }
            return String.join(text("issue.separator"), remarks);
        }
    }

    static String minute(Instant at) {
        return at == null ? null : local(at).format(MINUTE);
    }

    private static LocalDateTime local(Instant at) {
        return at.atZone(MovableClock.ZONE).toLocalDateTime();
    }

    private String text(String key, Object... args) {
        return messages.getMessage(key, args, LocaleContextHolder.getLocale());
    }
}
