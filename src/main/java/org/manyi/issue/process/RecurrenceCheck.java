package org.manyi.issue.process;

/** The contract with {@code recurrence-check.bpmn}. */
final class RecurrenceCheck {

    static final String KEY = "recurrence-check";

    static final String CHECK_RECURRENCE = "checkRecurrence";

    /** String: the issue's number, equal to the business key. */
    static final String CASE_NUMBER = "caseNumber";

    /** Boolean: the problem came back. */
    static final String RECURRED = "recurred";

    private RecurrenceCheck() {}
}
