package org.manyi.spreadsheet.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.manyi.spreadsheet.ImportKind;
import org.springframework.stereotype.Component;

/** Empty workbooks to fill in: what each column is for stands above the headers, where reading passes it over. */
@Component
class ImportTemplates {

    private static final int TITLE = 0;
    private static final int HINTS = 1;
    private static final int HEADERS = 2;
    private static final int PREPARED_ROWS = 1_000;
    private static final int WIDTH = 18;

    private final ImportTexts texts;

    ImportTemplates(ImportTexts texts) {
        this.texts = texts;
    }

    /** The workbook's bytes. */
    byte[] write(ImportKind kind) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            Workbook workbook = new Workbook(out, "Manyi", null);
            Worksheet sheet = workbook.newWorksheet(texts.nameOf(kind.kind()));
            List<ImportKind.Column> columns = kind.columns();
            int last = columns.size() - 1;
            sheet.value(TITLE, 0, texts.text("spreadsheet.template.title", texts.nameOf(kind.kind())));
            sheet.range(TITLE, 0, TITLE, 0).style().bold().set();
            List<String> hints = texts.hintsOf(kind);
            for (int column = 0; column <= last; column++) {
                sheet.value(HINTS, column, hints.get(column));
                sheet.value(HEADERS, column, columns.get(column).title());
                sheet.width(column, WIDTH);
            }
            sheet.range(HINTS, 0, HINTS, last)
                    .style()
                    .italic()
                    .fontColor("5F6B7A")
                    .set();
            sheet.range(HEADERS, 0, HEADERS, last)
                    .style()
                    .bold()
                    .fillColor("E8EEF6")
                    .set();
            // Typed into cells of the format "text", codes keep their zeros and phones their digits.
            sheet.range(HEADERS + 1, 0, HEADERS + PREPARED_ROWS, last)
                    .style()
                    .format("@")
                    .set();
            sheet.freezePane(0, HEADERS + 1);
            workbook.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
