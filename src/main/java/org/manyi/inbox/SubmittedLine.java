package org.manyi.inbox;

import java.util.List;

/**
 * One answer of a completed form, kept with the labels that the form had that day.
 *
 * @param field the field's key, in a row of a list {@code points.note}; never null
 * @param row 1 for the first row of a list, null outside lists
 * @param label the field's label, never null
 * @param values the answer as read: the text, the day, the labels of what was chosen; attachment ids where {@code files};
 *     never null, never empty
 * @param options the values behind chosen labels; of a checkbox {@code true} or {@code false}, its value too; empty for all others
 * @param files whether the values are attachment ids
 */
public record SubmittedLine(
        String field, Integer row, String label, List<String> values, List<String> options, boolean files) {}
