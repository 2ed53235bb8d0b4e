package org.manyi.inbox;

import java.util.List;
import java.util.Map;
import org.manyi.calendar.Due;
import org.manyi.evidence.Attachment;

/**
 * A task with all that its page shows.
 *
 * @param item never null
 * @param due by when and how that came about, never null
 * @param posts the names of the candidate posts, never null
 * @param view the case beside the form, never null
 * @param comments those of the whole case, oldest first; never null
 * @param doneBy who completed it, null while open and when the process ended it
 * @param withdrawn whether the process ended it without anybody completing it
 * @param submitted what was submitted; empty while open and for those who had no part in it; never null
 * @param files the files that {@code submitted} names, by id; never null
 */
public record TaskDetail(
        TaskItem item,
        Due due,
        List<String> posts,
        TaskHandler.CaseView view,
        List<TaskComment> comments,
        TaskItem.PersonRef doneBy,
        boolean withdrawn,
        List<SubmittedLine> submitted,
        Map<String, Attachment> files) {}
