package org.manyi.spreadsheet.web;

import java.util.ArrayList;
import java.util.List;
import org.manyi.spreadsheet.ImportBatch;
import org.manyi.spreadsheet.ImportKind;
import org.manyi.spreadsheet.ImportProblem;
import org.manyi.spreadsheet.Mapping;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** What pages and API say about imports, in the reader's language. */
@Component
class ImportTexts {

    private static final String KIND = "spreadsheet.kind.";

    private final MessageSource messages;

    ImportTexts(MessageSource messages) {
        this.messages = messages;
    }

    String text(String key, Object... args) {
        return messages.getMessage(key, args, LocaleContextHolder.getLocale());
    }

    /** The kind's name for people. */
    String nameOf(String kind) {
        return messages.getMessage(KIND + kind, null, kind, LocaleContextHolder.getLocale());
    }

    /** What the kind brings, "" where nothing more is to be said. */
    String about(ImportKind kind) {
        return messages.getMessage(KIND + kind.kind() + ".text", null, "", LocaleContextHolder.getLocale());
    }

    String messageOf(ImportProblem problem) {
        return text(problem.messageKey(), problem.args().toArray());
    }

    /** Why a batch broke off, null when it did not. */
    String failureOf(ImportBatch batch) {
        return batch.failure() == null
                ? null
                : text(batch.failure().messageKey(), batch.failure().args().toArray());
    }

    /** What of a file is hidden or was left out, a line each; empty where nothing is. */
    List<String> hiddenIn(Mapping mapping) {
        List<String> lines = new ArrayList<>();
        List<String> leftOut = mapping.sheets().stream()
                .filter(Mapping.Sheet::leftOut)
                .map(Mapping.Sheet::name)
                .toList();
        if (!leftOut.isEmpty()) {
            lines.add(text("spreadsheet.result.hiddenSheets", String.join(", ", leftOut)));
        }
        mapping.sheets().stream()
                .filter(sheet -> sheet.isRead() && sheet.hiddenRows() > 0)
                .forEach(sheet -> lines.add(text(
                        sheet.withoutHidden()
                                ? "spreadsheet.result.hiddenRowsLeftOut"
                                : "spreadsheet.result.hiddenRows",
                        sheet.name(),
                        sheet.hiddenRows())));
        return lines;
    }

    /** What may and must stand in a column. */
    String hintOf(ImportKind.Column column) {
        String need = column.required() ? "spreadsheet.column.required" : "spreadsheet.column.optional";
        return column.inherits() ? text("spreadsheet.column.inherits", text(need)) : text(need);
    }

    List<String> hintsOf(ImportKind kind) {
        return kind.columns().stream().map(this::hintOf).toList();
    }
}
