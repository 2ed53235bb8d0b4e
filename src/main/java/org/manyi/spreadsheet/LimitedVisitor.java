package org.manyi.spreadsheet;

import java.util.List;
import java.util.SortedMap;
import org.apache.poi.ss.util.CellReference;
import org.manyi.shared.ContentRefusedException;

/** Lets through what keeps the limits on sheets, rows, columns and cells, and refuses the file at the first that does not. */
final class LimitedVisitor implements SheetVisitor {

    private final SheetVisitor visitor;
    private final ReadLimits limits;
    private SheetInfo sheet;
    private int sheets;
    private int rows;

    LimitedVisitor(SheetVisitor visitor, ReadLimits limits) {
        this.visitor = visitor;
        this.limits = limits;
    }

    @Override
    public boolean sheet(SheetInfo info) {
        if (!info.hidden() && ++sheets > limits.sheets()) {
            throw ContentRefusedException.tooLarge("spreadsheet.file.tooManySheets", limits.sheets());
        }
        sheet = info;
        return visitor.sheet(info);
    }

    @Override
    public void row(int number, boolean hidden, SortedMap<Integer, Cell> cells) {
        // Hidden sheets hold lists of choices, which may be long; where one is read, its reader counts.
        if (!sheet.hidden() && ++rows > limits.rows() + ReadLimits.OTHER_ROWS) {
            throw tooManyRows(limits);
        }
        if (cells.lastKey() >= limits.columns()) {
            throw tooManyColumns(limits, sheet.name(), number, cells.lastKey());
        }
        cells.forEach((column, cell) -> {
            if (cell.text().length() > limits.cellChars()) {
                throw ContentRefusedException.tooLarge(
                        "spreadsheet.file.cellTooLong",
                        sheet.name(),
                        CellReference.convertNumToColString(column) + number,
                        limits.cellChars());
            }
        });
        visitor.row(number, hidden, cells);
    }

    @Override
    public void endSheet(List<CellRange> merged) {
        visitor.endSheet(merged);
    }

    /** Refuses a cell too far to the right; the column is counted from 0. */
    static ContentRefusedException tooManyColumns(ReadLimits limits, String sheet, int row, int column) {
        return ContentRefusedException.tooLarge(
                "spreadsheet.file.tooManyColumns",
                sheet,
                String.valueOf(row),
                CellReference.convertNumToColString(column),
                limits.columns());
    }

    static ContentRefusedException tooManyRows(ReadLimits limits) {
        return ContentRefusedException.tooLarge("spreadsheet.file.tooManyRows", limits.rows());
    }
}
