package org.manyi.spreadsheet;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A first look at a file: where its headers are, what they stand for, how many rows lie below them, and what is hidden. A hidden
 * sheet is left out unless a person chooses otherwise, for forms keep their lists of choices there; hidden rows are read, for a
 * filter left on must not lose anybody.
 */
final class Survey implements SheetVisitor {

    private final HeaderFinder finder;
    private final List<Mapping.Sheet> sheets = new ArrayList<>();
    private final List<Integer> rowsOfSheets = new ArrayList<>();
    /** More of a cell's text than any header has; the first rows are kept, and may be long. */
    private static final int HEADER_CHARS = 200;

    private SheetInfo info;
    private SortedMap<Integer, SortedMap<Integer, Cell>> firstRows;
    private int rows;
    private List<Integer> hiddenRows;
    private Mapping.Sheet guess;
    private int guessed;

    Survey(HeaderFinder finder) {
        this.finder = finder;
    }

    /** The columns of all sheets. Where no sheet has headers that are known, those of the first sheet with texts. */
    Mapping mapping() {
        List<Mapping.Sheet> found = new ArrayList<>(sheets);
        if (guess != null && found.stream().noneMatch(Mapping.Sheet::isRead)) {
            found.set(guessed, guess);
        }
        return new Mapping(found);
    }

    /** About how many rows will be read: those below the headers, with totals and notes. */
    int rows() {
        Mapping mapping = mapping();
        int all = 0;
        for (int sheet = 0; sheet < rowsOfSheets.size(); sheet++) {
            all += mapping.sheets().get(sheet).isRead() ? rowsOfSheets.get(sheet) : 0;
        }
        return all;
    }

    @Override
    public boolean sheet(SheetInfo sheet) {
        info = sheet;
        firstRows = new TreeMap<>();
        rows = 0;
        hiddenRows = new ArrayList<>();
        return true;
    }

    @Override
    public void row(int number, boolean hidden, SortedMap<Integer, Cell> cells) {
        if (firstRows.size() < HeaderFinder.ROWS_LOOKED_AT) {
            cells.replaceAll((column, cell) -> cell.text().length() <= HEADER_CHARS
                    ? cell
                    : new Cell(cell.text().substring(0, HEADER_CHARS), cell.nature()));
            firstRows.put(number, cells);
        }
        if (hidden) {
            hiddenRows.add(number);
        }
        rows++;
    }

    @Override
    public void endSheet(List<CellRange> merged) {
        Mapping.Sheet found = finder.find(info.name(), firstRows, merged);
        int hiddenBelow = (int)
                hiddenRows.stream().filter(number -> number > found.headerRow()).count();
        Mapping.Sheet sheet = found.hiding(info.hidden(), hiddenBelow);
        sheets.add(sheet);
        rowsOfSheets.add(rows - firstRows.headMap(sheet.headerRow() + 1).size());
        if (guess == null && !info.hidden()) {
            Mapping.Sheet candidate = finder.guess(info.name(), firstRows).hiding(false, hiddenRows.size());
            if (candidate.isRead()) {
                guess = candidate;
                guessed = sheets.size() - 1;
            }
        }
    }
}
