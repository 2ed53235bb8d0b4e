package org.manyi.issue;

import java.util.Arrays;
import java.util.Optional;

/** Why a round of rectification was opened. */
public enum RoundCause {
    /** The unit signed. */
    FIRST("first"),
    /** The verification before it failed. */
    FAILED("failed"),
    /** The reporter was not satisfied: supervised and urgent. */
    DISSATISFIED("dissatisfied"),
    /** Closure was not approved. */
    RETURNED("returned"),
    /** The problem came back after closure. */
    RECURRED("recurred"),
    /** Somebody had the closed issue opened again. */
    REOPENED("reopened"),
    /** The office moved the issue here. */
    MOVED("moved");

    private final String code;

    RoundCause(String code) {
        this.code = code;
    }

    /** The name in the contract; never null. */
    public String code() {
        return code;
    }

    /** The value of this name; empty when unknown. */
    public static Optional<RoundCause> of(String code) {
        return Arrays.stream(values()).filter(it -> it.code.equals(code)).findFirst();
    }
}
