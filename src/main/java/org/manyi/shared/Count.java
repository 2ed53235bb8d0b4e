package org.manyi.shared;

/**
 * How many there are, counted only so far that counting stays cheap.
 *
 * @param value 0 to {@link #CAP}
 * @param capped true when there are more than {@code value}; shown as "1000+"
 */
public record Count(long value, boolean capped) {

    /** The highest number counted. */
    public static final int CAP = 1000;

    /**
     * The count of rows of a query limited to {@code CAP + 1}.
     *
     * @param counted 0 to {@code CAP + 1}
     */
    public static Count ofLimited(long counted) {
        return counted > CAP ? new Count(CAP, true) : new Count(counted, false);
    }
}
