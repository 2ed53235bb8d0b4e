package org.manyi.issue;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.manyi.inbox.TaskItem.UnitRef;

/**
 * An issue as lists show it, in the contract's form.
 *
 * @param number never null
 * @param title never null
 * @param kind never null
 * @param source never null
 * @param category a code, never null
 * @param severity never null
 * @param school never null
 * @param district null when the school belongs to none
 * @param status never null
 * @param rectification null before triage and for consultations
 * @param urgency {@code normal}, {@code urgent} or {@code critical}
 * @param department the responsible department, null before triage
 * @param leadUnit null before triage
 * @param round 0 before the first
 * @param supervised whether the current round follows a dissatisfied reporter
 * @param dueDate the last day of the current round, null before the first
 * @param provisional whether that day crosses a year whose holiday notice is unknown
 * @param overdue from the calendar day after {@code dueDate} while the unit has not reported
 * @param card {@code none}, {@code yellow} or {@code red}
 * @param raisedAt never null
 * @param closedAt null while open
 * @param version grows with every change
 */
public record IssueItem(
        String number,
        String title,
        String kind,
        String source,
        String category,
        String severity,
        UnitRef school,
        UnitRef district,
        String status,
        String rectification,
        String urgency,
        UnitRef department,
        UnitRef leadUnit,
        int round,
        boolean supervised,
        LocalDate dueDate,
        boolean provisional,
        boolean overdue,
        String card,
        OffsetDateTime raisedAt,
        OffsetDateTime closedAt,
        int version) {}
