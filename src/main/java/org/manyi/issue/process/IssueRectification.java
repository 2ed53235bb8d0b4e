package org.manyi.issue.process;

/** The contract with {@code issue-rectification.bpmn}. */
final class IssueRectification {

    static final String KEY = "issue-rectification";

    static final String CONTACT_REPORTER = "contactReporter";
    static final String TRIAGE_ISSUE = "triageIssue";
    static final String ANSWER_ISSUE = "answerIssue";
    static final String SIGN_FOR_ISSUE = "signForIssue";
    static final String DECIDE_RETURN = "decideReturn";
    static final String CALL_REPORTER = "callReporter";
    static final String APPROVE_CLOSURE = "approveClosure";

    /** The message of its second start; the variables are those of the first. */
    static final String ISSUE_REOPENED = "IssueReopened";

    /** String: the issue's number, equal to the business key. */
    static final String CASE_NUMBER = "caseNumber";

    /** Boolean: whether there is somebody to contact and to call back. */
    static final String REPORTER_KNOWN = "reporterKnown";

    /** String: {@code accept}, {@code answer}, {@code decline} or {@code protect}. */
    static final String TRIAGE_DECISION = "triageDecision";

    /** Boolean: signed for, else returned. */
    static final String SIGNED = "signed";

    /** String: {@code satisfied}, {@code retry}, {@code exhausted} or {@code dissatisfied}. */
    static final String CALL_OUTCOME = "callOutcome";

    /** Boolean: closure approved, else returned. */
    static final String CLOSURE_APPROVED = "closureApproved";

    private IssueRectification() {}
}
