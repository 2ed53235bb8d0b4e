package org.manyi.inbox;

import java.time.OffsetDateTime;

/**
 * A remark on a task, or the reason of a hand over.
 *
 * @param taskId never null
 * @param taskName the step's name in the current language, never null
 * @param author never null
 * @param assignee to whom the task was handed over, null for a plain remark
 * @param text never null
 * @param at never null
 */
public record TaskComment(
        String taskId,
        String taskName,
        TaskItem.PersonRef author,
        TaskItem.PersonRef assignee,
        String text,
        OffsetDateTime at) {}
