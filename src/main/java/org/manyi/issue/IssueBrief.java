package org.manyi.issue;

import java.time.LocalDate;
import org.manyi.inbox.Urgency;

/**
 * An issue in short for the rooms above, without anybody's rights: mind who is told.
 *
 * @param number never null
 * @param title never null; of a protected matter a neutral one that says nothing
 * @param schoolCode null of a protected matter
 * @param department null before triage
 * @param leadUnit null before triage
 * @param status never null
 * @param urgency never null
 * @param round 0 before the first
 * @param dueDate null before the first round
 * @param raisedBy username, never null
 * @param contact the department that speaks with the reporter, null where nobody is known who reported it
 */
public record IssueBrief(
        String number,
        String title,
        String schoolCode,
        String department,
        String leadUnit,
        IssueStatus status,
        Urgency urgency,
        int round,
        LocalDate dueDate,
        String raisedBy,
        String contact) {}
