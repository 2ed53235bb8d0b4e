package org.manyi.spreadsheet;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.apache.poi.ss.util.CellReference;
import org.manyi.shared.ContentRefusedException;

/**
 * Turns the sheets of a file into rows of fields: skips totals and notes, fills "as above", notices what was lost on the way into
 * the workbook. Keeps only the columns that stand for a field.
 */
final class RowReader implements SheetVisitor {

    private static final int SKIPPED_NAMED = 20;

    private final Mapping mapping;
    private final List<ImportKind.Column> columns;
    private final ReadLimits limits;
    private final Map<String, ImportKind.Column> columnOf = new LinkedHashMap<>();
    private final List<ImportKind.Row> rows = new ArrayList<>();
    private final List<ImportProblem> problems = new ArrayList<>();
    private final Set<ImportKind.Row> unsound = new HashSet<>();
    private final List<String> skippedRows = new ArrayList<>();
    private final boolean severalSheets;
    private int skipped;
    private int sheetNumber = -1;
    private Mapping.Sheet sheet;
    private Map<Integer, String> fields;
    private List<Line> lines;
    private boolean startsIn1904;
    private long chars;

    /** A row as far as it matters: its first cell, and those that stand for a field. */
    private record Line(int number, String first, Map<String, Cell> cells) {}

    RowReader(Mapping mapping, List<ImportKind.Column> columns, ReadLimits limits) {
        this.mapping = mapping;
        this.columns = columns;
        this.limits = limits;
        columns.forEach(column -> columnOf.put(column.field(), column));
        List<Mapping.Sheet> read =
                mapping.sheets().stream().filter(Mapping.Sheet::isRead).toList();
        severalSheets = read.size() > 1;
        read.forEach(this::findMissingColumns);
        if (read.isEmpty()) {
            problems.add(ImportProblem.of(
                    null,
                    null,
                    null,
                    null,
                    "header",
                    "spreadsheet.problem.header",
                    String.join(
                            " / ",
                            columns.stream().map(ImportKind.Column::title).toList())));
        }
    }

    private void findMissingColumns(Mapping.Sheet of) {
        Set<String> found = of.letters().keySet();
        columns.stream()
                .filter(column -> column.required() && !found.contains(column.field()))
                .forEach(column -> problems.add(ImportProblem.of(
                        of.name(),
                        of.headerRow(),
                        null,
                        column.field(),
                        "missingColumn",
                        "spreadsheet.problem.missingColumn",
                        column.title())));
    }

    /** Whether a column is missing, without which no row can be judged. */
    boolean lacksColumns() {
        return problems.stream()
                .anyMatch(problem ->
                        problem.code().equals("missingColumn") || problem.code().equals("header"));
    }

    /** All rows of data, sound or not, in the file's order. */
    List<ImportKind.Row> rows() {
        return rows;
    }

    /** The rows in which nothing is wrong so far. */
    List<ImportKind.Row> soundRows() {
        return rows.stream().filter(row -> !unsound.contains(row)).toList();
    }

    /** What is wrong so far, in the file's order. */
    List<ImportProblem> problems() {
        return problems;
    }

    /** How many rows were no data: totals, notes, signatures. */
    int skipped() {
        return skipped;
    }

    /** The first of them by number, with their sheet where several are read. */
    List<String> skippedRows() {
        return skippedRows;
    }

    @Override
    public boolean sheet(SheetInfo info) {
        sheet = mapping.sheets().get(++sheetNumber);
        startsIn1904 = info.startsIn1904();
        fields = new HashMap<>();
        sheet.columns().stream()
                .filter(column -> column.field() != null)
                .forEach(column -> fields.put(CellReference.convertColStringToIndex(column.letter()), column.field()));
        lines = new ArrayList<>();
        return sheet.isRead();
    }

    @Override
    public void row(int number, boolean hidden, SortedMap<Integer, Cell> cells) {
        if (number <= sheet.headerRow() || hidden && sheet.withoutHidden()) {
            return;
        }
        if (lines.size() >= limits.rows() + ReadLimits.OTHER_ROWS) {
            throw LimitedVisitor.tooManyRows(limits);
        }
        Map<String, Cell> kept = new HashMap<>();
        fields.forEach((column, field) -> {
            Cell cell = cells.get(column);
            if (cell != null) {
                kept.put(field, cell);
                chars += cell.text().length();
            }
        });
        if (chars > limits.textChars()) {
            throw ContentRefusedException.tooLarge("spreadsheet.file.tooLargeUnpacked");
        }
        lines.add(new Line(number, cells.get(cells.firstKey()).text(), kept));
    }

    @Override
    public void endSheet(List<CellRange> merged) {
        dropWhatIsNoData();
        Map<String, Integer> codeLengths = codeLengths();
        Map<String, String> letters = sheet.letters();
        Map<String, String> above = new HashMap<>();
        for (Line line : lines) {
            Map<String, String> values = new HashMap<>();
            List<ImportProblem> found = new ArrayList<>();
            for (Map.Entry<String, String> entry : letters.entrySet()) {
                ImportKind.Column column = columnOf.get(entry.getKey());
                String value = value(line, column, entry.getValue(), codeLengths, found);
                if (column.inherits()) {
                    value = value.isEmpty() ? above.getOrDefault(column.field(), "") : value;
                    above.put(column.field(), value);
                }
                if (!value.isEmpty()) {
                    values.put(column.field(), value);
                } else if (column.required() && !line.cells().containsKey(column.field())) {
                    found.add(blank(line, column, entry.getValue(), merged));
                }
            }
            ImportKind.Row row = new ImportKind.Row(sheet.name(), line.number(), Map.copyOf(values));
            rows.add(row);
            if (!found.isEmpty()) {
                unsound.add(row);
                found.sort(Comparator.comparing(problem -> CellReference.convertColStringToIndex(problem.column())));
                problems.addAll(found);
            }
        }
    }

