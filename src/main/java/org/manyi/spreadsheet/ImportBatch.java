package org.manyi.spreadsheet;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An uploaded file on its way into the system.
 *
 * @param id never null
 * @param kind the kind of import, never null
 * @param fileName the safe name for people, never null
 * @param sha256 of the uploaded bytes, 64 hex digits, never null
 * @param size in bytes
 * @param uploader username, never null
 * @param uploadedAt business time, never null
 * @param status never null
 * @param purpose what the last run was or is for, never null
 * @param stage how far a running one is, null otherwise
 * @param run the last run, whose result this is; null when it broke off
 * @param rows never null; while the first run is under way {@code read} is what the first look counted and the rest is zero
 * @param skippedRows the numbers of the first of the skipped rows, with their sheet where several are read; never null
 * @param errorCount how many errors there are in all, at most {@link #ERRORS_KEPT} of them kept
 * @param failure why the last run broke off, null when it did not
 * @param mapping the columns found and what they stand for, never null; empty in lists
 * @param kept whether the file is still there to be checked again or applied
 * @param appliedAt null until applied
 * @param appliedBy username, null until applied
 * @param revertible whether it may be taken back
 * @param revertedAt null until taken back
 * @param revertedBy username, null until taken back
 */
public record ImportBatch(
        UUID id,
        String kind,
        String fileName,
        String sha256,
        long size,
        String uploader,
        Instant uploadedAt,
        Status status,
        Purpose purpose,
        Stage stage,
        UUID run,
        Rows rows,
        List<String> skippedRows,
        int errorCount,
        Failure failure,
        Mapping mapping,
        boolean kept,
        Instant appliedAt,
        String appliedBy,
        boolean revertible,
        Instant revertedAt,
        String revertedBy) {

    /** How many errors of a file are kept; more tell nobody more. */
    public static final int ERRORS_KEPT = 2_000;

    /** Where a batch stands. */
    public enum Status {
        /** Every row is sound; it may be applied. */
        CHECKED,
        /** It is being checked or applied. */
        RUNNING,
        /** Its rows are written. */
        APPLIED,
        /** It was taken back; what stayed is among its errors. Final. */
        REVERTED,
        /** Something is wrong and nothing was written; with other columns or after a correction it may be checked again. */
        FAILED
    }

    /** What a run is for. */
    public enum Purpose {
        /** A dry run. */
        CHECK,
        /** Checks and writes. */
        APPLY,
        /** Takes back what was written. */
        REVERT
    }

    /** How far a run is. */
    public enum Stage {
        /** It waits for its turn. */
        WAITING,
        /** The file is read. */
        READING,
        /** The rows are compared with each other and what exists. */
        CHECKING,
        /** The rows are written. */
        WRITING
    }

    /**
     * Rows counted.
     *
     * @param read all of them below the headers but blank ones: valid, invalid and skipped
     * @param valid rows in which nothing is wrong
     * @param invalid rows in which something is wrong
     * @param skipped totals, notes and signatures
     */
    public record Rows(int read, int valid, int invalid, int skipped) {}

    /** Why a run broke off: the key of a text and its arguments; none is null. */
    public record Failure(String messageKey, List<Object> args) {}

    /** Whether it may be taken back now. */
    public boolean isRevertibleNow() {
        return status == Status.APPLIED && revertible;
    }

    /** Whether it may be applied now. */
    public boolean isReady() {
        return status == Status.CHECKED && kept;
    }
}
