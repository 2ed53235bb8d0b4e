package org.manyi.org;

import static org.assertj.core.groups.Tuple.tuple;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.groups.Tuple;
import org.manyi.spreadsheet.ImportKind;
import org.manyi.spreadsheet.ImportKind.Column;
import org.manyi.spreadsheet.ImportKind.Row;

/** Rows as the workbook reader hands them on, written by hand. */
final class ImportRows {

    private ImportRows() {}

    /** Rows from row 3 on, the cells in the order of the columns, trailing ones left out. */
    static List<Row> rows(ImportKind kind, List<List<String>> lines) {
        List<String> fields = kind.columns().stream().map(Column::field).toList();
        List<Row> rows = new ArrayList<>();
        for (List<String> line : lines) {
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < line.size(); i++) {
                values.put(fields.get(i), line.get(i));
            }
            rows.add(new Row("Sheet1", rows.size() + 3, values));
        }
        return rows;
    }

    /** What is wrong with the rows as row, field and code. */
    static List<Tuple> problems(ImportKind kind, List<List<String>> lines) {
        return kind.check(rows(kind, lines)).stream()
                .map(problem -> tuple(
                        problem.row().number(),
                        problem.problem().field(),
                        problem.problem().code()))
                .toList();
    }
}
