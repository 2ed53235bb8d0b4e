package org.manyi.inbox;

import java.util.List;

/**
 * One answer of a completed form, kept with the labels that the form had that day.
 *
 * @param field the field's key, in a row of a list {@code points.note}; never null
 * @param row 1 for the first row of a list, null outside lists
 * @param label the field's label, never null
 * @param kind what the values are, never null
 * @param values the answer as read: the text, the labels of what was chosen, an ISO day, {@code true} or {@code false}, attachment
 *     ids; never null, never empty
 * @param options the values behind chosen labels, empty for all other kinds
 */
public record SubmittedLine(
        String field, Integer row, String label, Kind kind, List<String> values, List<String> options) {

    /** What an answer is. */
    public enum Kind {
        /** As it was typed. */
        TEXT,
        /** Chosen from a list. */
        CHOICE,
        /** A day. */
        DAY,
        /** A ticked box, or one that was not. */
        TICK,
        /** Attachments. */
        FILES
    }
}
