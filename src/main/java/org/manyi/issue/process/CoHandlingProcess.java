package org.manyi.issue.process;

/** The contract with {@code co-handling.bpmn}; an instance for each unit that helps in each round. */
final class CoHandlingProcess {

    static final String KEY = "co-handling";

    static final String CASE_NUMBER = "caseNumber";

    /** The code of the unit that helps. */
    static final String UNIT_CODE = "unitCode";

    static final String CONTRIBUTE_TO_RECTIFICATION = "contributeToRectification";

    /** The message that nothing more is expected: the lead unit has reported, or the round rests. */
    static final String CONTRIBUTIONS_CLOSED = "ContributionsClosed";

    private CoHandlingProcess() {}
}
