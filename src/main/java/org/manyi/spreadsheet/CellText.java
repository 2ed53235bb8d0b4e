package org.manyi.spreadsheet;

import java.math.BigDecimal;
import java.math.MathContext;

/** Texts of cells as people mean them. */
final class CellText {

    /** As many digits as a workbook keeps of a number. */
    private static final MathContext PRECISION = new MathContext(15);

    private static final double IMPRECISE_FROM = 1e15;
    private static final int LONGEST_NUMBER = 40;

    /** Marks of direction, spaces without width, the mark of a text's beginning. */
    private static final String UNSEEN =
            "\u200B\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2060\u2066\u2067\u2068\u2069\uFEFF";

    private static final String WIDE_SPACES = "\u00A0\u3000";

    private CellText() {}

    /**
     * The text without what nobody sees (controls but tab and line end, marks of direction, halves of characters) and without
     * spaces around it; never null.
     */
    static String clean(String text) {
        String lines =
                text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
        String seen = lines;
        if (!isAllSeen(lines)) {
            StringBuilder kept = new StringBuilder(lines.length());
            lines.codePoints().filter(CellText::isSeen).forEach(kept::appendCodePoint);
            seen = kept.toString();
        }
        int start = 0;
        int end = seen.length();
        while (start < end && isSpace(seen.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(seen.charAt(end - 1))) {
            end--;
        }
        return seen.substring(start, end);
    }

    private static boolean isAllSeen(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (Character.isSurrogate(c) || !isSeen(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSeen(int c) {
        return c == '\t'
                || c == '\n'
                || !Character.isISOControl(c)
                        && UNSEEN.indexOf(c) < 0
                        && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || WIDE_SPACES.indexOf(c) >= 0;
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
