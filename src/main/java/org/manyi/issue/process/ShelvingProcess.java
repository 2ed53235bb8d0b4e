package org.manyi.issue.process;

/** The contract with {@code shelving.bpmn}. */
final class ShelvingProcess {

    static final String KEY = "shelving";

    static final String CASE_NUMBER = "caseNumber";

    static final String DECIDE_SHELVING = "decideShelving";
    static final String REVIEW_SHELVED = "reviewShelved";

    /** The message that a request is void because the unit has reported. */
    static final String RECTIFICATION_SUBMITTED = "RectificationSubmitted";

    /** The message that the round goes on before its review. */
    static final String RESUMPTION_ASKED = "ResumptionAsked";

    /** Boolean: the leader agrees. */
    static final String SHELVING_APPROVED = "shelvingApproved";

    /** Boolean: the department wants it to stay on the shelf. */
    static final String SHELVE_AGAIN = "shelveAgain";

    private ShelvingProcess() {}
}
