package org.manyi.spreadsheet;

import java.util.List;
import java.util.Map;
import org.manyi.security.CurrentUser;
import org.manyi.shared.FieldProblem;

/**
 * A kind of workbook that can be imported; implemented by the room whose rows it brings. Its name for people is the message
 * {@code spreadsheet.kind.<kind>}, what it brings {@code spreadsheet.kind.<kind>.text}.
 */
public interface ImportKind {

    /**
     * A column of the workbook.
     *
     * @param field the field's name in code, never null
     * @param title the shipped header, never null
     * @param aliases other headers that mean the same, never null
     * @param required whether a row without it is an error
     * @param inherits whether a blank means "as above"
     * @param form what its cells hold, never null
     */
    record Column(String field, String title, List<String> aliases, boolean required, boolean inherits, Form form) {

        /** A column of texts. */
        public Column(String field, String title, List<String> aliases, boolean required, boolean inherits) {
            this(field, title, aliases, required, inherits, Form.TEXT);
        }

        boolean code() {
            return form == Form.CODE;
        }

        boolean day() {
            return form == Form.DAY;
        }
    }

    /** What the cells of a column hold. */
    enum Form {
        /** Texts, as written. */
        TEXT,
        /** Codes: full-width letters and digits become plain, zeros lost at the start are noticed. */
        CODE,
        /** Days in any way that people write them; the value is {@code yyyy-MM-dd}. */
        DAY
    }

    /**
     * A row of the workbook after mapping.
     *
     * @param sheet the sheet's name, never null
     * @param number the row's number as the person sees it, at least 1
     * @param values trimmed text by field, absent or empty when blank; never null
     */
    record Row(String sheet, int number, Map<String, String> values) {

        /** The field's text, "" when blank. */
        public String get(String field) {
            return values.getOrDefault(field, "");
        }
    }

    /** A problem of a row; {@code problem.field()} names the column's field. */
    record RowProblem(Row row, FieldProblem problem) {}

    /** The name in the URL: {@code organisations}, {@code users}; never null, at most 40 characters. */
    String kind();

    /** The columns in the order of the shipped template; never null. */
    List<Column> columns();

    /** Whether the person may import this kind. */
    boolean mayImport(CurrentUser user);

    /** All that is wrong with the rows, against each other and what exists; writes nothing. Required fields were checked before. */
    List<RowProblem> check(List<Row> rows);

    /**
     * Something that a batch made or changed; kept so that the batch can be taken back.
     *
     * @param sheet the sheet of the row that asked for it, never null
     * @param row that row's number
     * @param what the sort of thing, a word of the kind's own; never null
     * @param key which one, never null
     * @param before what was there, by name; null when it was made anew; values may be null
     * @param after what is there since; never null, values may be null
     */
    record Change(
            String sheet, int row, String what, String key, Map<String, String> before, Map<String, String> after) {}

    /** Something that is not taken back, and why; {@code reason.field()} names the column's field. */
    record Kept(Change change, FieldProblem reason) {}

    /**
     * Whether so many rows take so long to write that something others wait for has to be set aside for them before, by
     * {@link #setAside}.
     */
    default boolean setsAside(int rows) {
        return false;
    }

    /**
     * Sets aside what writing sound rows will need, in a short transaction of the caller's before that of {@link #apply}. What a batch
     * leaves that is never written, on this node or one that is gone, the kind finds by itself.
     *
     * @param rows how many, at least 1
     */
    default void setAside(int rows, CurrentUser user, String batchId) {
        throw new UnsupportedOperationException(kind());
    }

    /** Gives back what {@link #setAside} set aside for a batch that was not written, in the caller's transaction. */
    default void giveBack(String batchId) {
        throw new UnsupportedOperationException(kind());
    }

    /**
     * Writes the rows, which {@link #check} found sound, in the caller's transaction.
     *
     * @return what was made and changed, in the order in which it was done; never null
     */
    List<Change> apply(List<Row> rows, CurrentUser user, String batchId);

    /**
     * Takes back what {@link #apply} did, in the caller's transaction: what was made and not used since goes, what was changed and
     * not changed since becomes what it was before. The rest stays as it is.
     *
     * @param changes as {@link #apply} gave them
     * @return what stays, never null
     */
    List<Kept> revert(List<Change> changes);
}
