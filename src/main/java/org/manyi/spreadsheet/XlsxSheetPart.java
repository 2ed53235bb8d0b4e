package org.manyi.spreadsheet;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.poi.ss.util.CellReference;
import org.manyi.shared.ContentRefusedException;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/** Passes the rows of a sheet on as they come; of a formula the result that the workbook kept, never the formula. */
final class XlsxSheetPart extends DefaultHandler {

    private static final int MOST_MERGED = 20_000;
    private static final int LAST_ROW = 1_048_576;
    private static final int LAST_COLUMN = 16_384;

    private final String sheet;
    private final List<String> texts;
    private final XlsxStylesPart styles;
    private final boolean startsIn1904;
    private final ReadLimits limits;
    private final SheetVisitor visitor;
    private final List<CellRange> merged = new ArrayList<>();
    private final StringBuilder value = new StringBuilder();
    private TreeMap<Integer, Cell> cells = new TreeMap<>();
    private int row;
    private boolean hidden;
    private int column;
    private String type;
    private int style;
    private boolean formula;
    private boolean valueSeen;
    private boolean inValue;
    private int phonetic;

    XlsxSheetPart(
            String sheet,
            List<String> texts,
            XlsxStylesPart styles,
            boolean startsIn1904,
            ReadLimits limits,
            SheetVisitor visitor) {
        this.sheet = sheet;
        this.texts = texts;
        this.styles = styles;
        this.startsIn1904 = startsIn1904;
        this.limits = limits;
        this.visitor = visitor;
    }

    List<CellRange> merged() {
        return merged;
    }

    @Override
    public void startElement(String uri, String name, String qualifiedName, Attributes attributes) {
        switch (name) {
            case "row" -> {
                String number = attributes.getValue("r");
                row = number == null ? row + 1 : Integer.parseInt(number);
                if (row < 1 || row > LAST_ROW) {
                    throw new IllegalArgumentException("Row " + row);
                }
                column = -1;
                hidden = isTrue(attributes.getValue("hidden"));
            }
            case "c" -> startCell(attributes);
            case "f" -> formula = true;
            case "v" -> {
                inValue = true;
                valueSeen = true;
            }
            case "rPh" -> phonetic++;
            case "t" -> {
                inValue = phonetic == 0;
                valueSeen = true;
            }
            case "mergeCell" -> merge(attributes.getValue("ref"));
            default -> {}
        }
    }

    private void startCell(Attributes attributes) {
        String reference = attributes.getValue("r");
        column = reference == null ? column + 1 : CellReference.convertColStringToIndex(letters(reference));
        if (column < 0 || column >= LAST_COLUMN) {
            throw new IllegalArgumentException("Column " + column);
        }
        type = attributes.getValue("t");
        String styleNumber = attributes.getValue("s");
        style = styleNumber == null ? 0 : Integer.parseInt(styleNumber);
        formula = false;
        valueSeen = false;
        value.setLength(0);
    }

    private static boolean isTrue(String value) {
        return "1".equals(value) || "true".equals(value);
    }

    private static String letters(String reference) {
        int end = 0;
        while (end < reference.length() && Character.isLetter(reference.charAt(end)) && end < 3) {
            end++;
        }
        return reference.substring(0, end);
    }

    private void merge(String reference) {
        if (merged.size() >= MOST_MERGED) {
            throw ContentRefusedException.tooLarge("spreadsheet.file.tooLargeUnpacked");
        }
        String[] corners = reference.split(":");
        CellReference first = new CellReference(corners[0]);
        CellReference last = new CellReference(corners[corners.length - 1]);
        merged.add(new CellRange(first.getRow() + 1, last.getRow() + 1, first.getCol(), last.getCol()));
    }

    @Override
    public void characters(char[] from, int start, int length) {
        if (inValue) {
            // One more than allowed is enough for the limit to be noticed.
            value.append(from, start, Math.min(length, Math.max(0, limits.cellChars() + 1 - value.length())));
        }
    }

    @Override
    public void endElement(String uri, String name, String qualifiedName) {
        switch (name) {
            case "v", "t" -> inValue = false;
            case "rPh" -> phonetic--;
            case "c" -> {
                Cell cell = cell();
                if (cell != null && !cell.text().isEmpty()) {
                    if (column >= limits.columns()) {
                        // Before the whole row is kept, which may be as wide as the file is long.
                        throw LimitedVisitor.tooManyColumns(limits, sheet, row, column);
                    }
                    cells.put(column, cell);
                }
            }
            case "row" -> {
                if (!cells.isEmpty()) {
                    visitor.row(row, hidden, cells);
                    cells = new TreeMap<>();
                }
            }
            default -> {}
        }
    }

    /** The cell just read; null when it is blank. */
    private Cell cell() {
        if (!valueSeen) {
            return formula ? new Cell("=", Cell.Nature.UNCALCULATED) : null;
        }
        String written = value.toString();
        return switch (type == null ? "n" : type) {
            case "s" -> Cell.text(CellText.clean(texts.get(Integer.parseInt(written.strip()))));
            case "str", "inlineStr" -> Cell.text(CellText.clean(XlsxEscapes.decode(written)));
            case "d" -> Cell.text(CellText.clean(written));
            case "b" -> Cell.text(written.strip().equals("1") ? "TRUE" : "FALSE");
            case "e" -> new Cell(CellText.clean(written), Cell.Nature.ERROR);
            default -> written.isBlank() ? null : styles.shown(style).cell(written.strip(), startsIn1904);
        };
    }
}
