package org.manyi.spreadsheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.manyi.spreadsheet.Books.row;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFRichTextString;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manyi.security.CurrentUser;

/** What people's workbooks look like, and what is read from them. */
class ReadingTests {

    private static final ImportKind PUPILS = new TestKind();
    private final ImportReading reading = new ImportReading();

    /** Persons of schools: the school inherits, the code is a code. */
    private static final class TestKind implements ImportKind {

        @Override
        public String kind() {
            return "test";
        }

        @Override
        public List<Column> columns() {
            return List.of(
                    new Column("school", "学校", List.of("单位", "学校名称"), true, true),
                    new Column("code", "编码", List.of("代码"), true, false, ImportKind.Form.CODE),
                    new Column("name", "姓名", List.of(), true, false),
                    new Column("phone", "联系电话", List.of("手机", "手机号码"), false, false),
                    new Column("since", "任职日期", List.of(), false, false, ImportKind.Form.DAY));
        }

        @Override
        public boolean mayImport(CurrentUser user) {
            return true;
        }

        @Override
        public List<RowProblem> check(List<Row> rows) {
            return List.of();
        }

        @Override
        public List<Change> apply(List<Row> rows, CurrentUser user, String batchId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Kept> revert(List<Change> changes) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void titleRowsAboveTheHeaderArePassedOverAndTheHeaderIsFoundByItsAliases() {
        RowReader read = xlsx(
                row("罗山区 2026 年教职工名册"),
                row("填报时间：2026-03-01"),
                row(),
                row("序号", "学校\n名称", "１、代 码", "* 姓　名（必填）", "手机号码："),
                row(1, "第一小学", "A01", "张三", "13800138000"));

        assertThat(read.problems()).isEmpty();
        assertThat(read.rows()).singleElement().satisfies(found -> {
            assertThat(found.number()).isEqualTo(5);
            assertThat(found.sheet()).isEqualTo("名册");
            assertThat(found.values())
                    .containsOnly(
                            Map.entry("school", "第一小学"),
                            Map.entry("code", "A01"),
                            Map.entry("name", "张三"),
                            Map.entry("phone", "13800138000"));
        });
    }

    @Test
    void headersInTwoRowsMeetInMergedCells() {
        RowReader read = read(Books.poi(sheet -> {
            fill(sheet, 0, "教职工名册");
            fill(sheet, 1, "学校", "编码", "联系", null);
            fill(sheet, 2, null, null, "姓名", "手机");
            fill(sheet, 3, "第一小学", "A01", "张三", "13800138000");
            sheet.addMergedRegion(CellRangeAddress.valueOf("A1:D1"));
            sheet.addMergedRegion(CellRangeAddress.valueOf("A2:A3"));
            sheet.addMergedRegion(CellRangeAddress.valueOf("B2:B3"));
            sheet.addMergedRegion(CellRangeAddress.valueOf("C2:D2"));
        }));

        assertThat(read.problems()).isEmpty();
        assertThat(read.rows())
                .extracting(ImportKind.Row::values)
                .containsExactly(Map.of("school", "第一小学", "code", "A01", "name", "张三", "phone", "13800138000"));
    }

    @Test
    void aHeaderThatIsMergedOverTwoRowsIsNoRowOfData() {
        RowReader read = read(Books.poi(sheet -> {
            fill(sheet, 0, "学校", "编码", "姓名");
            fill(sheet, 2, "第一小学", "A01", "张三");
            for (String range : List.of("A1:A2", "B1:B2", "C1:C2")) {
                sheet.addMergedRegion(CellRangeAddress.valueOf(range));
            }
        }));

        assertThat(read.problems()).isEmpty();
        assertThat(read.rows()).extracting(ImportKind.Row::number).containsExactly(3);
    }

    @Test
    void aBlankOfAnInheritingColumnMeansAsAboveAndSoDoesAMergedCell() {
        RowReader read = read(Books.poi(sheet -> {
            fill(sheet, 0, "学校", "编码", "姓名");
            fill(sheet, 1, "第一小学", "A01", "张三");
            fill(sheet, 2, null, "A02", "李四");
            fill(sheet, 3, "第二小学", "A03", "王五");
            fill(sheet, 4, null, "A04", "赵六");
            sheet.addMergedRegion(CellRangeAddress.valueOf("A2:A3"));
        }));

        assertThat(read.rows())
                .extracting(found -> found.get("school"))
                .containsExactly("第一小学", "第一小学", "第二小学", "第二小学");
    }

    @Test
    void aBlankOfAnyOtherColumnIsAnErrorThatSaysWhetherMergedCellsAreToBlame() {
        RowReader read = read(Books.poi(sheet -> {
            fill(sheet, 0, "学校", "编码", "姓名");
            fill(sheet, 1, "第一小学", "A01", "张三");
            fill(sheet, 2, null, "A02", null);
            fill(sheet, 3, null, null, "王五");
            sheet.addMergedRegion(CellRangeAddress.valueOf("C2:C3"));
        }));

        assertThat(read.problems())
                .extracting(ImportProblem::row, ImportProblem::column, ImportProblem::field, ImportProblem::code)
                .containsExactly(tuple(3, "C", "name", "merged"), tuple(4, "B", "code", "required"));
        assertThat(read.soundRows()).extracting(ImportKind.Row::number).containsExactly(2);
    }

    @Test
    void totalsNotesAndSignaturesAreSkippedAndCounted() {
        RowReader read = xlsx(
                row("学校", "编码", "姓名"),
                row("第一小学", "A01", "张三"),
                row("小计", 1),
                row("第二小学", "A02", "李四"),
                row("合 计", 2),
                row("备注：只报在编人员"),
                row("填表人：王五", null, "联系电话：0539-1234567"));

        assertThat(read.problems()).isEmpty();
        assertThat(read.rows()).extracting(ImportKind.Row::number).containsExactly(2, 4);
        assertThat(read.skipped()).isEqualTo(4);
        assertThat(read.skippedRows()).containsExactly("3", "5", "6", "7");
    }

    @Test
    void aRowThatOnlyBeginsLikeANoteIsStillReadWhenItIsComplete() {
        RowReader read = xlsx(row("学校", "编码", "姓名"), row("注：第一小学", "A01", "张三"));

        assertThat(read.rows()).hasSize(1);
        assertThat(read.skipped()).isZero();
    }

    @Test
    void rowsWithNothingButAPreparedNumberAreBlank() {
        RowReader read =
                xlsx(row("序号", "学校", "编码", "姓名"), row(1, "第一小学", "A01", "张三"), row(2), row(3, null, null, null));

        assertThat(read.rows()).hasSize(1);
        assertThat(read.skipped()).isZero();
        assertThat(read.problems()).isEmpty();
    }

    @Test
    void aPhoneShownInPowersOfTenIsReadExactly() {
        RowReader read = read(Books.poi(sheet -> {
            fill(sheet, 0, "学校", "编码", "姓名", "手机");
            fill(sheet, 1, "第一小学", "A01", "张三");
            CellStyle scientific = sheet.getWorkbook().createCellStyle();
            scientific.setDataFormat(sheet.getWorkbook().createDataFormat().getFormat("0.00E+00"));
            var phone = sheet.getRow(1).createCell(3);
            phone.setCellValue(13800138001d);
            phone.setCellStyle(scientific);
        }));

        assertThat(read.rows()).extracting(found -> found.get("phone")).containsExactly("13800138001");
    }

    @Test
    void aNumberWrittenAsPowerOfTenInTheFileIsReadExactlyToo() {
        assertThat(CellText.number("1.3800138001E10").text()).isEqualTo("13800138001");
        assertThat(CellText.number("0.30000000000000004").text()).isEqualTo("0.3");
        assertThat(CellText.number("1E-400").text()).isEqualTo("0");
        assertThat(CellText.number("1E999999999").nature()).isEqualTo(Cell.Nature.ERROR);
    }

    @Test
    void aNumberOfMoreDigitsThanAWorkbookKeepsIsAnError() {
        RowReader read = xlsx(row("学校", "编码", "姓名", "手机"), row("第一小学", "A01", "张三", 371302199001011234L));

        assertThat(read.problems())
                .extracting(ImportProblem::row, ImportProblem::column, ImportProblem::code)
                .containsExactly(tuple(2, "D", "imprecise"));
    }

    @Test
    void zerosLostAtTheStartOfACodeAreAnErrorWhereNobodyCanTellHowManyThereWere() {
        RowReader read = xlsx(row("学校", "编码", "姓名"), row("第一小学", 12, "张三"), row("第一小学", 371302, "李四"));

        assertThat(read.problems())
                .extracting(ImportProblem::row, ImportProblem::column, ImportProblem::code)
                .containsExactly(tuple(2, "B", "leadingZeros"));
    }

    @Test
    void zerosLostAtTheStartOfACodeAreGivenBackWhereTheOtherCodesTellHowManyThereWere() {
        RowReader read = xlsx(row("学校", "编码", "姓名"), row("第一小学", "0011", "张三"), row("第一小学", 12, "李四"));

        assertThat(read.problems()).isEmpty();
        assertThat(read.rows()).extracting(found -> found.get("code")).containsExactly("0011", "0012");
    }

    @Test
    void aNumberShownWithZerosKeepsThem() {
        RowReader read = read(Books.poi(sheet -> {
            fill(sheet, 0, "学校", "编码", "姓名");
            fill(sheet, 1, "第一小学", null, "张三");
            CellStyle zeros = sheet.getWorkbook().createCellStyle();
            zeros.setDataFormat(sheet.getWorkbook().createDataFormat().getFormat("0000"));
            var code = sheet.getRow(1).createCell(1);
            code.setCellValue(12);
            code.setCellStyle(zeros);
        }));

        assertThat(read.rows()).extracting(found -> found.get("code")).containsExactly("0012");
    }

    @Test
    void fullWidthLettersAndDigitsOfACodeBecomePlainAndThoseOfATextStay() {
        RowReader read = xlsx(row("学校", "编码", "姓名"), row("第１小学", "Ｓ０００１", "张三"));

        assertThat(read.rows()).extracting(found -> found.get("code")).containsExactly("S0001");
        assertThat(read.rows()).extracting(found -> found.get("school")).containsExactly("第１小学");
    }

    @Test
    void aFormulaGivesItsResultAndItsErrorIsAnError() {
        RowReader read = read(Books.poi(sheet -> {
            fill(sheet, 0, "学校", "编码", "姓名", "手机");
            fill(sheet, 1, "第一小学", "A01", null, null);
            sheet.getRow(1).createCell(2).setCellFormula("CONCATENATE(\"张\",\"三\")");
            sheet.getRow(1).createCell(3).setCellFormula("13800138000+2");
            fill(sheet, 2, "第一小学", "A02", "李四", null);
            sheet.getRow(2).createCell(3).setCellErrorValue(FormulaError.REF.getCode());
            sheet.getWorkbook().getCreationHelper().createFormulaEvaluator().evaluateAll();
        }));

        assertThat(read.rows().get(0).get("name")).isEqualTo("张三");
        assertThat(read.rows().get(0).get("phone")).isEqualTo("13800138002");
        assertThat(read.problems())
                .extracting(ImportProblem::row, ImportProblem::column, ImportProblem::code, ImportProblem::args)
                .containsExactly(tuple(3, "D", "cellError", List.of("#REF!")));
    }

    @Test
    void aFormulaThatWasNeverCalculatedIsAnError() {
        RowReader read = read(Books.withPart(
                Books.xlsx(row("学校", "编码", "姓名"), row("第一小学", "A01", 4711)),
                "xl/worksheets/sheet1.xml",
                xml -> xml.replace("<v>4711</v>", "<f>B2</f>")));

        assertThat(read.problems())
                .extracting(ImportProblem::column, ImportProblem::code)
                .containsExactly(tuple("C", "uncalculated"));
    }

    @Test
    void daysAreReadAsDaysInBothReckonings() {
        byte[] since1900 = Books.poi(ReadingTests::fillDays);
        byte[] since1904 = Books.poiBook(workbook -> {
            workbook.getCTWorkbook().getWorkbookPr().setDate1904(true);
            fillDays(workbook.createSheet("名册"));
        });

        for (byte[] book : List.of(since1900, since1904)) {
            assertThat(read(book).rows())
                    .extracting(found -> found.get("name"))
                    .containsExactly("1988-04-17", "1905-01-01", "2026-03-14 09:30");
        }
    }

    @Test
    void theDayThatOnlyWorkbooksKnowIsNotReadAsAnother() {
        byte[] book = Books.poi(sheet -> {
            fill(sheet, 0, "学校", "编码", "姓名", "任职日期");
            fill(sheet, 1, "第一小学", "A01", "张三");
            CellStyle day = sheet.getWorkbook().createCellStyle();
            day.setDataFormat((short) 14);
            var cell = sheet.getRow(1).createCell(3);
            cell.setCellValue(60);
            cell.setCellStyle(day);
        });

        assertThat(read(book).problems())
                .extracting(ImportProblem::code, ImportProblem::args)
                .containsExactly(tuple("noSuchDay", List.of("1900-02-29")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "2026-03-05, 2026-03-05",
        "2026/3/5, 2026-03-05",
        "2026.3.5, 2026-03-05",
        "2026年3月5日, 2026-03-05",
        "2026 年 3 月 5 号, 2026-03-05",
        "２０２６．３．５, 2026-03-05",
        "20260305, 2026-03-05",
        "46086, 2026-03-05",
        "2026-03-05 08:30, 2026-03-05",
        "26.3.5, shortYear",
        "26年3月5日, shortYear",
        "3/5/2026, day",
        "2026年3月, day",
        "3月5日, day",
        "12345, day",
        "2026-02-30, noSuchDay",
        "2026-13-01, noSuchDay",
    })
    void aDayIsReadHoweverItIsWrittenAndNeverGuessed(String written, String expected) {
        RowReader read = xlsx(row("学校", "编码", "姓名", "任职日期"), row("第一小学", "A01", "张三", written));

        if (expected.startsWith("2026")) {
            assertThat(read.problems()).isEmpty();
            assertThat(read.rows().get(0).get("since")).isEqualTo(expected);
        } else {
            assertThat(read.problems())
                    .extracting(ImportProblem::sheet, ImportProblem::row, ImportProblem::column, ImportProblem::code)
                    .containsExactly(tuple("名册", 2, "D", expected));
        }
    }

    @Test
    void aShareIsReadAsItIsShown() {
        byte[] book = Books.poi(sheet -> {
            fill(sheet, 0, "学校", "编码", "姓名");
            fill(sheet, 1, "第一小学", "A01");
            CellStyle share = sheet.getWorkbook().createCellStyle();
            share.setDataFormat((short) 10);
            var cell = sheet.getRow(1).createCell(2);
            cell.setCellValue(0.955);
            cell.setCellStyle(share);
        });

        assertThat(read(book).rows().get(0).get("name")).isEqualTo("95.5%");
    }

    @Test
    void anOldWorkbookIsReadLikeANewOne() throws IOException {
        byte[] old = oldBook();

        RowReader read = read("名册.xls", old);

        assertThat(read.problems())
                .extracting(ImportProblem::row, ImportProblem::column, ImportProblem::code, ImportProblem::args)
                .containsExactly(tuple(6, "C", "cellError", List.of("#REF!")));
        assertThat(read.rows())
                .extracting(ImportKind.Row::number, ImportKind.Row::values)
                .containsExactly(
                        tuple(
                                4,
                                Map.of(
                                        "school",
                                        "第一小学",
                                        "code",
                                        "0012",
                                        "name",
                                        "张三甲",
                                        "phone",
                                        "13800000001",
                                        "since",
                                        "2026-03-05")),
                        tuple(5, Map.of("school", "第一小学", "code", "A02", "name", "李四")),
                        tuple(6, Map.of("school", "第一小学", "code", "A03")));
        assertThat(read.skippedRows()).containsExactly("7");
        assertThat(read("名册.et", old).rows()).hasSize(3);
    }

    /** Titles, merged headers and schools, numbers in formats, a formula, an error, a total, a hidden row and a hidden sheet. */
    private static byte[] oldBook() throws IOException {
        try (HSSFWorkbook workbook = new HSSFWorkbook();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            var sheet = workbook.createSheet("名册");
            var hidden = workbook.createSheet("选项");
            hidden.createRow(0).createCell(0).setCellValue("学校");
            hidden.getRow(0).createCell(1).setCellValue("编码");
            workbook.setSheetHidden(1, true);
            sheet.createRow(0).createCell(0).setCellValue("第一小学人员名册");
            sheet.createRow(1);
            sheet.createRow(2);
            String[] headers = {"学校", "编码", "姓名", "联系电话", "任职日期"};
            for (int column = 0; column < headers.length; column++) {
                sheet.getRow(1).createCell(column).setCellValue(headers[column]);
                sheet.addMergedRegion(new CellRangeAddress(1, 2, column, column));
            }
            var zeros = workbook.createCellStyle();
            zeros.setDataFormat(workbook.createDataFormat().getFormat("0000"));
            var day = workbook.createCellStyle();
            day.setDataFormat(workbook.createDataFormat().getFormat("yyyy\"年\"m\"月\"d\"日\""));
            var row = sheet.createRow(3);
            row.createCell(0).setCellValue("第一小学");
            row.createCell(1).setCellValue(12);
            row.getCell(1).setCellStyle(zeros);
            row.createCell(2).setCellFormula("\"张三\"&\"甲\"");
            row.createCell(3).setCellValue(13800000001d);
            row.createCell(4).setCellValue(LocalDate.of(2026, 3, 5));
            row.getCell(4).setCellStyle(day);
            row = sheet.createRow(4);
            row.setZeroHeight(true);
            row.createCell(1).setCellValue("A02");
            row.createCell(2).setCellValue("李四");
            row = sheet.createRow(5);
            row.createCell(1).setCellValue("A03");
            row.createCell(2).setCellErrorValue(FormulaError.REF.getCode());
            sheet.addMergedRegion(new CellRangeAddress(3, 5, 0, 0));
            sheet.createRow(6).createCell(0).setCellValue("合计：3 人");
            workbook.getCreationHelper().createFormulaEvaluator().evaluateAll();
            workbook.write(out);
            return out.toByteArray();
        }
    }

    @Test
    void whatIsHiddenIsSaidAndReadAsThePersonChooses() {
        byte[] book = Books.poiBook(workbook -> {
            XSSFSheet seen = workbook.createSheet("一年级");
            fill(seen, 0, "学校", "编码", "姓名");
            fill(seen, 1, "第一小学", "A01", "张三");
            fill(seen, 2, "第一小学", "A02", "李四");
            seen.getRow(2).setZeroHeight(true);
            XSSFSheet hidden = workbook.createSheet("二年级");
            fill(hidden, 0, "学校", "编码", "姓名");
            fill(hidden, 1, "第一小学", "A03", "王五");
            workbook.setSheetHidden(1, true);
        });
        Mapping mapping = reading.survey("名册.xlsx", book, PUPILS, Map.of()).mapping();
        assertThat(mapping.sheets())
                .extracting(
                        Mapping.Sheet::name, Mapping.Sheet::hiddenRows, Mapping.Sheet::hidden, Mapping.Sheet::isRead)
                .containsExactly(tuple("一年级", 1, false, true), tuple("二年级", 0, true, false));
        assertThat(codes(book, mapping)).containsExactly("A01", "A02");

        Map<String, String> choice = new HashMap<>(Map.of("0.hiddenRows", Mapping.SKIP, "1.sheet", Mapping.READ));
        for (String sheet : List.of("0.", "1.")) {
            choice.putAll(Map.of(sheet + "A", "school", sheet + "B", "code", sheet + "C", "name"));
        }
        Mapping chosen = mapping.choose(choice, Set.of("school", "code", "name"));

        assertThat(codes(book, chosen)).containsExactly("A01", "A03");
    }

    private List<String> codes(byte[] book, Mapping mapping) {
        return reading.rows("名册.xlsx", book, PUPILS, mapping).rows().stream()
                .map(found -> found.get("code"))
                .toList();
    }

    private static void fillDays(XSSFSheet sheet) {
        fill(sheet, 0, "学校", "编码", "姓名");
        CellStyle day = sheet.getWorkbook().createCellStyle();
        day.setDataFormat(sheet.getWorkbook().createDataFormat().getFormat("yyyy\"年\"m\"月\"d\"日\""));
        List<LocalDateTime> days = List.of(
                LocalDate.of(1988, 4, 17).atStartOfDay(),
                LocalDate.of(1905, 1, 1).atStartOfDay(),
                LocalDateTime.of(2026, 3, 14, 9, 30));
        for (int number = 0; number < days.size(); number++) {
            fill(sheet, number + 1, "第一小学", "A0" + number);
            var cell = sheet.getRow(number + 1).createCell(2);
            cell.setCellValue(days.get(number));
            cell.setCellStyle(day);
        }
    }

    @Test
    void textsLoseOnlyWhatNobodySees() {
        RowReader read = xlsx(row("学校", "编码", "姓名"), row("\u3000第一小学 \u00A0", "A\u200B01", "张\u202E三\n（副校长）"));

        assertThat(read.rows())
                .extracting(ImportKind.Row::values)
                .containsExactly(Map.of("school", "第一小学", "code", "A01", "name", "张三\n（副校长）"));
    }

    @Test
    void formattedTextsAreReadWithoutTheirFormat() {
        RowReader read = read(Books.poi(sheet -> {
            fill(sheet, 0, "学校", "编码", "姓名");
            fill(sheet, 1, "第一小学", "A01", null);
            XSSFRichTextString rich = new XSSFRichTextString("张三");
            rich.applyFont(0, 1, sheet.getWorkbook().createFont());
            sheet.getRow(1).createCell(2).setCellValue(rich);
        }));

        assertThat(read.rows()).extracting(found -> found.get("name")).containsExactly("张三");
    }

    @Test
    void hiddenSheetsAndSheetsWithoutOurHeadersAreNotRead() {
        RowReader read = read(Books.poiBook(workbook -> {
            XSSFSheet choices = workbook.createSheet("选项");
            fill(choices, 0, "学校", "编码", "姓名");
            fill(choices, 1, "隐藏", "H01", "无");
            XSSFSheet help = workbook.createSheet("填写说明");
            fill(help, 0, "请逐行填写");
            XSSFSheet sheet = workbook.createSheet("一年级");
            fill(sheet, 0, "学校", "编码", "姓名");
            fill(sheet, 1, "第一小学", "A01", "张三");
            sheet.getRow(1).setZeroHeight(true);
            XSSFSheet other = workbook.createSheet("二年级");
            fill(other, 0, "姓名", "学校", "编码");
            fill(other, 1, "李四", "第二小学", "A02");
            workbook.setActiveSheet(2);
            workbook.setSheetHidden(0, true);
        }));

        assertThat(read.rows())
                .extracting(ImportKind.Row::sheet, ImportKind.Row::number, found -> found.get("name"))
                .containsExactly(tuple("一年级", 2, "张三"), tuple("二年级", 2, "李四"));
        assertThat(read.problems()).isEmpty();
    }

    @Test
    void aMissingColumnIsNamedOnceAndNotForEveryRow() {
        RowReader read = xlsx(row("学校", "姓名"), row("第一小学", "张三"), row("第二小学", "李四"));

        assertThat(read.lacksColumns()).isTrue();
        assertThat(read.problems())
                .extracting(ImportProblem::row, ImportProblem::field, ImportProblem::code)
                .containsExactly(tuple(1, "code", "missingColumn"));
    }

    @Test
    void aWorkbookWithoutAnyOfOurHeadersSaysWhichColumnsAreExpected() {
        RowReader read = xlsx(row("甲", "乙"), row("1", "2"));

        assertThat(read.problems()).extracting(ImportProblem::code).containsOnly("missingColumn");
        assertThat(read(Books.xlsx()).problems())
                .extracting(ImportProblem::code)
                .containsExactly("header");
    }

    @Test
    void columnsThatAPersonChoseBeforeAreFoundAgain() {
        byte[] book = Books.xlsx(row("所在校", "工号", "姓名"), row("第一小学", "A01", "张三"));
        Map<String, String> choices = new HashMap<>();
        choices.put(FormWords.header("所 在 校"), "school");
        choices.put(FormWords.header("工号"), "code");

        Mapping mapping = reading.survey("名册.xlsx", book, PUPILS, choices).mapping();

        assertThat(reading.rows("名册.xlsx", book, PUPILS, mapping).rows())
                .extracting(found -> found.get("school"))
                .containsExactly("第一小学");
    }

    @Test
    void aRequiredColumnIsFoundByItsHeaderThoughAPersonOnceChoseAnother() {
        byte[] book = Books.xlsx(row("学校", "编码", "姓名"), row("第一小学", "A01", "张三"));
        Map<String, String> choices = new HashMap<>();
        choices.put(FormWords.header("编码"), null);
        choices.put(FormWords.header("工号"), "code");

        Mapping mapping = reading.survey("名册.xlsx", book, PUPILS, choices).mapping();

        assertThat(mapping.sheets().get(0).columns())
                .extracting(Mapping.Found::field)
                .containsExactly("school", "code", "name");
    }

    @Test
    void aTotalIsSkippedEvenWhereItLooksComplete() {
        RowReader read = xlsx(row("学校", "编码", "姓名"), row("第一小学", "A01", "张三"), row("总 计：", "1", "1"));

        assertThat(read.rows()).hasSize(1);
        assertThat(read.skipped()).isEqualTo(1);
    }

    @Test
    void aColumnThatAPersonLeftOutBeforeIsLeftOutAgain() {
        byte[] book = Books.xlsx(row("学校", "编码", "姓名", "手机"), row("第一小学", "A01", "张三", "1"));
        Map<String, String> choices = new HashMap<>();
        choices.put(FormWords.header("手机"), null);

        Mapping mapping = reading.survey("名册.xlsx", book, PUPILS, choices).mapping();

        assertThat(mapping.sheets().get(0).columns())
                .extracting(Mapping.Found::field)
                .containsExactly("school", "code", "name", null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "GB18030", "UTF-16LE", "UTF-16BE"})
    void aTextFileIsReadInWhateverEncodingItWasSaved(String charset) {
        String mark = charset.startsWith("UTF-16") ? "\uFEFF" : "";
        byte[] file =
                (mark + "2026 年名册,,\r\n学校,编码,姓名\r\n第一小学,0012,\"张三,\n李𠮷\"\r\n").getBytes(Charset.forName(charset));

        RowReader read = read("名册.csv", file);

        assertThat(read.problems()).isEmpty();
        assertThat(read.rows()).singleElement().satisfies(found -> {
            assertThat(found.number()).isEqualTo(3);
            assertThat(found.get("code")).isEqualTo("0012");
            assertThat(found.get("name")).isEqualTo("张三,\n李𠮷");
        });
    }

    @Test
    void aTextFileMayHaveAMarkTabsAndBlankLines() {
        byte[] file = "\uFEFF学校\t编码\t姓名\n\n第一小学\tA01\t张三\n".getBytes(StandardCharsets.UTF_8);

        assertThat(read("名册.csv", file).rows())
                .extracting(ImportKind.Row::number, found -> found.get("school"))
                .containsExactly(tuple(3, "第一小学"));
    }

    @Test
    void anApostropheThatGuardedAFormulaIsTakenAway() {
        byte[] file = "学校,编码,姓名\n第一小学,A01,'=1+1\n第一小学,A02,'小明'\n".getBytes(StandardCharsets.UTF_8);

        assertThat(read("名册.csv", file).rows())
                .extracting(found -> found.get("name"))
                .containsExactly("=1+1", "'小明'");
    }

    private RowReader xlsx(Object[]... rows) {
        return read(Books.xlsx(rows));
    }

    private RowReader read(byte[] xlsx) {
        return read("名册.xlsx", xlsx);
    }

    private RowReader read(String name, byte[] file) {
        Mapping mapping = reading.survey(name, file, PUPILS, Map.of()).mapping();
        return reading.rows(name, file, PUPILS, mapping);
    }

    private static void fill(XSSFSheet sheet, int row, String... cells) {
        var created = sheet.createRow(row);
        for (int column = 0; column < cells.length; column++) {
            if (cells[column] != null) {
                created.createCell(column).setCellValue(cells[column]);
            }
        }
    }
}
