package org.manyi.campaign;

/** What becomes of a due day that is no working day. */
public enum RestDayRule {
    /** It moves to the next working day; the default (Civil Code 203). */
    NEXT,
    /** It moves to the last working day before. */
    PREVIOUS,
    /** It stays. */
    KEEP,
    /** That time of a recurring node is left out. */
    SKIP
}
