package org.manyi.spreadsheet;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Writes tables for people to download. What a user typed never becomes a formula, for every cell is a text; text files are written by
 * {@link org.manyi.shared.SafeCsv}.
 */
public final class SafeSheet {

    /** The media type of a workbook. */
    public static final String XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static final int CELL_CHARS = 32_767;
    private static final int WIDEST = 60;
    private static final int NARROWEST = 8;
    private static final Pattern NOT_IN_XML =
            Pattern.compile("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF\\p{Cs}]");

    private SafeSheet() {}

    /**
     * Writes a workbook of one sheet.
     *
     * @param sheet the sheet's name, 1 to 31 characters
     * @param header never empty
     * @param rows texts, null for blank
     */
    public static void writeXlsx(OutputStream out, String sheet, List<String> header, Iterable<List<String>> rows)
            throws IOException {
        Workbook workbook = new Workbook(out, "Manyi", null);
        Worksheet page = workbook.newWorksheet(sheet);
        for (int column = 0; column < header.size(); column++) {
            page.value(0, column, inXml(header.get(column)));
            page.width(column, width(header.get(column)));
        }
        page.range(0, 0, 0, header.size() - 1).style().bold().set();
        page.freezePane(0, 1);
        int row = 1;
        for (List<String> line : rows) {
            for (int column = 0; column < line.size(); column++) {
                if (line.get(column) != null && !line.get(column).isEmpty()) {
                    page.value(row, column, inXml(line.get(column)));
                }
            }
            row++;
        }
        workbook.finish();
    }

    static String inXml(String text) {
        String clean = NOT_IN_XML.matcher(text).replaceAll("");
        return clean.length() > CELL_CHARS ? clean.substring(0, CELL_CHARS) : clean;
    }

    /** Wide enough for the header, a Chinese character taking two. */
    static int width(String header) {
        int wide = (int) header.chars().filter(c -> c > 0xFF).count() + header.length() + 4;
        return Math.max(NARROWEST, Math.min(WIDEST, wide));
    }
}
