package org.manyi.spreadsheet;

/**
 * Merged cells; only the one at the top left holds a value.
 *
 * @param firstRow the row's number as people see it
 * @param firstColumn counted from 0
 */
record CellRange(int firstRow, int lastRow, int firstColumn, int lastColumn) {

    boolean contains(int row, int column) {
        return row >= firstRow && row <= lastRow && column >= firstColumn && column <= lastColumn;
    }
}
