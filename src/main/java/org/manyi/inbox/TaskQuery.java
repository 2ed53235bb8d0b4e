package org.manyi.inbox;

/**
 * What somebody looks for in the inbox.
 *
 * @param view never null
 * @param overdue true for overdue only, null for all
 * @param process a process key, null for all
 * @param school a school code, null for all
 * @param text contained in case number, title or school, case ignored; null for all
 * @param sort never null
 * @param cursor where the page starts, null for the first
 * @param size 1 to 100
 */
public record TaskQuery(
        View view, Boolean overdue, String process, String school, String text, Sort sort, String cursor, int size) {

    /** Whose tasks. */
    public enum View {
        /** Assigned to me. */
        MINE,
        /** Unassigned and of a post of mine. */
        CLAIMABLE,
        /** Visible to me, and neither of these. */
        SUPERVISED,
        /** Completed by me. */
        DONE
    }

    /** In which order. */
    public enum Sort {
        /** Soonest due first; the done view shows the latest done first. */
        DUE,
        /** Newest first. */
        NEWEST
    }
}
