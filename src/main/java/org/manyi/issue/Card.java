package org.manyi.issue;

import java.util.Arrays;
import java.util.Optional;

/** The colour that the deadline gives an open issue (domain rule B3). */
public enum Card {
    /** In time. */
    NONE("none"),
    /** One working day left or the last day running, no report yet. */
    YELLOW("yellow"),
    /** From the first working day after the due day. */
    RED("red");

    private final String code;

    Card(String code) {
        this.code = code;
    }

    /** The name in the contract; never null. */
    public String code() {
        return code;
    }

    /** The value of this name; empty when unknown. */
    public static Optional<Card> of(String code) {
        return Arrays.stream(values()).filter(it -> it.code.equals(code)).findFirst();
    }
}
