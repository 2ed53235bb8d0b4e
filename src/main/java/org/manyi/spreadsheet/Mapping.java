package org.manyi.spreadsheet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which columns a workbook has, and what each stands for.
 *
 * @param sheets the sheets in order, never null
 */
public record Mapping(List<Sheet> sheets) {

    /** In {@link #choose}: reads the sheet, or its hidden rows. */
    public static final String READ = "read";

    /** In {@link #choose}: leaves the sheet out, or its hidden rows. */
    public static final String SKIP = "skip";

    private static final String SHEET = ".sheet";
    private static final String HIDDEN_ROWS = ".hiddenRows";

    /** Takes nothing for none. */
    public Mapping {
        sheets = sheets == null ? List.of() : List.copyOf(sheets);
    }

    /**
     * A sheet.
     *
     * @param name never null
     * @param headerRow the number of the row that holds the headers; 0 where there is none, and the sheet is not read
     * @param columns the columns with a header, from the left; never null
     * @param hidden whether people do not see the sheet in their program
     * @param leftOut whether it is not read although it has headers
     * @param hiddenRows how many rows below the headers people do not see
     * @param withoutHidden whether those are left out
     */
    public record Sheet(
            String name,
            int headerRow,
            List<Found> columns,
            boolean hidden,
            boolean leftOut,
            int hiddenRows,
            boolean withoutHidden) {

        /** A sheet without headers. */
        static Sheet unread(String name) {
            return of(name, 0, List.of());
        }

        /** A sheet of which nothing is hidden. */
        static Sheet of(String name, int headerRow, List<Found> columns) {
            return new Sheet(name, headerRow, columns, false, false, 0, false);
        }

        /** The same with what is hidden; a hidden sheet is left out until somebody chooses it. */
        Sheet hiding(boolean sheetHidden, int rowsHidden) {
            return new Sheet(name, headerRow, columns, sheetHidden, sheetHidden, rowsHidden, false);
        }

        /** The same, read or not, with its hidden rows or without. */
        Sheet decided(boolean sheetLeftOut, boolean hiddenLeftOut) {
            return new Sheet(name, headerRow, columns, hidden, sheetLeftOut, hiddenRows, hiddenLeftOut);
        }

        /** Takes nothing for none. */
        public Sheet {
            columns = columns == null ? List.of() : List.copyOf(columns);
        }

        /** Whether there are headers, so that it can be read. */
        public boolean hasHeaders() {
            return headerRow > 0;
        }

        /** Whether the sheet is read. */
        public boolean isRead() {
            return headerRow > 0 && !leftOut;
        }

        /** The column's letter by the field that it stands for. */
        Map<String, String> letters() {
            Map<String, String> letters = new HashMap<>();
            columns.stream()
                    .filter(column -> column.field() != null)
                    .forEach(column -> letters.put(column.field(), column.letter()));
            return letters;
        }
    }

    /**
     * A column that a sheet has.
     *
     * @param letter as people see it: A, B, AA; never null
     * @param header its text, cut where it is long; never null
     * @param field the field that it stands for, null when it is left out
     */
    public record Found(String letter, String header, String field) {}

    /**
     * The same columns standing for other fields.
     *
     * @param chosen the field by sheet number and letter as in {@code 0.A}; blank or absent leaves the column out; unknown fields do
     *     too. Whether a sheet is read as {@code 0.sheet}, its hidden rows as {@code 0.hiddenRows}: {@link #READ} or {@link #SKIP},
     *     absent leaves it as it is
     * @param fields the kind's fields
     */
    public Mapping choose(Map<String, String> chosen, Set<String> fields) {
        List<Sheet> changed = new ArrayList<>();
        for (int number = 0; number < sheets.size(); number++) {
            Sheet sheet = sheets.get(number);
            List<Found> columns = new ArrayList<>();
            for (Found column : sheet.columns()) {
                String field = chosen.get(number + "." + column.letter());
                columns.add(new Found(column.letter(), column.header(), fields.contains(field) ? field : null));
            }
            changed.add(new Sheet(
                    sheet.name(),
                    sheet.headerRow(),
                    columns,
                    sheet.hidden(),
                    skips(chosen.get(number + SHEET), sheet.leftOut()),
                    sheet.hiddenRows(),
                    skips(chosen.get(number + HIDDEN_ROWS), sheet.withoutHidden())));
        }
        return new Mapping(changed);
    }

    private static boolean skips(String choice, boolean before) {
        return choice == null ? before : choice.equals(SKIP);
    }

    /** The headers of the sheets read, in their normal form, each once. */
    Set<String> headers() {
        Set<String> headers = new HashSet<>();
        sheets.stream().filter(Sheet::isRead).forEach(sheet -> sheet.columns()
                .forEach(column -> headers.add(FormWords.header(column.header()))));
        return headers;
    }

    /**
     * The columns that stand for a field for which their sheet has one already, by sheet number and letter as in {@code 0.A}; empty
     * when every field has at most one.
     */
    Map<String, String> doubled() {
        Map<String, String> doubled = new LinkedHashMap<>();
        for (int number = 0; number < sheets.size(); number++) {
            Set<String> taken = new HashSet<>();
            if (!sheets.get(number).isRead()) {
                continue;
            }
            for (Found column : sheets.get(number).columns()) {
                if (column.field() != null && !taken.add(column.field())) {
                    doubled.put(number + "." + column.letter(), column.field());
                }
            }
        }
        return doubled;
    }

    /** What a person decided for each header, by its normal form; null for a header left out. */
    Map<String, String> choices() {
        Map<String, String> choices = new HashMap<>();
        sheets.forEach(sheet ->
                sheet.columns().forEach(column -> choices.put(FormWords.header(column.header()), column.field())));
        return choices;
    }
}
