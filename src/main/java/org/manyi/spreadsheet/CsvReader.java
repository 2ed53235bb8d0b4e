package org.manyi.spreadsheet;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.manyi.shared.ContentRefusedException;
import org.manyi.shared.SafeCsv;
import org.manyi.shared.ValidationException;

/** Reads a table kept as text, as one sheet. */
final class CsvReader {

    /** The name of its only sheet, as people see it in messages. */
    static final String SHEET = "CSV";

    private static final char[] DELIMITERS = {',', '\t', ';'};
    private static final int LINES_LOOKED_AT = 20;

    /** As many columns as a workbook may have, blank ones included. */
    private static final int WIDEST = 16_384;

    /**
     * Reads all rows.
     *
     * @throws ValidationException naming the row where a quotation mark is not closed
     */
    void read(String text, SheetVisitor visitor) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter(text))
                .setIgnoreEmptyLines(false)
                .get();
        if (!visitor.sheet(new SheetVisitor.SheetInfo(SHEET, false, false))) {
            visitor.endSheet(List.of());
            return;
        }
        refuseWideLines(text, format.getDelimiterString().charAt(0));
        int number = 0;
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            for (CSVRecord line : parser) {
                number++;
                TreeMap<Integer, Cell> cells = new TreeMap<>();
                for (int column = 0; column < line.size(); column++) {
                    String cell = CellText.clean(SafeCsv.unescape(line.get(column)));
                    if (!cell.isEmpty()) {
                        cells.put(column, Cell.text(cell));
                    }
                }
                if (!cells.isEmpty()) {
                    visitor.row(number, false, cells);
                }
            }
        } catch (UncheckedIOException | IllegalStateException e) {
            throw ValidationException.of("file", "damaged", "spreadsheet.file.quotes", String.valueOf(number + 1));
        }
        visitor.endSheet(List.of());
    }

    /** A line is parsed as a whole, so one that never ends is refused before; delimiters in quotes are no columns. */
    private static void refuseWideLines(String text, char delimiter) {
        int line = 1;
        int columns = 0;
        boolean quoted = false;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\n') {
                line++;
                columns = quoted ? columns : 0;
            } else if (c == delimiter && !quoted && ++columns > WIDEST) {
                throw ContentRefusedException.tooLarge("spreadsheet.file.lineTooWide", String.valueOf(line), WIDEST);
            }
        }
    }

    /** The delimiter that stands most often in the first lines. */
    private static char delimiter(String text) {
        String head = text.lines().limit(LINES_LOOKED_AT).reduce("", String::concat);
        char best = DELIMITERS[0];
        long most = 0;
        for (char candidate : DELIMITERS) {
            long count = head.chars().filter(c -> c == candidate).count();
            if (count > most) {
                most = count;
                best = candidate;
            }
        }
        return best;
    }
}
