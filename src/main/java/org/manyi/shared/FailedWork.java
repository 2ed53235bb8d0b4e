package org.manyi.shared;

import java.time.Instant;
import java.util.List;

/**
 * Port of the rooms with work of their own in the background that is given up after failures: the system administrator finds it in one
 * list with the engine's.
 */
public interface FailedWork {

    /**
     * Work that waits for an administrator.
     *
     * @param subject what it is for, in the reader's language; never null
     * @param step where it stopped, in the reader's language; never null
     * @param reason the kind of failure, without personal data; never null
     * @param since when it was given up, by the business clock; never null
     * @param page where more is said of it, such as {@code /calendar/changes/7}; {@code /retry} behind it lets it go on; never null
     */
    record Failure(String subject, String step, String reason, Instant since, String page) {}

    /** What waits, the longest first; never null. */
    List<Failure> failures();
}
