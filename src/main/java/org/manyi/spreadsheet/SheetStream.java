package org.manyi.spreadsheet;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * A workbook of one sheet, written row by row however many there are: what is written is handed on and forgotten. As with
 * {@link SafeSheet}, every cell is a text and none a formula.
 */
public final class SheetStream implements Closeable {

    private static final int ROWS_AT_ONCE = 200;

    private final Workbook workbook;
    private final Worksheet page;
    private int row;

    /**
     * Begins it.
     *
     * @param out not closed by the workbook
     * @param sheet the sheet's name, 1 to 31 characters
     * @param note stands above the header, where an import passes it over
     * @param header never empty
     */
    public SheetStream(OutputStream out, String sheet, String note, List<String> header) {
        this.workbook = new Workbook(out, "Manyi", null);
        this.page = workbook.newWorksheet(sheet);
        page.inlineString(0, 0, SafeSheet.inXml(note));
        for (int column = 0; column < header.size(); column++) {
            page.inlineString(1, column, SafeSheet.inXml(header.get(column)));
            page.width(column, SafeSheet.width(header.get(column)));
        }
        page.range(1, 0, 1, header.size() - 1).style().bold().set();
        page.freezePane(0, 2);
        row = 2;
    }

    /**
     * Writes a row.
     *
     * @param cells texts, null for blank
     */
    public void row(List<String> cells) throws IOException {
        for (int column = 0; column < cells.size(); column++) {
            String text = cells.get(column);
            if (text != null && !text.isEmpty()) {
                page.inlineString(row, column, SafeSheet.inXml(text));
            }
        }
        row++;
        if (row % ROWS_AT_ONCE == 0) {
            page.flush();
        }
    }

    /** Writes what the workbook needs at its end. */
    @Override
    public void close() throws IOException {
        workbook.finish();
    }
}
