package org.manyi.spreadsheet;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A first look at a file: where its headers are, what they stand for, and how many rows lie below them. */
final class Survey implements SheetVisitor {

    private final HeaderFinder finder;
    private final List<Mapping.Sheet> sheets = new ArrayList<>();
    private final List<Integer> rowsOfSheets = new ArrayList<>();
    private String name;
    private SortedMap<Integer, SortedMap<Integer, Cell>> firstRows;
    private int rows;
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
    public void sheet(String sheet) {
        name = sheet;
        firstRows = new TreeMap<>();
        rows = 0;
    }

    @Override
    public void row(int number, SortedMap<Integer, Cell> cells) {
        if (firstRows.size() < HeaderFinder.ROWS_LOOKED_AT) {
            firstRows.put(number, cells);
        }
        rows++;
    }

    @Override
    public void endSheet(List<CellRange> merged) {
        Mapping.Sheet sheet = finder.find(name, firstRows, merged);
        sheets.add(sheet);
        rowsOfSheets.add(rows - firstRows.headMap(sheet.headerRow() + 1).size());
        if (guess == null) {
            Mapping.Sheet candidate = finder.guess(name, firstRows);
            if (candidate.isRead()) {
                guess = candidate;
                guessed = sheets.size() - 1;
            }
        }
    }
}
