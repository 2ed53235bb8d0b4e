package org.manyi.issue.process;

/** The contract with {@code rectification-round.bpmn}. */
final class RectificationRound {

    static final String KEY = "rectification-round";

    static final String RECTIFY_ISSUE = "rectifyIssue";
    static final String DECIDE_EXTENSION = "decideExtension";
    static final String DECIDE_FURTHER_EXTENSION = "decideFurtherExtension";
    static final String VERIFY_RECTIFICATION = "verifyRectification";

    /** The message that opens the extension beside the rectification. */
    static final String EXTENSION_REQUESTED = "ExtensionRequested";

    /** Boolean, with that message: the round has asked before, so that a leader decides. */
    static final String FURTHER_EXTENSION = "furtherExtension";

    /** The message that stops the rectification because it is on the shelf. */
    static final String ISSUE_SHELVED = "IssueShelved";

    /** The message on which a stopped rectification goes on. */
    static final String ROUND_RESUMED = "RoundResumed";

    /** Boolean: the round is a long-term one, reported on by periods. */
    static final String LONG_TERM = "longTerm";

    /** The timer that records a round as overdue. */
    static final String RECTIFICATION_DUE = "timer_RectificationDue";

    /** Boolean, handed back to the caller: the verification passed. */
    static final String ROUND_PASSED = "roundPassed";

    private RectificationRound() {}
}
