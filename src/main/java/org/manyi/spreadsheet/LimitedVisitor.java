package org.manyi.spreadsheet;

import java.util.List;
import java.util.SortedMap;
import org.apache.poi.ss.util.CellReference;
import org.manyi.shared.ContentRefusedException;

/** Lets through what keeps the limits on sheets, rows, columns and cells, and refuses the file at the first that does not. */
final class LimitedVisitor implements SheetVisitor {

    private final SheetVisitor visitor;
    private final ReadLimits limits;
    private String sheet = "";
    private int sheets;
    private int rows;

    LimitedVisitor(SheetVisitor visitor, ReadLimits limits) {
        this.visitor = visitor;
        this.limits = limits;
    }

    @Override
    public void sheet(String name) {
        if (++sheets > limits.sheets()) {
            throw ContentRefusedException.tooLarge("spreadsheet.file.tooManySheets", limits.sheets());
        }
        sheet = name;
        visitor.sheet(name);
    }

    @Override
    public void row(int number, SortedMap<Integer, Cell> cells) {
        if (++rows > limits.rows() + ReadLimits.OTHER_ROWS) {
            throw tooManyRows(limits);
        }
        if (cells.lastKey() >= limits.columns()) {
            throw ContentRefusedException.tooLarge(
                    "spreadsheet.file.tooManyColumns",
                    sheet,
                    String.valueOf(number),
                    CellReference.convertNumToColString(cells.lastKey()),
                    limits.columns());
        }
        cells.forEach((column, cell) -> {
            if (cell.text().length() > limits.cellChars()) {
                throw ContentRefusedException.tooLarge(
                        "spreadsheet.file.cellTooLong",
                        sheet,
                        CellReference.convertNumToColString(column) + number,
                        limits.cellChars());
            }
        });
        visitor.row(number, cells);
    }

    @Override
    public void endSheet(List<CellRange> merged) {
        visitor.endSheet(merged);
    }

    static ContentRefusedException tooManyRows(ReadLimits limits) {
        return ContentRefusedException.tooLarge("spreadsheet.file.tooManyRows", limits.rows());
    }
}
