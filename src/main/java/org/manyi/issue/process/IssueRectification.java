package org.manyi.issue.process;

import java.util.Map;

/** The contract with {@code issue-rectification.bpmn}. */
final class IssueRectification {

    static final String KEY = "issue-rectification";

    static final String CONTACT_REPORTER = "contactReporter";
    static final String TRIAGE_ISSUE = "triageIssue";
    static final String ANSWER_ISSUE = "answerIssue";
    static final String ASK_REPORTER = "askReporter";
    static final String SIGN_FOR_ISSUE = "signForIssue";
    static final String DECIDE_RETURN = "decideReturn";
    static final String DECIDE_RESPONSIBILITY = "decideResponsibility";
    static final String ROUND = "callRectificationRound";
    static final String CALL_REPORTER = "callReporter";
    static final String APPROVE_CLOSURE = "approveClosure";

    /** The message of its second start; the variables are those of the first. */
    static final String ISSUE_REOPENED = "IssueReopened";

    /** The message that ends it, whatever it is doing. */
    static final String ISSUE_WITHDRAWN = "IssueWithdrawn";

    /** String: the issue's number, equal to the business key. */
    static final String CASE_NUMBER = "caseNumber";

    /** Boolean: whether there is somebody to contact and to call back. */
    static final String REPORTER_KNOWN = "reporterKnown";

    /** String: {@code accept}, {@code answer}, {@code askReporter}, {@code merge}, {@code decline} or {@code protect}. */
    static final String TRIAGE_DECISION = "triageDecision";

    /** Boolean: signed for, else returned. */
    static final String SIGNED = "signed";

    /** Boolean: returned so often that a leader decides. */
    static final String RETURNED_TOO_OFTEN = "returnedTooOften";

    /** Boolean: what was answered is put right as well. */
    static final String TAKEN_UP = "takenUp";

    /** String: {@code satisfied}, {@code retry}, {@code exhausted} or {@code dissatisfied}. */
    static final String CALL_OUTCOME = "callOutcome";

    /** Boolean: closure approved, else returned. */
    static final String CLOSURE_APPROVED = "closureApproved";

    private IssueRectification() {}

    /** The variables with which every instance starts. */
    static Map<String, Object> start(Issue issue) {
        return Map.of(CASE_NUMBER, issue.number(), REPORTER_KNOWN, issue.facts().reporterKnown());
    }
}
