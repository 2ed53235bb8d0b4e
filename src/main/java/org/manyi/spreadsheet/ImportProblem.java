package org.manyi.spreadsheet;

import java.util.List;

/**
 * What is wrong with a file, as precisely as it is known where.
 *
 * @param sheet the sheet's name, null when it is the whole file
 * @param row the row's number as people see it, null when it is a whole column or the file
 * @param column the column's letter, null when it is none in particular
 * @param field the column's field, null when it is none in particular
 * @param code the machine-readable reason, such as {@code required}; never null
 * @param messageKey the key of the text, never null
 * @param args the text's arguments, never null
 */
public record ImportProblem(
        String sheet, Integer row, String column, String field, String code, String messageKey, List<Object> args) {

    static ImportProblem of(
            String sheet, Integer row, String column, String field, String code, String messageKey, Object... args) {
        return new ImportProblem(sheet, row, column, field, code, messageKey, List.of(args));
    }
}
