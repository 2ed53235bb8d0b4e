package org.manyi.spreadsheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.manyi.spreadsheet.Books.row;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.manyi.shared.ProblemException;

/** Files that are not what they should be are refused with a text that says what to do, and harm nobody. */
class HostileFileTests {

    private static final String SHEET = "xl/worksheets/sheet1.xml";
    private static final byte[] HONEST = Books.xlsx(row("学校", "编码", "姓名"), row("第一小学", "A01", "张三"));

    private final WorkbookReader reader = new WorkbookReader(ReadLimits.STANDARD);

    @Test
    void anOldWorkbookUnderAnotherNameIsRefusedWithWhatItIs() throws IOException {
        ByteArrayOutputStream old = new ByteArrayOutputStream();
        try (HSSFWorkbook workbook = new HSSFWorkbook()) {
            workbook.createSheet("名册");
            workbook.write(old);
        }

        assertRefused("名册.xlsx", old.toByteArray(), 415, "spreadsheet.file.ending");
        assertRefused("名册.xls", HONEST, 415, "spreadsheet.file.ending");
    }

    @Test
    void aWorkbookOfBefore1997IsRefusedWithWhatToSaveItAs() throws IOException {
        byte[] of1995 = compound("Book", new byte[] {9, 8, 4, 0, 0, 5, 5, 0});
        byte[] mislabelled = compound("Workbook", new byte[] {9, 8, 4, 0, 0, 5, 5, 0});

        assertRefused("名册.xls", of1995, 415, "spreadsheet.file.tooOld");
        assertRefused("名册.xls", mislabelled, 415, "spreadsheet.file.tooOld");
        assertRefused("名册.xls", new byte[] {9, 4, 6, 0, 0, 0, 16, 0, 0, 0}, 415, "spreadsheet.file.tooOld");
    }

    @Test
    void anOldWorkbookWithMacrosOrAPasswordIsRefused() throws IOException {
        byte[] beginning = {9, 8, 4, 0, 0, 6, 5, 0};
        byte[] macroSheet = {(byte) 0x85, 0, 10, 0, 0, 0, 0, 0, 0, 1, 2, 0, 'm', '1'};
        byte[] password = {0x2F, 0, 2, 0, 1, 0};

        assertRefused("名册.xls", compound("Workbook", joined(beginning, macroSheet)), 415, "spreadsheet.file.macros");
        assertRefused("名册.xls", compound("Workbook", joined(beginning, password)), 415, "spreadsheet.file.encrypted");
        try (POIFSFileSystem files = new POIFSFileSystem();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            files.createDocument(new ByteArrayInputStream(beginning), "Workbook");
            files.createDirectory("_VBA_PROJECT_CUR");
            files.writeFilesystem(out);
            assertRefused("名册.xls", out.toByteArray(), 415, "spreadsheet.file.macros");
        }
    }

    @Test
    void anOldWorkbookThatClaimsMoreTextsThanItHasIsRefusedBeforeRoomIsMadeForThem() throws IOException {
        byte[] texts = {(byte) 0xFC, 0, 8, 0, 0, 0, 0, 0, -1, -1, -1, 127};

        byte[] bomb = compound("Workbook", joined(new byte[] {9, 8, 4, 0, 0, 6, 5, 0}, texts));

        assertRefused("名册.xls", bomb, 413, "spreadsheet.file.tooLargeUnpacked");
    }

    @Test
    void aLineOfATextFileThatNeverEndsIsRefused() {
        byte[] line = ",".repeat(4_000_000).getBytes(StandardCharsets.UTF_8);

        assertRefused("名册.csv", line, 413, "spreadsheet.file.lineTooWide");
    }

