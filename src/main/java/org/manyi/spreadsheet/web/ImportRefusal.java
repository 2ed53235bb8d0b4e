package org.manyi.spreadsheet.web;

import java.util.List;

/**
 * Why an import was refused: a problem of the contract's form with a row's place in every error, and what was counted.
 *
 * @param type a URN of the code
 * @param title the kind of refusal in a few words
 * @param status 422
 * @param detail what happened and what to do
 * @param code {@code validation}
 * @param errors the first errors, never null
 * @param truncated whether there are more
 * @param batchId where the result is kept
 * @param sha256 of the file
 * @param rows never null
 */
record ImportRefusal(
        String type,
        String title,
        int status,
        String detail,
        String code,
        List<ImportAnswer.ErrorLine> errors,
        boolean truncated,
        String batchId,
        String sha256,
        ImportAnswer.RowCounts rows) {}