    /** Drops rows that hold nothing but a prepared number, totals wherever they stand, and notes and signatures at the end. */
    private void dropWhatIsNoData() {
        boolean atEnd = true;
        List<Line> fromEnd = new ArrayList<>(lines);
        Collections.reverse(fromEnd);
        List<Line> data = new ArrayList<>();
        List<Line> dropped = new ArrayList<>();
        for (Line line : fromEnd) {
            boolean incomplete = columns.stream()
                    .anyMatch(column -> column.required()
                            && !column.inherits()
                            && !line.cells().containsKey(column.field()));
            boolean foot = FormWords.maybeTotal(line.first()) || atEnd && FormWords.isNote(line.first());
            if (FormWords.isTotal(line.first()) || incomplete && foot) {
                dropped.add(0, line);
            } else if (!line.cells().isEmpty()) {
                atEnd = false;
                data.add(0, line);
            }
        }
        lines = data;
        skipped += dropped.size();
        dropped.stream()
                .limit(Math.max(0, SKIPPED_NAMED - skippedRows.size()))
                .forEach(line -> skippedRows.add(
                        severalSheets ? sheet.name() + " " + line.number() : String.valueOf(line.number())));
    }

    /**
     * To how many digits the codes of a column are written, where texts among them begin with a zero and all have one length: then
     * a number that lost its zeros can only mean one code.
     */
    private Map<String, Integer> codeLengths() {
        Map<String, Integer> lengths = new HashMap<>();
        for (ImportKind.Column column : columns) {
            if (!column.code()) {
                continue;
            }
            Set<Integer> ofTexts = new HashSet<>();
            boolean zeros = false;
            int longestNumber = 0;
            for (Line line : lines) {
                Cell cell = line.cells().get(column.field());
                if (cell != null && isDigits(cell.text())) {
                    if (cell.nature() == Cell.Nature.NUMBER) {
                        longestNumber = Math.max(longestNumber, cell.text().length());
                    } else {
                        ofTexts.add(cell.text().length());
                        zeros |= cell.text().charAt(0) == '0';
                    }
                }
            }
            if (ofTexts.size() == 1 && zeros && ofTexts.iterator().next() >= longestNumber) {
                lengths.put(column.field(), ofTexts.iterator().next());
            }
        }
        return lengths;
    }

    private boolean differsInLength(ImportKind.Column column, Cell number) {
        return lines.stream()
                .map(line -> line.cells().get(column.field()))
                .anyMatch(other -> other != null
                        && isDigits(other.text())
                        && other.text().length() > number.text().length());
    }

    /** The cell's text, "" when it is blank or cannot be read; what is wrong with it is added to the problems. */
    private String value(
            Line line,
            ImportKind.Column column,
            String letter,
            Map<String, Integer> codeLengths,
            List<ImportProblem> found) {
        Cell cell = line.cells().get(column.field());
        if (cell == null) {
            return "";
        }
        switch (cell.nature()) {
            case ERROR -> found.add(problem(line, column, letter, "cellError", cell.text()));
            case UNCALCULATED -> found.add(problem(line, column, letter, "uncalculated"));
            case IMPRECISE -> found.add(problem(line, column, letter, "imprecise"));
            case NUMBER -> {
                if (column.code() && isDigits(cell.text())) {
                    return code(line, column, letter, cell, codeLengths, found);
                }
                return column.day() ? day(line, column, letter, cell, found) : cell.text();
            }
            case TEXT -> {
                if (column.day()) {
                    return day(line, column, letter, cell, found);
                }
                return column.code() ? Normalizer.normalize(cell.text(), Normalizer.Form.NFKC) : cell.text();
            }
        }
        return "";
    }

    private String day(Line line, ImportKind.Column column, String letter, Cell cell, List<ImportProblem> found) {
        DayText.Read day = DayText.read(cell, startsIn1904);
        if (day.problem() == null) {
            return day.day().toString();
        }
        found.add(problem(line, column, letter, day.problem(), cell.text()));
        return "";
    }

    private String code(
            Line line,
            ImportKind.Column column,
            String letter,
            Cell number,
            Map<String, Integer> codeLengths,
            List<ImportProblem> found) {
        Integer length = codeLengths.get(column.field());
        if (length != null) {
            return "0".repeat(length - number.text().length()) + number.text();
        }
        if (differsInLength(column, number)) {
            found.add(problem(line, column, letter, "leadingZeros", number.text()));
            return "";
        }
        return number.text();
    }

    private ImportProblem blank(Line line, ImportKind.Column column, String letter, List<CellRange> merged) {
        int at = CellReference.convertColStringToIndex(letter);
        boolean inMerged = merged.stream().anyMatch(range -> range.contains(line.number(), at));
        return inMerged
                ? problem(line, column, letter, "merged")
                : ImportProblem.of(
                        sheet.name(), line.number(), letter, column.field(), "required", "shared.field.required");
    }

    private ImportProblem problem(Line line, ImportKind.Column column, String letter, String code, Object... args) {
        return ImportProblem.of(
                sheet.name(), line.number(), letter, column.field(), code, "spreadsheet.problem." + code, args);
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
