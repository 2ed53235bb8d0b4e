package org.manyi.issue;

import java.util.Arrays;
import java.util.Optional;

/** The class of rectification (domain rule B6). */
public enum Rectification {
    /** At once (立行立改). */
    IMMEDIATE("immediate"),
    /** By a named date with measures (限期整改). */
    DATED("dated"),
    /** Kept up over time with stages (长期坚持). */
    LONG_TERM("longTerm");

    private final String code;

    Rectification(String code) {
        this.code = code;
    }

    /** The name in the contract; never null. */
    public String code() {
        return code;
    }

    /** The value of this name; empty when unknown. */
    public static Optional<Rectification> of(String code) {
        return Arrays.stream(values()).filter(it -> it.code.equals(code)).findFirst();
    }
}
