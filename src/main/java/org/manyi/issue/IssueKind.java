package org.manyi.issue;

import java.util.Arrays;
import java.util.Optional;

/** What the reporter wants. */
public enum IssueKind {
    /** Something to be put right for the reporter (诉求). */
    APPEAL("appeal"),
    /** Something somebody did or left undone (投诉). */
    COMPLAINT("complaint"),
    /** An idea (建议). */
    SUGGESTION("suggestion"),
    /** A question, answered without rectification (咨询). */
    CONSULTATION("consultation");

    private final String code;

    IssueKind(String code) {
        this.code = code;
    }

    /** The name in the contract; never null. */
    public String code() {
        return code;
    }

    /** The value of this name; empty when unknown. */
    public static Optional<IssueKind> of(String code) {
        return Arrays.stream(values()).filter(it -> it.code.equals(code)).findFirst();
    }
}
