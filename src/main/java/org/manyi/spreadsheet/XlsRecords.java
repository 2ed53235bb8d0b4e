package org.manyi.spreadsheet;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.poi.hssf.eventusermodel.HSSFListener;
import org.apache.poi.hssf.record.BOFRecord;
import org.apache.poi.hssf.record.BoolErrRecord;
import org.apache.poi.hssf.record.CellValueRecordInterface;
import org.apache.poi.hssf.record.DateWindow1904Record;
import org.apache.poi.hssf.record.EOFRecord;
import org.apache.poi.hssf.record.ExtendedFormatRecord;
import org.apache.poi.hssf.record.FormatRecord;
import org.apache.poi.hssf.record.FormulaRecord;
import org.apache.poi.hssf.record.LabelRecord;
import org.apache.poi.hssf.record.LabelSSTRecord;
import org.apache.poi.hssf.record.MergeCellsRecord;
import org.apache.poi.hssf.record.NumberRecord;
import org.apache.poi.hssf.record.Record;
import org.apache.poi.hssf.record.RowRecord;
import org.apache.poi.hssf.record.SSTRecord;
import org.apache.poi.hssf.record.StringRecord;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.util.CellRangeAddress;
import org.manyi.shared.ContentRefusedException;

/** Makes rows of the records of an old workbook as they come; of a formula the result that the workbook kept. */
final class XlsRecords implements HSSFListener {

    private static final int MOST_MERGED = 20_000;

    private final List<XlsGuard.Sheet> sheets;
    private final ReadLimits limits;
    private final SheetVisitor visitor;
    private final Map<Integer, String> formats = new HashMap<>();
    private final List<Integer> formatOfStyle = new ArrayList<>();
    private final Map<Integer, NumberForm> forms = new HashMap<>();
    private SSTRecord texts;
    private boolean startsIn1904;
    private int depth;
    private int begun = -1;
    private XlsGuard.Sheet sheet;
    private boolean wanted;
    private BitSet hiddenRows;
    private List<CellRange> merged;
    private TreeMap<Integer, Cell> cells;
    private int row;
    private FormulaRecord textFormula;

    XlsRecords(List<XlsGuard.Sheet> sheets, ReadLimits limits, SheetVisitor visitor) {
        this.sheets = sheets;
        this.limits = limits;
        this.visitor = visitor;
    }

    @Override
    public void processRecord(Record read) {
        if (read instanceof BOFRecord) {
            begin();
        } else if (read instanceof EOFRecord) {
            end();
        } else if (depth == 1 && sheet == null) {
            ofWorkbook(read);
        } else if (depth == 1 && wanted) {
            ofSheet(read);
        }
    }

    /** The workbook itself begins first, then each sheet; what begins within a sheet is a chart. */
    private void begin() {
        depth++;
        if (depth > 1 || ++begun == 0) {
            return;
        }
        XlsGuard.Sheet next = sheets.get(begun - 1);
        if (next.worksheet()) {
            sheet = next;
            hiddenRows = new BitSet();
            merged = new ArrayList<>();
            cells = new TreeMap<>();
            row = 0;
            wanted = visitor.sheet(new SheetVisitor.SheetInfo(sheet.name(), sheet.hidden(), startsIn1904));
        }
    }

    private void end() {
        depth--;
        if (depth == 0 && sheet != null) {
            endRow();
            visitor.endSheet(merged);
            sheet = null;
        }
    }

    private void ofWorkbook(Record read) {
        if (read instanceof SSTRecord shared) {
            texts = shared;
        } else if (read instanceof DateWindow1904Record window) {
            startsIn1904 = window.getWindowing() == 1;
        } else if (read instanceof FormatRecord format) {
            formats.put(format.getIndexCode(), format.getFormatString());
        } else if (read instanceof ExtendedFormatRecord style) {
            formatOfStyle.add((int) style.getFormatIndex());
        }
    }

    private void ofSheet(Record read) {
        if (read instanceof RowRecord described) {
            hiddenRows.set(described.getRowNumber() + 1, described.getZeroHeight());
        } else if (read instanceof MergeCellsRecord ranges) {
            merge(ranges);
        } else if (read instanceof StringRecord result && textFormula != null) {
            put(textFormula, Cell.text(CellText.clean(result.getString())));
            textFormula = null;
        } else if (read instanceof FormulaRecord formula && formula.getCachedResultTypeEnum() == CellType.STRING) {
            textFormula = formula;
        } else if (read instanceof CellValueRecordInterface cell) {
            Cell value = value(read);
            if (value != null) {
                put(cell, value);
            }
        }
    }

    private Cell value(Record read) {
        if (read instanceof LabelSSTRecord shared) {
            return Cell.text(
                    CellText.clean(texts.getString(shared.getSSTIndex()).getString()));
        } else if (read instanceof LabelRecord label) {
            return Cell.text(CellText.clean(label.getValue()));
        } else if (read instanceof NumberRecord number) {
            return number(number.getXFIndex(), number.getValue());
        } else if (read instanceof BoolErrRecord known) {
            return known.isError() ? error(known.getErrorValue()) : truth(known.getBooleanValue());
        } else if (read instanceof FormulaRecord formula) {
            return switch (formula.getCachedResultTypeEnum()) {
                case NUMERIC -> number(formula.getXFIndex(), formula.getValue());
                case BOOLEAN -> truth(formula.getCachedBooleanValue());
                case ERROR -> error(formula.getCachedErrorValue());
                default -> null;
            };
        }
        return null;
    }

    private Cell number(int style, double value) {
        NumberForm form = forms.computeIfAbsent(style, number -> {
            int format = number < formatOfStyle.size() ? formatOfStyle.get(number) : 0;
            return NumberForm.of(format, formats.get(format));
        });
        return form.cell(String.valueOf(value), startsIn1904);
    }

    private static Cell truth(boolean value) {
        return Cell.text(value ? "TRUE" : "FALSE");
    }

    private static Cell error(int code) {
        return new Cell(FormulaError.forInt((byte) code).getString(), Cell.Nature.ERROR);
    }

    private void put(CellValueRecordInterface cell, Cell value) {
        int number = cell.getRow() + 1;
        if (number < row) {
            throw new IllegalStateException("Row " + number + " after row " + row);
        }
        if (number > row) {
            endRow();
            row = number;
        }
        if (value.text().isEmpty()) {
            return;
        }
        if (cell.getColumn() >= limits.columns()) {
            throw LimitedVisitor.tooManyColumns(limits, sheet.name(), row, cell.getColumn());
        }
        cells.put((int) cell.getColumn(), value);
    }

    private void endRow() {
        if (!cells.isEmpty()) {
            visitor.row(row, hiddenRows.get(row), cells);
            cells = new TreeMap<>();
        }
    }

    private void merge(MergeCellsRecord ranges) {
        for (int number = 0; number < ranges.getNumAreas(); number++) {
            if (merged.size() >= MOST_MERGED) {
                throw ContentRefusedException.tooLarge("spreadsheet.file.tooLargeUnpacked");
            }
            CellRangeAddress range = ranges.getAreaAt(number);
            merged.add(new CellRange(
                    range.getFirstRow() + 1, range.getLastRow() + 1, range.getFirstColumn(), range.getLastColumn()));
        }
    }
}
