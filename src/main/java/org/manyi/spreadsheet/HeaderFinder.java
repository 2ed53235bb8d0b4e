package org.manyi.spreadsheet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.poi.ss.util.CellReference;

/**
 * Finds the row that holds the headers below the title rows, and what each header stands for. Of headers in several rows the last
 * row counts, into which merged cells reach down.
 */
final class HeaderFinder {

    /** As many rows as titles may take. */
    static final int ROWS_LOOKED_AT = 20;

    /** A row is a header when it names two columns, or all of a kind that has fewer. */
    private static final int ENOUGH = 2;

    private static final int HEADER_CHARS = 60;

    private final List<ImportKind.Column> columns;
    private final Map<String, String> guesses = new HashMap<>();
    private final Map<String, String> chosen = new HashMap<>();
    private final Set<String> leftOut = new HashSet<>();

    /**
     * A finder for a kind of import.
     *
     * @param columns the kind's columns
     * @param choices what people decided before, field by normal header, null for a header left out; these win over the aliases,
     *     but a required column is not left out for them
     */
    HeaderFinder(List<ImportKind.Column> columns, Map<String, String> choices) {
        this.columns = columns;
        for (ImportKind.Column column : columns) {
            guesses.put(FormWords.header(column.field()), column.field());
        }
        for (ImportKind.Column column : columns) {
            column.aliases().forEach(alias -> guesses.put(FormWords.header(alias), column.field()));
        }
        for (ImportKind.Column column : columns) {
            guesses.put(FormWords.header(column.title()), column.field());
        }
        Set<String> required = new HashSet<>();
        columns.stream()
                .filter(ImportKind.Column::required)
                .map(ImportKind.Column::field)
                .forEach(required::add);
        Set<String> known = new HashSet<>(guesses.values());
        choices.forEach((header, field) -> {
            if (known.contains(field)) {
                chosen.put(header, field);
            } else if (!required.contains(guesses.get(header))) {
                leftOut.add(header);
            }
        });
    }

    /**
     * The sheet's columns.
     *
     * @param rows the first rows that are not blank, by number
     * @param merged the sheet's merged cells
     * @return a sheet that is not read where no row looks like headers
     */
    Mapping.Sheet find(String sheet, SortedMap<Integer, SortedMap<Integer, Cell>> rows, List<CellRange> merged) {
        int best = 0;
        int bestScore = 0;
        SortedMap<Integer, Cell> bestCells = null;
        for (Map.Entry<Integer, SortedMap<Integer, Cell>> row : rows.entrySet()) {
            SortedMap<Integer, Cell> cells = filled(row.getKey(), row.getValue(), rows, merged);
            int score = score(cells);
            boolean repeatsMerged = score == bestScore && best == row.getKey() - 1 && cells.equals(bestCells);
            if (score > bestScore || score > 0 && repeatsMerged) {
                best = row.getKey();
                bestScore = score;
                bestCells = cells;
            }
        }
        return bestScore < Math.min(ENOUGH, columns.size())
                ? Mapping.Sheet.unread(sheet)
                : mapped(sheet, best, bestCells);
    }

    /** The row that most looks like headers although it names none of ours: the one with the most texts. */
    Mapping.Sheet guess(String sheet, SortedMap<Integer, SortedMap<Integer, Cell>> rows) {
        int best = 0;
        int most = 0;
        for (Map.Entry<Integer, SortedMap<Integer, Cell>> row : rows.entrySet()) {
            int texts = (int) row.getValue().values().stream()
                    .filter(cell -> cell.nature() == Cell.Nature.TEXT)
                    .count();
            if (texts > most) {
                best = row.getKey();
                most = texts;
            }
        }
        return best == 0 ? Mapping.Sheet.unread(sheet) : mapped(sheet, best, rows.get(best));
    }

    private Mapping.Sheet mapped(String sheet, int row, SortedMap<Integer, Cell> cells) {
        Map<Integer, String> fields = new HashMap<>();
        Set<String> taken = new HashSet<>();
        assign(cells, chosen, fields, taken);
        assign(cells, guesses, fields, taken);
        List<Mapping.Found> found = new ArrayList<>();
        cells.forEach((column, cell) -> {
            String header = cell.text().length() > HEADER_CHARS ? cell.text().substring(0, HEADER_CHARS) : cell.text();
            found.add(new Mapping.Found(CellReference.convertNumToColString(column), header, fields.get(column)));
        });
        return Mapping.Sheet.of(sheet, row, found);
    }

    /** Gives each field to the first of its columns that has none yet. */
    private void assign(
            SortedMap<Integer, Cell> cells,
            Map<String, String> meanings,
            Map<Integer, String> fields,
            Set<String> taken) {
        cells.forEach((column, cell) -> {
            String header = FormWords.header(cell.text());
            String field = leftOut.contains(header) ? null : meanings.get(header);
            if (field != null && !fields.containsKey(column) && taken.add(field)) {
                fields.put(column, field);
            }
        });
    }

    private int score(SortedMap<Integer, Cell> cells) {
        Set<String> fields = new HashSet<>();
        cells.values().forEach(cell -> {
            String header = FormWords.header(cell.text());
            fields.add(chosen.getOrDefault(header, guesses.get(header)));
        });
        fields.remove(null);
        return fields.size();
    }

    /** The row with the values that merged cells bring from above. */
    private static SortedMap<Integer, Cell> filled(
            int number,
            SortedMap<Integer, Cell> cells,
            SortedMap<Integer, SortedMap<Integer, Cell>> rows,
            List<CellRange> merged) {
        SortedMap<Integer, Cell> filled = new TreeMap<>(cells);
        for (CellRange range : merged) {
            if (number > range.firstRow() && number <= range.lastRow() && rows.containsKey(range.firstRow())) {
                Cell above = rows.get(range.firstRow()).get(range.firstColumn());
                if (above != null) {
                    filled.putIfAbsent(range.firstColumn(), above);
                }
            }
        }
        return filled;
    }
}
