package org.manyi.inbox;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * A task as lists show it, in the contract's form.
 *
 * @param id the engine's id, never null
 * @param key the task's key, never null
 * @param name the step's name in the current language, never null
 * @param process never null
 * @param caseNumber never null
 * @param title never null
 * @param school null when the case is about none
 * @param district null when the case is about no school
 * @param assignee null while unclaimed
 * @param candidatePosts never null
 * @param urgency {@code normal}, {@code urgent} or {@code critical}
 * @param createdAt never null
 * @param dueDate the last day in time, never null for tasks of ours
 * @param dueAt the instant, where the limit is in hours
 * @param overdue from the calendar day after {@code dueDate}, or from {@code dueAt}
 * @param provisional whether the due date crosses a year whose holiday notice is unknown
 * @param round null outside rounds
 * @param version grows whenever the task changes hands or ends
 * @param doneAt when it was completed, null while open
 * @param actions what the asker may do now: {@code claim}, {@code unclaim}, {@code assign}, {@code complete}; never null
 */
public record TaskItem(
        String id,
        String key,
        String name,
        String process,
        String caseNumber,
        String title,
        UnitRef school,
        UnitRef district,
        PersonRef assignee,
        List<String> candidatePosts,
        String urgency,
        OffsetDateTime createdAt,
        LocalDate dueDate,
        OffsetDateTime dueAt,
        boolean overdue,
        boolean provisional,
        Integer round,
        int version,
        OffsetDateTime doneAt,
        List<String> actions) {

    TaskItem withActions(List<String> actions) {
        return new TaskItem(
                id,
                key,
                name,
                process,
                caseNumber,
                title,
                school,
                district,
                assignee,
                candidatePosts,
                urgency,
                createdAt,
                dueDate,
                dueAt,
                overdue,
                provisional,
                round,
                version,
                doneAt,
                actions);
    }

    /** A unit by code and short name. */
    public record UnitRef(String code, String name) {}

    /** A person by username and name. */
    public record PersonRef(String username, String name) {}
}
