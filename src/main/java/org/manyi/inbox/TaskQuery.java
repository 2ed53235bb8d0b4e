package org.manyi.inbox;

import org.manyi.shared.Slice;

/**
 * What somebody looks for in the inbox.
 *
 * @param view never null
 * @param overdue true for overdue only (in the done view: done late), false for those in time, null for all
 * @param process a process key, null for all
 * @param school a school code, null for all
 * @param unit the code of a unit to one of whose posts it was offered, null for all
 * @param due how far from its due day (in the done view: no filter), null for all
 * @param text contained in case number, title or school, case ignored; null or blank for all
 * @param sort never null
 * @param cursor where the page starts, null for the first
 * @param size 1 to 100
 */
public record TaskQuery(
        View view,
        Boolean overdue,
        String process,
        String school,
        String unit,
        DueWindow due,
        String text,
        Sort sort,
        String cursor,
        int size) {

    /** Whatever the unit and the distance from its due day. */
    public TaskQuery(
            View view,
            Boolean overdue,
            String process,
            String school,
            String text,
            Sort sort,
            String cursor,
            int size) {
        this(view, overdue, process, school, null, null, text, sort, cursor, size);
    }

    /** The same filters in another view, from its first page. */
    public TaskQuery in(View other) {
        return new TaskQuery(other, overdue, process, school, unit, due, text, sort, null, size);
    }

    /** Whether it looks for words. */
    boolean searches() {
        return text != null && !text.isBlank();
    }

    /** The first page of a view without filters. */
    static TaskQuery all(View view) {
        return new TaskQuery(view, null, null, null, null, Sort.DUE, null, Slice.DEFAULT_SIZE);
    }

    /** The first page of what is so far from its due day. */
    static TaskQuery due(View view, DueWindow due) {
        return new TaskQuery(view, null, null, null, null, due, null, Sort.DUE, null, Slice.DEFAULT_SIZE);
    }

    /** Whose tasks. */
    public enum View {
        /** Assigned to me. */
        MINE,
        /** Unassigned and of a post of mine. */
        CLAIMABLE,
        /** In the hands of others, who ask me for my opinion. */
        ASKED,
        /** In the hands of somebody on leave for whom I stand in, to be taken over by claim; others oversee them as before. */
        ABSENT,
        /** Visible to me, and neither assigned to me nor waiting for a post of mine. */
        SUPERVISED,
        /** Completed by me. */
        DONE
    }

    /** In which order. */
    public enum Sort {
        /** Soonest due first. The done view has one order only, the latest done first. */
        DUE,
        /** Newest first. */
        NEWEST
    }
}
