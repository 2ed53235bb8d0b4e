package org.manyi.spreadsheet.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * An import as programs see it.
 *
 * @param batchId never null
 * @param kind never null
 * @param fileName never null
 * @param status {@code checked}, {@code running}, {@code applied}, {@code failed} or {@code reverted}
 * @param stage how far a running one is: {@code waiting}, {@code reading}, {@code checking} or {@code writing}; null otherwise
 * @param sha256 of the file, 64 hex digits
 * @param rows never null
 * @param errors the first {@link #ERRORS} errors; of a reverted one what stayed; never null
 * @param truncated whether there are more
 * @param failure why it broke off, null when it did not
 * @param uploadedAt never null
 */
record ImportAnswer(
        String batchId,
        String kind,
        String fileName,

        @Schema(allowableValues = {"checked", "running", "applied", "failed", "reverted"})
        String status,

        @Schema(
                nullable = true,
                allowableValues = {"waiting", "reading", "checking", "writing"})
        String stage,

        String sha256,
        RowCounts rows,
        List<ErrorLine> errors,
        boolean truncated,
        @Schema(nullable = true) String failure,
        OffsetDateTime uploadedAt) {

    /** As many errors as one answer or page holds. */
    static final int ERRORS = 200;

    /**
     * Rows counted.
     *
     * @param read all below the headers but blank ones
     * @param valid rows in which nothing is wrong
     * @param invalid rows in which something is wrong
     * @param skipped totals, notes and signatures
     */
    @Schema(name = "ImportRows")
    record RowCounts(int read, int valid, int invalid, int skipped) {}

    /**
     * An error with its place.
     *
     * @param sheet null when it is the whole file
     * @param row as people see it, null when it is no row in particular
     * @param column the column's letter, null when it is none in particular
     * @param field the column's field, null when it is none in particular
     * @param code the machine-readable reason, never null
     * @param message what is wrong and what to do, never null
     */
    @Schema(name = "ImportError")
    record ErrorLine(
            @Schema(nullable = true) String sheet,
            @Schema(nullable = true) Integer row,
            @Schema(nullable = true) String column,
            @Schema(nullable = true) String field,
            String code,
            String message) {}
}
