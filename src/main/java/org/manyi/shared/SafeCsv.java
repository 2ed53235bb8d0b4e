package org.manyi.shared;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes tables as text files for people to download. What would start a formula is preceded by an apostrophe, which reading takes away
 * again.
 */
public final class SafeCsv {

    private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";

    private SafeCsv() {}

    /**
     * Writes a text file in UTF-8 with a mark, which spreadsheet programs need to see its encoding.
     *
     * @param rows texts, null for blank
     */
    public static void write(OutputStream out, List<String> header, Iterable<List<String>> rows) throws IOException {
        Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.write('\uFEFF');
        CSVPrinter printer = new CSVPrinter(writer, CSVFormat.RFC4180);
        printer.printRecord(header.stream().map(SafeCsv::escape).toList());
        for (List<String> line : rows) {
            printer.printRecord(line.stream().map(SafeCsv::escape).toList());
        }
        printer.flush();
    }

    /** The text as a text file may hold it; null becomes blank. */
    static String escape(String text) {
        if (text == null) {
            return "";
        }
        return startsFormula(text) ? "'" + text : text;
    }

    /** The text that was written as this one; the same text where no formula was feared. */
    public static String unescape(String text) {
        return text.startsWith("'") && startsFormula(text) ? text.substring(1) : text;
    }

    /** Whether a formula begins here, or behind apostrophes, which therefore need one more to be kept. */
    private static boolean startsFormula(String text) {
        int at = 0;
        while (at < text.length() && text.charAt(at) == '\'') {
            at++;
        }
        return at < text.length() && FORMULA_STARTS.indexOf(text.charAt(at)) >= 0;
    }
}
