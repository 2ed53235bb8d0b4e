package org.manyi.spreadsheet;

import java.util.List;
import java.util.SortedMap;

/** Meets the rows of a workbook one after another; none is kept by the reader. */
interface SheetVisitor {

    /** A visible sheet begins. */
    void sheet(String name);

    /**
     * A row that is not blank.
     *
     * @param number as people see it, at least 1
     * @param cells the cells that are not blank, by column from 0; never empty; the visitor may keep it
     */
    void row(int number, SortedMap<Integer, Cell> cells);

    /** The sheet ends. */
    void endSheet(List<CellRange> merged);
}
