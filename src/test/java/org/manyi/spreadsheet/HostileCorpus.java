package org.manyi.spreadsheet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.manyi.shared.ProblemException;

/**
 * Reads malformed and hostile files in a process of its own with a small heap, so that what they cost cannot be argued with: first
 * bombs made by hand, then real workbooks changed at random. Prints one line a sort of file.
 */
final class HostileCorpus {

    private static final long SEED = 20260301;
    private static final String SHEET = "xl/worksheets/sheet1.xml";
    private static final Object[][] ROWS = {
        {"学校", "编码", "姓名", "手机"}, {"第一小学", "A01", "张三", 13800000001L}, {"第二小学", "A02", "李四", 0.5}, {"合计", 2}
    };

    private final WorkbookReader reader = new WorkbookReader(ReadLimits.STANDARD);
    private final Map<String, int[]> counts = new LinkedHashMap<>();
    private final Map<String, Long> slowest = new LinkedHashMap<>();

    private HostileCorpus() {}

    /** The number of files to mutate, as the only argument. */
    public static void main(String[] arguments) throws IOException {
        HostileCorpus corpus = new HostileCorpus();
        corpus.bombs();
        corpus.mutations(Integer.parseInt(arguments[0]));
        corpus.print();
    }

    private void bombs() throws IOException {
        byte[] honest = Books.xlsx(ROWS);
        refuse(
                "blanks",
                "a.xlsx",
                () -> Books.withPart(
                        honest, SHEET, xml -> xml.replace("<sheetData>", "<sheetData>" + " ".repeat(20_000_000))));
        refuse("one wide row", "a.xlsx", () -> sheetOf(honest, wideRow(16_384, 3_000)));
        refuse("long texts", "a.xlsx", () -> sheetOf(honest, longRows(20, 99)));
        refuse("styled empty cells", "a.xlsx", () -> sheetOf(honest, styledRows(300_000)));
        refuse(
                "shared texts",
                "a.xlsx",
                () -> Books.withPart(
                        honest,
                        "xl/sharedStrings.xml",
                        xml -> "<sst>" + "<si><t>x</t></si>".repeat(400_000) + "</sst>"));
        refuse("400,000 rows", "a.xlsx", () -> sheetOf(honest, filledRows(400_000)));
        refuse("nested archive", "a.xlsx", () -> Books.zip(Map.of("inner.xlsx", honest)));
        refuse("text line of 5 MB", "a.csv", () -> ",".repeat(5_000_000).getBytes(StandardCharsets.UTF_8));
        refuse("text cell of 5 MB", "a.csv", () -> ("\"" + "x".repeat(5_000_000)).getBytes(StandardCharsets.UTF_8));
        refuse("text of line ends", "a.csv", () -> "\n".repeat(5_000_000).getBytes(StandardCharsets.UTF_8));
        refuse(
                "claimed texts (.xls)",
                "a.xls",
                () -> compound(new byte[] {9, 8, 4, 0, 0, 6, 5, 0, (byte) 0xFC, 0, 8, 0, 0, 0, 0, 0, -1, -1, -1, 127}));
        refuse("claimed size (.xls)", "a.xls", () -> {
            byte[] file = compound(new byte[] {9, 8, 4, 0, 0, 6, 5, 0});
            // How many blocks the allocation table claims to have.
            file[0x2C] = (byte) 0xFF;
            file[0x2D] = (byte) 0xFF;
            return file;
        });
    }

    private void mutations(int files) throws IOException {
        Random random = new Random(SEED);
        byte[] xlsx = Books.xlsx(ROWS);
        byte[] xls = old();
        byte[] csv = "学校,编码,姓名\n第一小学,A01,\"张\"\"三\"\n".getBytes(StandardCharsets.UTF_8);
        Map<String, byte[]> parts = Books.parts(xlsx);
        List<String> names = new ArrayList<>(parts.keySet());
        for (int number = 0; number < files; number++) {
            switch (number % 4) {
                case 0 -> read("changed .xlsx archive", "a.xlsx", changed(xlsx, random));
                case 1 -> {
                    Map<String, byte[]> damaged = new LinkedHashMap<>(parts);
                    String name = names.get(random.nextInt(names.size()));
                    damaged.put(name, changed(parts.get(name), random));
                    read("changed .xlsx part", "a.xlsx", Books.zip(damaged));
                }
                case 2 -> read("changed .xls", "a.xls", changed(xls, random));
                default -> read("changed .csv", "a.csv", changed(csv, random));
            }
        }
    }

    private void refuse(String sort, String name, Supplier<byte[]> file) {
        read(sort, name, file.get());
    }

