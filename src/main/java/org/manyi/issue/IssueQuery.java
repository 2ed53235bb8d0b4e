package org.manyi.issue;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What somebody looks for in the ledger. Every filter is null or empty for all.
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
 * @param further what is asked for more rarely, never null
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
        Further further,
        String cursor,
        int size) {

    /** The order of the list, and what it leaves out because the order says nothing of it. */
    public enum Sort {
        /** Raised last first. */
        NEWEST("newest"),
        /** Due first first; only issues whose round runs. */
        DUE("due"),
        /** Open for the longest time first; only open issues. */
        LONGEST_OPEN("longestOpen");

        private final String code;

        Sort(String code) {
            this.code = code;
        }

        /** The name in the contract; never null. */
        public String code() {
            return code;
        }

        /** The value of this name; empty when unknown. */
        public static Optional<Sort> of(String code) {
            return Arrays.stream(values()).filter(it -> it.code.equals(code)).findFirst();
        }
    }

    /**
     * The rarer filters.
     *
     * @param severity null for all
     * @param rectification null for all
     * @param dueFrom the last day of the current round is this day or later
     * @param dueTo the last day of the current round is this day or earlier
     * @param closedFrom work on it ended on this day or later
     * @param redone true for those that came back twice or more: after a check, a call or at the approval
     * @param recurring true for those that came back after they were closed
     * @param sort never null
     */
    public record Further(
            Severity severity,
            Rectification rectification,
            LocalDate dueFrom,
            LocalDate dueTo,
            LocalDate closedFrom,
            boolean redone,
            boolean recurring,
            Sort sort) {

        /** None of them, newest first. */
        public static final Further NONE = new Further(null, null, null, null, null, false, false, Sort.NEWEST);

        Further closedSince(LocalDate day) {
            return new Further(severity, rectification, dueFrom, dueTo, day, redone, recurring, sort);
        }
    }

    /**
     * The same question for a column of the board.
     *
     * @param among any of these instead
     * @param closedSince where work ended, on this day or later; null for whenever
     * @param first how many to show
     */
    public IssueQuery column(List<IssueStatus> among, LocalDate closedSince, int first) {
        return new IssueQuery(
                among,
                school,
                district,
                department,
                unit,
                category,
                source,
                kind,
                overdue,
                reportMissing,
                card,
                text,
                from,
                to,
                closedSince == null ? further : further.closedSince(closedSince),
                null,
                first);
    }
}
