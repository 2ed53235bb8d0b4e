package org.manyi.spreadsheet;

/**
 * A cell that is not blank.
 *
 * @param text as a person reads it, without spaces around it; never null, never empty
 * @param nature never null
 */
record Cell(String text, Nature nature) {

    /** What stands behind the text. */
    enum Nature {
        /** A text, or what has one meaning only: a date, a truth value, a number shown with its zeros. */
        TEXT,
        /** A number, exactly. */
        NUMBER,
        /** A number of more digits than a workbook keeps. */
        IMPRECISE,
        /** A formula's error, such as {@code #REF!}. */
        ERROR,
        /** A formula whose result was never calculated. */
        UNCALCULATED
    }

    static Cell text(String text) {
        return new Cell(text, Nature.TEXT);
    }
}
