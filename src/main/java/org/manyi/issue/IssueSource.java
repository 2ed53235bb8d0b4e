package org.manyi.issue;

import java.util.Arrays;
import java.util.Optional;

/** The channel through which an issue came. */
public enum IssueSource {
    /** A satisfaction survey. */
    SURVEY("survey"),
    /** A home visit (家访). */
    HOME_VISIT("homeVisit"),
    /** A call to the bureau or a school. */
    PHONE("phone"),
    /** The government hotline. */
    HOTLINE("hotline"),
    /** An inspection. */
    INSPECTION("inspection"),
    /** A leader's reception day (接访日). */
    RECEPTION_DAY("receptionDay"),
    /** A school's own check, the only source of a school. */
    SELF_CHECK("selfCheck"),
    /** The public's own door. */
    PUBLIC_FEEDBACK("publicFeedback"),
    /** A higher authority. */
    HIGHER_REPORT("higherReport");

    private final String code;

    IssueSource(String code) {
        this.code = code;
    }

    /** The name in the contract; never null. */
    public String code() {
        return code;
    }

    /** The value of this name; empty when unknown. */
    public static Optional<IssueSource> of(String code) {
        return Arrays.stream(values()).filter(it -> it.code.equals(code)).findFirst();
    }
}
