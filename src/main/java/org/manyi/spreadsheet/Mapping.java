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
 * @param sheets the visible sheets in order, never null
 */
public record Mapping(List<Sheet> sheets) {

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
     */
    public record Sheet(String name, int headerRow, List<Found> columns) {

        /** Takes nothing for none. */
        public Sheet {
            columns = columns == null ? List.of() : List.copyOf(columns);
        }

        /** Whether the sheet is read. */
        public boolean isRead() {
            return headerRow > 0;
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
     * @param chosen the field by sheet number and letter as in {@code 0.A}; blank or absent leaves the column out; unknown fields do too
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
            changed.add(new Sheet(sheet.name(), sheet.headerRow(), columns));
        }
        return new Mapping(changed);
    }

    /**
     * The columns that stand for a field for which their sheet has one already, by sheet number and letter as in {@code 0.A}; empty
     * when every field has at most one.
     */
    Map<String, String> doubled() {
        Map<String, String> doubled = new LinkedHashMap<>();
        for (int number = 0; number < sheets.size(); number++) {
            Set<String> taken = new HashSet<>();
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
