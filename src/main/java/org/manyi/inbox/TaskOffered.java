package org.manyi.inbox;

import java.time.Instant;
import java.util.List;
import org.manyi.calendar.Due;

/**
 * A task has arisen and lies in the inbox; published in the same transaction.
 *
 * @param task never null
 * @param posts the candidate posts, never empty
 * @param assignee the person it was given to at once, null when it waits to be claimed
 * @param title as shown, never null
 * @param schoolCode null when the case is about no school
 * @param due never null
 * @param urgency never null
 * @param round null outside rounds
 * @param at business time, never null
 */
public record TaskOffered(
        TaskRef task,
        List<String> posts,
        String assignee,
        String title,
        String schoolCode,
        Due due,
        Urgency urgency,
        Integer round,
        Instant at) {}
