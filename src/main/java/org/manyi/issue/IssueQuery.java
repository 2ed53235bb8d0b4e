package org.manyi.issue;

import java.time.LocalDate;
import java.util.List;

/**
 * What somebody looks for in the ledger; newest first. Every filter is null or empty for all.
 *
 * @param statuses any of these, never null
 * @param school the code of the school it is about
 * @param district the code of that school's district
 * @param department the code of the responsible department
 * @param unit the code of the lead unit
 * @param category a category's code
 * @param source null for all
 * @param kind null for all
 * @param overdue true for those whose round is past its last day
 * @param reportMissing true for long-term ones whose last period passed without a report
 * @param card null for all
 * @param text contained in number, title or school, case ignored
 * @param from raised on this day or later
 * @param to raised on this day or earlier
 * @param cursor where the page starts, null for the first
 * @param size 1 to 100
 */
public record IssueQuery(
        List<IssueStatus> statuses,
        String school,
        String district,
        String department,
        String unit,
        String category,
        IssueSource source,
        IssueKind kind,
        boolean overdue,
        boolean reportMissing,
        Card card,
        String text,
        LocalDate from,
        LocalDate to,
        String cursor,
        int size) {}
