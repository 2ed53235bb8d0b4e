package org.manyi.issue;

import java.util.Arrays;
import java.util.Optional;

/** How bad it is. */
public enum Severity {
    /** A nuisance. */
    LOW("low"),
    /** Needs putting right in its turn. */
    MEDIUM("medium"),
    /** Harm is done or near. */
    HIGH("high");

    private final String code;

    Severity(String code) {
        this.code = code;
    }

    /** The name in the contract; never null. */
    public String code() {
        return code;
    }

    /** The value of this name; empty when unknown. */
    public static Optional<Severity> of(String code) {
        return Arrays.stream(values()).filter(it -> it.code.equals(code)).findFirst();
    }
}
