package org.manyi.issue.process;

/** The contract with {@code long-term-follow-up.bpmn}. */
final class LongTermFollowUp {

    static final String KEY = "long-term-follow-up";

    static final String REPORT_PROGRESS = "reportProgress";
    static final String DECIDE_STAGE_COMPLETION = "decideStageCompletion";

    /** The timer that rings when a period passed without a report. */
    static final String REPORT_MISSED = "timer_ReportMissed";

    /** The message that the department found the stage complete beside the tasks. */
    static final String STAGE_COMPLETED = "StageCompleted";

    /** Boolean: the unit proposes to find the stage complete. */
    static final String STAGE_PROPOSED = "stageProposed";

    /** Boolean: the department found it complete. */
    static final String IS_COMPLETED = "stageCompleted";

    private LongTermFollowUp() {}
}