    /** Whatever comes out must be rows or a refusal with a text; an error of another kind ends the process. */
    private void read(String sort, String name, byte[] file) {
        long begun = System.nanoTime();
        boolean refused = file.length > ReadLimits.STANDARD.fileBytes();
        if (!refused) {
            try {
                reader.read(FileForm.of(name, file), file, new Nothing());
            } catch (ProblemException e) {
                refused = true;
                if (e.messageKey() == null || e.status() < 413 || e.status() > 422) {
                    throw new IllegalStateException(sort + " answers " + e.status(), e);
                }
            }
        }
        long millis = (System.nanoTime() - begun) / 1_000_000;
        int[] count = counts.computeIfAbsent(sort, none -> new int[2]);
        count[refused ? 0 : 1]++;
        slowest.merge(sort, millis, Math::max);
    }

    private void print() {
        System.out.printf("%-24s %8s %6s %10s%n", "sort", "refused", "read", "slowest");
        int files = 0;
        long most = 0;
        for (Map.Entry<String, int[]> sort : counts.entrySet()) {
            long millis = slowest.get(sort.getKey());
            System.out.printf("%-24s %8d %6d %7d ms%n", sort.getKey(), sort.getValue()[0], sort.getValue()[1], millis);
            files += sort.getValue()[0] + sort.getValue()[1];
            most = Math.max(most, millis);
        }
        System.out.printf(
                "files=%d slowest=%d heap=%d MB%n",
                files, most, Runtime.getRuntime().maxMemory() / (1024 * 1024));
    }

    private static byte[] changed(byte[] bytes, Random random) {
        byte[] changed = bytes.clone();
        for (int change = 0; change < 1 + random.nextInt(8) && changed.length > 0; change++) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(5) == 0 ? java.util.Arrays.copyOf(changed, random.nextInt(changed.length)) : changed;
    }

    private static byte[] sheetOf(byte[] honest, String rows) {
        return Books.withPart(honest, SHEET, xml -> xml.replaceFirst("(?s)<sheetData>.*</sheetData>", "<sheetData>")
                .replace("<sheetData>", "<sheetData>" + rows + "</sheetData>"));
    }

    private static String wideRow(int columns, int chars) {
        Random random = new Random(SEED);
        StringBuilder row = new StringBuilder("<row r=\"1\">");
        for (int column = 0; column < columns && row.length() < 20_000_000; column++) {
            row.append("<c t=\"inlineStr\"><is><t>").append(text(random, chars)).append("</t></is></c>");
        }
        return row.append("</row>").toString();
    }

    private static String longRows(int rows, int columns) {
        Random random = new Random(SEED);
        StringBuilder sheet = new StringBuilder();
        for (int row = 1; row <= rows && sheet.length() < 20_000_000; row++) {
            sheet.append("<row>");
            for (int column = 0; column < columns && sheet.length() < 20_000_000; column++) {
                sheet.append("<c t=\"inlineStr\"><is><t>")
                        .append(text(random, 30_000))
                        .append("</t></is></c>");
            }
            sheet.append("</row>");
        }
        return sheet.toString();
    }

    private static String text(Random random, int chars) {
        StringBuilder text = new StringBuilder(chars);
        while (text.length() < chars) {
            text.append(random.nextInt(10)).append("xxxxxxxxxxxxxxxxxxxxxxxx");
        }
        return text.toString();
    }

    private static String styledRows(int rows) {
        return "<row><c s=\"0\"/><c s=\"0\"/></row>".repeat(rows);
    }

    private static String filledRows(int rows) {
        Random random = new Random(SEED);
        StringBuilder sheet = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            sheet.append("<row><c><v>").append(random.nextInt(1_000)).append("</v></c></row>");
        }
        return sheet.toString();
    }

    private static byte[] old() throws IOException {
        try (HSSFWorkbook workbook = new HSSFWorkbook();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            var sheet = workbook.createSheet("名册");
            for (int row = 0; row < ROWS.length; row++) {
                var created = sheet.createRow(row);
                for (int column = 0; column < ROWS[row].length; column++) {
                    created.createCell(column).setCellValue(String.valueOf(ROWS[row][column]));
                }
            }
            workbook.write(out);
            return out.toByteArray();
        }
    }

    private static byte[] compound(byte[] content) {
        try (POIFSFileSystem files = new POIFSFileSystem();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            files.createDocument(new ByteArrayInputStream(content), "Workbook");
            files.writeFilesystem(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Wants every sheet and keeps nothing. */
    private static final class Nothing implements SheetVisitor {

        @Override
        public boolean sheet(SheetInfo info) {
            return true;
        }

        @Override
        public void row(int number, boolean hidden, SortedMap<Integer, Cell> cells) {
            if (cells.isEmpty()) {
                throw new IllegalStateException("A blank row " + number);
            }
        }

        @Override
        public void endSheet(List<CellRange> merged) {
            if (merged == null) {
                throw new IllegalStateException("No merged cells at all");
            }
        }
    }
}
