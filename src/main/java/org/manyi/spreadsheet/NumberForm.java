package org.manyi.spreadsheet;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import org.apache.poi.ss.usermodel.BuiltinFormats;
import org.apache.poi.ss.usermodel.DateUtil;

/**
 * How a cell's format shows a number, as far as it changes what the number means.
 *
 * @param date whether as a day or time
 * @param percent whether in hundredths
 * @param zeros to how many digits it is filled with zeros, 0 when it is not
 */
record NumberForm(boolean date, boolean percent, int zeros) {

    static final NumberForm PLAIN = new NumberForm(false, false, 0);

    /** As long as a format may be. */
    private static final int LONGEST_FORMAT = 255;

    /** The day that the reckoning from 1900 has and the calendar has not: 1900-02-29. */
    private static final int NO_DAY = 60;

    private static final String NO_DAY_TEXT = "1900-02-29";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    /**
     * The form of a format.
     *
     * @param written null for one of the built-in formats
     */
    static NumberForm of(int formatId, String written) {
        String code = written != null ? written : BuiltinFormats.getBuiltinFormat(formatId);
        if (code == null || code.length() > LONGEST_FORMAT) {
            return PLAIN;
        }
        if (code.length() > 1 && code.chars().allMatch(c -> c == '0')) {
            return new NumberForm(false, false, code.length());
        }
        if (code.endsWith("%")) {
            return new NumberForm(false, true, 0);
        }
        return DateUtil.isADateFormat(formatId, code) ? new NumberForm(true, false, 0) : PLAIN;
    }

    /**
     * A number as a person reads it.
     *
     * @param written as the workbook keeps it
     */
    Cell cell(String written, boolean startsIn1904) {
        Cell number = CellText.number(written);
        if (number.nature() != Cell.Nature.NUMBER) {
            return number;
        }
        if (date) {
            return day(Double.parseDouble(written), startsIn1904, number);
        }
        if (percent) {
            return Cell.text(new BigDecimal(number.text())
                            .movePointRight(2)
                            .stripTrailingZeros()
                            .toPlainString()
                    + "%");
        }
        boolean whole = number.text().chars().allMatch(Character::isDigit);
        return zeros > 0 && whole
                ? Cell.text("0".repeat(Math.max(0, zeros - number.text().length())) + number.text())
                : number;
    }

    /** A day as {@code 2026-03-14}, with its time where it has one; a time of no day as {@code 17:30}. */
    private static Cell day(double value, boolean startsIn1904, Cell number) {
        LocalDateTime at = DateUtil.getLocalDateTime(value, startsIn1904, true);
        if (at == null) {
            return number;
        }
        if (value < 1) {
            return Cell.text(TIME.format(at));
        }
        if (!startsIn1904 && (int) value == NO_DAY) {
            return Cell.text(NO_DAY_TEXT);
        }
        return Cell.text(
                at.toLocalTime().equals(LocalTime.MIDNIGHT) ? at.toLocalDate().toString() : DAY_AND_TIME.format(at));
    }
}
