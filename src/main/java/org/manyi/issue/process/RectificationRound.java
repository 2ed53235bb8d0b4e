package org.manyi.issue.process;

/** The contract with {@code rectification-round.bpmn}. */
final class RectificationRound {

    static final String KEY = "rectification-round";

    static final String RECTIFY_ISSUE = "rectifyIssue";
    static final String DECIDE_EXTENSION = "decideExtension";
    static final String VERIFY_RECTIFICATION = "verifyRectification";

    /** The message that opens the extension beside the rectification; it carries no variables. */
    static final String EXTENSION_REQUESTED = "ExtensionRequested";

    /** The timer that records a round as overdue. */
    static final String RECTIFICATION_DUE = "timer_RectificationDue";

    /** Boolean, handed back to the caller: the verification passed. */
    static final String ROUND_PASSED = "roundPassed";

    private RectificationRound() {}
}