    private static byte[] compound(String entry, byte[] content) throws IOException {
        try (POIFSFileSystem files = new POIFSFileSystem();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            files.createDocument(new ByteArrayInputStream(content), entry);
            files.writeFilesystem(out);
            return out.toByteArray();
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Test
    void anEncryptedWorkbookIsRefused() throws Exception {
        ByteArrayOutputStream encrypted = new ByteArrayOutputStream();
        try (POIFSFileSystem files = new POIFSFileSystem()) {
            var encryptor = new EncryptionInfo(EncryptionMode.standard).getEncryptor();
            encryptor.confirmPassword("secret");
            try (var out = encryptor.getDataStream(files)) {
                out.write(HONEST);
            }
            files.writeFilesystem(encrypted);
        }

        assertRefused("名册.xlsx", encrypted.toByteArray(), 415, "spreadsheet.file.encrypted");
    }

    @Test
    void aWorkbookWithMacrosIsRefusedUnderAnyName() {
        byte[] macros = Books.withPart(HONEST, "xl/vbaProject.bin", none -> "macro");

        assertRefused("名册.xlsx", macros, 415, "spreadsheet.file.macros");
        assertRefused("名册.xlsm", HONEST, 415, "spreadsheet.file.macros");
        byte[] renamed = Books.withPart(
                HONEST,
                "[Content_Types].xml",
                xml -> xml.replace("spreadsheetml.sheet.main+xml", "ms-excel.sheet.macroEnabled.main+xml"));
        assertRefused("名册.xlsx", renamed, 415, "spreadsheet.file.macros");
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "名册.xlsx | <html><table><tr><td>学校</td></tr></table></html> | spreadsheet.file.html",
                "名册.csv | <?xml version=\"1.0\"?><Workbook/> | spreadsheet.file.html",
                "名册.xlsx | 学校,编码,姓名 | spreadsheet.file.ending",
                "名册.txt | 学校,编码,姓名 | spreadsheet.file.ending",
                "名册 | 学校,编码,姓名 | spreadsheet.file.ending",
            })
    void aRenamedFileIsRefusedWithWhatItIs(String name, String content, String message) {
        assertRefused(name, content.getBytes(StandardCharsets.UTF_8), 415, message);
    }

    @Test
    void aWorkbookThatIsCalledATextFileIsRefused() {
        assertRefused("名册.csv", HONEST, 415, "spreadsheet.file.ending");
    }

    @Test
    void anArchiveThatIsNoWorkbookIsRefused() {
        byte[] document = Books.zip(Map.of("[Content_Types].xml", new byte[0], "word/document.xml", new byte[0]));

        assertRefused("名册.xlsx", document, 415, "spreadsheet.file.notASpreadsheet");
    }

    @Test
    void aPictureIsRefused() {
        byte[] picture = HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452");

        assertRefused("名册.csv", picture, 415, "spreadsheet.file.notASpreadsheet");
    }

    @Test
    void anEmptyFileIsRefused() {
        assertRefused("名册.xlsx", new byte[0], 422, "shared.problem.validation");
    }

    @Test
    void aTruncatedWorkbookIsRefusedAsDamaged() {
        assertRefused("名册.xlsx", Arrays.copyOf(HONEST, HONEST.length / 2), 422, "shared.problem.validation");
    }

    @Test
    void anOpenQuotationMarkIsRefusedWithItsRow() {
        byte[] file = "学校,编码,姓名\n第一小学,\"A01,张三\n".getBytes(StandardCharsets.UTF_8);

        ProblemException refused = refused("名册.csv", file);

        assertThat(refused.fields()).singleElement().satisfies(problem -> {
            assertThat(problem.messageKey()).isEqualTo("spreadsheet.file.quotes");
            assertThat(problem.args()).containsExactly("2");
        });
    }

    @Test
    void aBombOfBlanksIsRefusedBeforeItIsUnpacked() {
        byte[] bomb = Books.withPart(
                HONEST, SHEET, xml -> xml.replace("<sheetData>", "<sheetData>" + " ".repeat(60_000_000)));

        assertRefused("名册.xlsx", bomb, 413, "spreadsheet.file.tooDense");
    }

    @Test
    void aBombInALibrarysDirectoryIsRefusedBeforeTheLibraryReadsIt() {
        byte[] bomb = Books.withPart(
                HONEST,
                "_rels/.rels",
                xml -> xml.replace("</Relationships>", "<!-- " + noise(1_200_000) + " --></Relationships>"));

        assertRefused("名册.xlsx", bomb, 413, "spreadsheet.file.tooLargeUnpacked");
    }

    @Test
    void aLargePartThatPosesAsThePropertiesIsRefusedBeforeTheLibraryReadsIt() {
        byte[] posing = Books.withPart(
                HONEST,
                "[Content_Types].xml",
                xml -> xml.replace(
                        "</Types>",
                        "<Override PartName=\"/xl/worksheets/sheet1.xml\""
                                + " ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>"));

        assertRefused("名册.xlsx", posing, 422, "shared.problem.validation");
    }

    @Test
    void tooManySheetsAreRefused() {
        byte[] sheets = Books.poiBook(workbook -> {
            for (int number = 0; number < 21; number++) {
                workbook.createSheet("表" + number);
            }
        });

        assertRefused("名册.xlsx", sheets, 413, "spreadsheet.file.tooManySheets");
    }

    @Test
    void aPartOfMoreThanAHundredMegabytesIsRefusedWhateverItsDensity() {
        byte[] bomb = Books.zip(Map.of(
                "[Content_Types].xml",
                "<Types/>".getBytes(StandardCharsets.UTF_8),
                "xl/workbook.xml",
                new byte[0],
                SHEET,
                sparseNoise(110_000_000)));

        assertThat(bomb.length).isLessThan(5_000_000);
        assertRefused("名册.xlsx", bomb, 413, "spreadsheet.file.tooLargeUnpacked");
    }

    @Test
    void aWorkbookOfTooManyPartsIsRefused() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> part : Books.parts(HONEST).entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
            }
            for (int extra = 0; extra < 10_000; extra++) {
                zip.putNextEntry(new ZipEntry("xl/media/" + extra));
            }
        }

        assertRefused("名册.xlsx", out.toByteArray(), 413, "spreadsheet.file.tooManyEntries");
    }

    @Test
    void twoPartsOfOneNameAreRefused() {
        byte[] doubled = Books.withPart(HONEST, "XL/workbook.xml", none -> "<workbook/>");

        assertRefused("名册.xlsx", doubled, 422, "shared.problem.validation");
    }

    @Test
    void aWorkbookThatReachesOutsideIsRefusedAndNothingIsFetched() throws IOException {
        try (ServerSocket outside = new ServerSocket(0)) {
            outside.setSoTimeout(300);
            String url = "http://127.0.0.1:" + outside.getLocalPort() + "/";
            byte[] external = Books.withPart(
                    HONEST,
                    SHEET,
                    xml -> xml.replaceFirst(
                            "<worksheet", "<!DOCTYPE worksheet [<!ENTITY x SYSTEM \"" + url + "\">]><worksheet"));
            byte[] inWorkbook = Books.withPart(
                    HONEST,
                    "xl/workbook.xml",
                    xml -> xml.replaceFirst("<workbook", "<!DOCTYPE workbook SYSTEM \"" + url + "\"><workbook"));

            assertRefused("名册.xlsx", external, 422, "shared.problem.validation");
            assertRefused("名册.xlsx", inWorkbook, 422, "shared.problem.validation");
            assertThat(catchThrowableOfType(SocketTimeoutException.class, outside::accept))
                    .isNotNull();
        }
    }

    @Test
    void entitiesThatMultiplyAreRefused() {
        byte[] laughs = Books.withPart(
                HONEST,
                "xl/sharedStrings.xml",
                xml -> xml.replaceFirst(
                        "<sst", "<!DOCTYPE sst [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><sst"));

        assertRefused("名册.xlsx", laughs, 422, "shared.problem.validation");
    }

    @Test
    void tooManyRowsAreRefused() {
        byte[] tall = Books.fast(sheet -> {
            for (int row = 0; row < 20_300; row++) {
                sheet.value(row, 0, row);
            }
        });

        assertRefused("名册.xlsx", tall, 413, "spreadsheet.file.tooManyRows");
    }

    @Test
    void styledEmptyRowsAreNoRowsHoweverMany() {
        byte[] styled = Books.withPart(HONEST, SHEET, xml -> {
            StringBuilder rows = new StringBuilder();
            for (int row = 3; row < 200_000; row++) {
                rows.append("<row r=\"")
                        .append(row)
                        .append("\"><c r=\"A")
                        .append(row)
                        .append("\" s=\"0\"/></row>");
            }
            return xml.replace("</sheetData>", rows + "</sheetData>");
        });

        List<Integer> rows = new ArrayList<>();
        reader.read(FileForm.of("名册.xlsx", styled), styled, new Rows(rows));

        assertThat(rows).containsExactly(1, 2);
    }

    @Test
    void aCellBeyondTheHundredthColumnIsRefusedWithItsPlace() {
        byte[] wide = Books.fast(sheet -> sheet.value(4, 100, "x"));

        ProblemException refused = refused("名册.xlsx", wide);

        assertThat(refused.messageKey()).isEqualTo("spreadsheet.file.tooManyColumns");
        assertThat(refused.args()).containsExactly("名册", "5", "CW", 100);
    }

    @Test
    void aCellOfTooManyCharactersIsRefusedWithItsPlace() {
        byte[] file = ("学校,编码\n甲,\"" + "字".repeat(40_000) + "\"\n").getBytes(StandardCharsets.UTF_8);

        ProblemException refused = refused("名册.csv", file);

        assertThat(refused.messageKey()).isEqualTo("spreadsheet.file.cellTooLong");
        assertThat(refused.args()).containsExactly("CSV", "B2", 32_767);
    }

    @Test
    void rowsAndColumnsThatCannotBeAreRefusedAsDamaged() {
        for (String cell : List.of("<row r=\"0\">", "<row r=\"99999999\">", "<row r=\"x\">")) {
            byte[] odd = Books.withPart(HONEST, SHEET, xml -> xml.replaceFirst("<row r=\"1\"[^>]*>", cell));

            assertRefused("名册.xlsx", odd, 422, "shared.problem.validation");
        }
    }

    /** Bytes changed at random: whatever comes out is rows or a refusal, and soon. */
    @Test
    void aWorkbookDamagedAnywhereIsReadOrRefusedAndNeverMore() {
        Random random = new Random(20260214);
        Map<String, byte[]> parts = Books.parts(HONEST);
        List<String> names = List.copyOf(parts.keySet());
        for (int round = 0; round < 400; round++) {
            Map<String, byte[]> damaged = new LinkedHashMap<>(parts);
            byte[] file;
            if (round % 2 == 0) {
                String name = names.get(random.nextInt(names.size()));
                damaged.put(name, changed(parts.get(name), random));
                file = Books.zip(damaged);
            } else {
                file = changed(HONEST, random);
            }
            try {
                reader.read(FileForm.of("名册.xlsx", file), file, new Rows(new ArrayList<>()));
            } catch (ProblemException e) {
                assertThat(e.status()).isIn(413, 415, 422);
            }
        }
    }

    private static byte[] changed(byte[] bytes, Random random) {
        byte[] changed = bytes.clone();
        for (int change = 0; change < 1 + random.nextInt(4) && changed.length > 0; change++) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        return changed;
    }

    private record Rows(List<Integer> numbers) implements SheetVisitor {

        @Override
        public boolean sheet(SheetInfo info) {
            assertThat(info.name()).isNotNull();
            return true;
        }

        @Override
        public void row(int number, boolean hidden, SortedMap<Integer, Cell> cells) {
            numbers.add(number);
        }

        @Override
        public void endSheet(List<CellRange> merged) {
            assertThat(merged).isNotNull();
        }
    }

    private void assertRefused(String name, byte[] file, int status, String messageKey) {
        ProblemException refused = catchThrowableOfType(
                ProblemException.class,
                () -> assertTimeoutPreemptively(
                        Duration.ofSeconds(10),
                        () -> reader.read(FileForm.of(name, file), file, new Rows(new ArrayList<>()))));
        assertThat(refused).isNotNull();
        assertThat(refused.messageKey()).isEqualTo(messageKey);
        assertThat(refused.status()).isEqualTo(status);
    }

    private ProblemException refused(String name, byte[] file) {
        return catchThrowableOfType(
                ProblemException.class, () -> reader.read(FileForm.of(name, file), file, new Rows(new ArrayList<>())));
    }

    /** Text that no archive makes much smaller. */
    private static String noise(int length) {
        byte[] bytes = new byte[length / 2];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Mostly blanks, with noise enough to look like an ordinary file. */
    private static byte[] sparseNoise(int length) {
        byte[] all = new byte[length];
        Arrays.fill(all, (byte) ' ');
        Random random = new Random(1);
        byte[] some = new byte[30];
        for (int at = 0; at < length - some.length; at += 1_000) {
            random.nextBytes(some);
            System.arraycopy(some, 0, all, at, some.length);
        }
        return all;
    }
}
