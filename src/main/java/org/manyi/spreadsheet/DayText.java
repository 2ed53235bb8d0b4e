package org.manyi.spreadsheet;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.poi.ss.usermodel.DateUtil;

/**
 * Days as people write them into forms. What may mean two days, or none, is refused rather than guessed: two digits for the year,
 * the day before the month, a year or a day left out.
 */
final class DayText {

    private static final String YEARS = FormWords.word("year");
    private static final String MONTHS = FormWords.word("month");
    private static final String DAYS = FormWords.word("day");
    private static final String YEAR = "(?<year>(?:19|20)\\d{2})";
    private static final Pattern PARTED = Pattern.compile(
            YEAR + "(?<mark>[-/.])(?<month>\\d{1,2})\\k<mark>(?<day>\\d{1,2})(?:[ T]\\d{1,2}:\\d{2}.*)?");
    private static final Pattern IN_WORDS =
            Pattern.compile(YEAR + YEARS + "(?<month>\\d{1,2})" + MONTHS + "(?<day>\\d{1,2})[" + DAYS + "]?");
    private static final Pattern EIGHT_DIGITS = Pattern.compile(YEAR + "(?<month>\\d{2})(?<day>\\d{2})");
    private static final Pattern SHORT_YEAR =
            Pattern.compile("'?\\d{2}[-/." + YEARS + "]\\d{1,2}[-/." + MONTHS + "]\\d{1,2}[" + DAYS + "]?");

    /** Days that workbooks keep as a bare number lie between 1980-01-01 and 2099-12-31. */
    private static final LocalDate FIRST = LocalDate.of(1980, 1, 1);

    private static final LocalDate LAST = LocalDate.of(2099, 12, 31);
    private static final Pattern SERIAL = Pattern.compile("\\d{5}");

    /** Spaces beside the words for year, month and day; the one before a time parts it from the day. */
    private static final Pattern SPACED_WORDS =
            Pattern.compile(" (?=[" + YEARS + MONTHS + DAYS + "])|(?<=[" + YEARS + MONTHS + "]) ");

    private DayText() {}

    /**
     * What was read.
     *
     * @param day null when there is a problem
     * @param problem its code, null when there is none
     */
    record Read(LocalDate day, String problem) {}

    static Read read(Cell cell, boolean startsIn1904) {
        String text = Normalizer.normalize(cell.text(), Normalizer.Form.NFKC).strip();
        if (SERIAL.matcher(text).matches()) {
            LocalDateTime at = DateUtil.getLocalDateTime(Integer.parseInt(text), startsIn1904);
            LocalDate day = at.toLocalDate();
            return day.isBefore(FIRST) || day.isAfter(LAST) ? new Read(null, "day") : new Read(day, null);
        }
        String close = SPACED_WORDS.matcher(text).replaceAll("");
        for (Pattern pattern : new Pattern[] {PARTED, IN_WORDS, EIGHT_DIGITS}) {
            Matcher found = pattern.matcher(close);
            if (found.matches()) {
                return day(found);
            }
        }
        return new Read(null, SHORT_YEAR.matcher(close).matches() ? "shortYear" : "day");
    }

    private static Read day(Matcher found) {
        try {
            return new Read(
                    LocalDate.of(
                            Integer.parseInt(found.group("year")),
                            Integer.parseInt(found.group("month")),
                            Integer.parseInt(found.group("day"))),
                    null);
        } catch (DateTimeException e) {
            return new Read(null, "noSuchDay");
        }
    }
}
