package org.manyi.spreadsheet;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.regex.Pattern;

/** Texts of cells as people mean them. */
final class CellText {

    /** As many digits as a workbook keeps of a number. */
    private static final MathContext PRECISION = new MathContext(15);

    private static final double IMPRECISE_FROM = 1e15;
    private static final int LONGEST_NUMBER = 40;

    /** What nobody sees: controls but tab and line end, marks of direction, spaces without width, lone surrogates. */
    private static final Pattern UNSEEN = Pattern.compile(
            "[\\p{Cc}\\p{Cs}\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060\\u2066-\\u2069\\uFEFF&&[^\\t\\n]]");

    private static final Pattern AROUND = Pattern.compile("^[\\s\\u00A0\\u3000]+|[\\s\\u00A0\\u3000]+$");

    private CellText() {}

    /** The text without what nobody sees and without spaces around it; never null. */
    static String clean(String text) {
        String lines = text.replace("\r\n", "\n").replace('\r', '\n');
        return AROUND.matcher(UNSEEN.matcher(lines).replaceAll("")).replaceAll("");
    }

    /**
     * A number as written out, never in powers of ten: 13800000000, not 1.38E+10.
     *
     * @param written as the workbook keeps it
     */
    static Cell number(String written) {
        double value;
        try {
            value = Double.parseDouble(written);
        } catch (NumberFormatException e) {
            return new Cell(written, Cell.Nature.ERROR);
        }
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return new Cell(written, Cell.Nature.ERROR);
        }
        if (value == 0) {
            return new Cell("0", Cell.Nature.NUMBER);
        }
        BigDecimal exact = written.length() <= LONGEST_NUMBER ? new BigDecimal(written) : BigDecimal.valueOf(value);
        String text = exact.round(PRECISION).stripTrailingZeros().toPlainString();
        return new Cell(text, Math.abs(value) >= IMPRECISE_FROM ? Cell.Nature.IMPRECISE : Cell.Nature.NUMBER);
    }
}
