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
     * @param code whether it holds codes: full-width letters and digits become plain, zeros lost at the start are noticed
     */
    record Column(String field, String title, List<String> aliases, boolean required, boolean inherits, boolean code) {

        /** A column of texts. */
        public Column(String field, String title, List<String> aliases, boolean required, boolean inherits) {
            this(field, title, aliases, required, inherits, false);
        }
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

    /** Writes the rows, which {@link #check} found sound, in the caller's transaction. */
    void apply(List<Row> rows, CurrentUser user, String batchId);
}
