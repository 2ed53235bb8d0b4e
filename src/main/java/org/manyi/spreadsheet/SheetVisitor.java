package org.manyi.spreadsheet;

import java.util.List;
import java.util.SortedMap;

/** Meets the rows of a workbook one after another; none is kept by the reader. */
interface SheetVisitor {

    /**
     * A sheet as the workbook describes it.
     *
     * @param name never null
     * @param hidden whether people do not see it
     * @param startsIn1904 whether its days are counted from 1904
     */
    record SheetInfo(String name, boolean hidden, boolean startsIn1904) {}

    /**
     * A sheet begins.
     *
     * @return whether its rows are wanted; otherwise none is passed, but the end is
     */
    boolean sheet(SheetInfo sheet);

    /**
     * A row that is not blank.
     *
     * @param number as people see it, at least 1
     * @param hidden whether people do not see it
     * @param cells the cells that are not blank, by column from 0; never empty; the visitor may keep it
     */
    void row(int number, boolean hidden, SortedMap<Integer, Cell> cells);

    /** The sheet ends. */
    void endSheet(List<CellRange> merged);
}
