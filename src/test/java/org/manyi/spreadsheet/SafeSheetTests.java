package org.manyi.spreadsheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manyi.shared.SafeCsv;

/** What people typed never becomes a formula in what others download. */
class SafeSheetTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1",
                "@SUM(A1)",
                "\t=1",
                "\r=1",
                "＝1+1",
                "＋1",
                "－1",
                "＠x",
                "'=1",
                "''+1",
                "'quoted'",
                "plain",
                "a,b\"c\"\nd"
            })
    void aTextFileHoldsNoFormulaAndReadingItGivesTheTextBack(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SafeCsv.write(out, List.of("Text", "Other", "More"), List.of(List.of(text, "x", "y")));
        String file = out.toString(StandardCharsets.UTF_8);

        String cell = file.substring(file.indexOf("\r\n") + 2).replaceFirst("^\"", "");
        assertThat("=+-@\t\r＝＋－＠".indexOf(cell.charAt(0))).isNegative();
        assertThat(firstCell(out.toByteArray())).isEqualTo(CellText.clean(text));
    }

    @Test
    void everyCellOfAWorkbookIsAText() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SafeSheet.writeXlsx(
                out,
                "表",
                List.of("=HEAD"),
                List.of(
                        List.of("=HYPERLINK(\"http://x\")"),
                        List.of("0012"),
                        List.of("a\u0000\u0008b"),
                        Arrays.asList((String) null)));

        try (XSSFWorkbook workbook = new XSSFWorkbook(new ByteArrayInputStream(out.toByteArray()))) {
            List<String> texts = new ArrayList<>();
            workbook.getSheetAt(0)
                    .forEach(row -> row.forEach(cell -> {
                        assertThat(cell.getCellType()).isEqualTo(CellType.STRING);
                        texts.add(cell.getStringCellValue());
                    }));
            assertThat(texts).containsExactly("=HEAD", "=HYPERLINK(\"http://x\")", "0012", "ab");
        }
    }

    private static String firstCell(byte[] file) {
        List<String> cells = new ArrayList<>();
        new WorkbookReader(ReadLimits.STANDARD).read(FileForm.CSV, file, new SheetVisitor() {
            @Override
            public boolean sheet(SheetInfo info) {
                cells.clear();
                return true;
            }

            @Override
            public void row(int number, boolean hidden, SortedMap<Integer, Cell> row) {
                cells.add(row.get(0).text());
            }

            @Override
            public void endSheet(List<CellRange> merged) {
                assertThat(merged).isEmpty();
            }
        });
        return cells.get(1);
    }
}
