package org.manyi.spreadsheet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/** Malformed and hostile files: bombs made by hand, and honest workbooks changed at random, the same ones in every run. */
public final class HostileCorpus {

    private static final long SEED = 20260301;
    private static final String SHEET = "xl/worksheets/sheet1.xml";

    private final Object[][] rows;
    private final Taker taker;

    private HostileCorpus(Object[][] rows, Taker taker) {
        this.rows = rows;
        this.taker = taker;
    }

    /** What is done with each file; one is made after another, so that a small heap holds them. */
    @FunctionalInterface
    public interface Taker {

        /**
         * Takes a file.
         *
         * @param sort what is wrong with it, in a few words
         * @param name its name with the ending that it pretends to
         */
        void take(String sort, String name, byte[] file);
    }

    /**
     * Makes them all.
     *
     * @param rows of the honest workbook, the headers first
     * @param changed how many files to make by random changes of it, beside the dozen bombs
     */
    public static void make(Object[][] rows, int changed, Taker taker) {
        HostileCorpus corpus = new HostileCorpus(rows, taker);
        corpus.bombs();
        corpus.mutations(changed);
    }

    private void bombs() {
        byte[] honest = Books.xlsx(rows);
        taker.take(
                "blanks",
                "a.xlsx",
                Books.withPart(
                        honest, SHEET, xml -> xml.replace("<sheetData>", "<sheetData>" + " ".repeat(20_000_000))));
        taker.take("one wide row", "a.xlsx", sheetOf(honest, wideRow(16_384, 3_000)));
        taker.take("long texts", "a.xlsx", sheetOf(honest, longRows(20, 99)));
        taker.take("styled empty cells", "a.xlsx", sheetOf(honest, styledRows(300_000)));
        taker.take(
                "shared texts",
                "a.xlsx",
                Books.withPart(
                        honest,
                        "xl/sharedStrings.xml",
                        xml -> "<sst>" + "<si><t>x</t></si>".repeat(400_000) + "</sst>"));
        taker.take("400,000 rows", "a.xlsx", sheetOf(honest, filledRows(400_000)));
        taker.take("nested archive", "a.xlsx", Books.zip(Map.of("inner.xlsx", honest)));
        taker.take("text line of 5 MB", "a.csv", ",".repeat(5_000_000).getBytes(StandardCharsets.UTF_8));
        taker.take("text cell of 5 MB", "a.csv", ("\"" + "x".repeat(5_000_000)).getBytes(StandardCharsets.UTF_8));
        taker.take("text of line ends", "a.csv", "\n".repeat(5_000_000).getBytes(StandardCharsets.UTF_8));
        taker.take("claimed texts (.xls)", "a.xls", compound(new byte[] {
            9, 8, 4, 0, 0, 6, 5, 0, (byte) 0xFC, 0, 8, 0, 0, 0, 0, 0, -1, -1, -1, 127
        }));
        byte[] claims = compound(new byte[] {9, 8, 4, 0, 0, 6, 5, 0});
        // How many blocks the allocation table claims to have.
        claims[0x2C] = (byte) 0xFF;
        claims[0x2D] = (byte) 0xFF;
        taker.take("claimed size (.xls)", "a.xls", claims);
    }

    private void mutations(int files) {
        Random random = new Random(SEED);
        byte[] xlsx = Books.xlsx(rows);
        byte[] xls = old();
        byte[] csv = csv();
        Map<String, byte[]> parts = Books.parts(xlsx);
        List<String> names = new ArrayList<>(parts.keySet());
        for (int number = 0; number < files; number++) {
            switch (number % 4) {
                case 0 -> taker.take("changed .xlsx archive", "a.xlsx", changed(xlsx, random));
                case 1 -> {
                    Map<String, byte[]> damaged = new LinkedHashMap<>(parts);
                    String name = names.get(random.nextInt(names.size()));
                    damaged.put(name, changed(parts.get(name), random));
                    taker.take("changed .xlsx part", "a.xlsx", Books.zip(damaged));
                }
                case 2 -> taker.take("changed .xls", "a.xls", changed(xls, random));
                default -> taker.take("changed .csv", "a.csv", changed(csv, random));
            }
        }
    }

    private static byte[] changed(byte[] bytes, Random random) {
        byte[] changed = bytes.clone();
        for (int change = 0; change < 1 + random.nextInt(8) && changed.length > 0; change++) {
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(5) == 0 ? Arrays.copyOf(changed, random.nextInt(changed.length)) : changed;
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

    private byte[] old() {
        try (HSSFWorkbook workbook = new HSSFWorkbook();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            var sheet = workbook.createSheet("名册");
            for (int row = 0; row < rows.length; row++) {
                var created = sheet.createRow(row);
                for (int column = 0; column < rows[row].length; column++) {
                    created.createCell(column).setCellValue(String.valueOf(rows[row][column]));
                }
            }
            workbook.write(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] compound(byte[] content) {
        try (POIFSFileSystem files = new POIFSFileSystem();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            files.createDocument(new ByteArrayInputStream(content), "Workbook");
            files.writeFilesystem(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] csv() {
        return Arrays.stream(rows)
                .map(row -> Arrays.stream(row).map(cell -> "\"" + cell + "\"").collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n", "", "\n"))
                .getBytes(StandardCharsets.UTF_8);
    }
}
