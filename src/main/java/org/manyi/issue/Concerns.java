package org.manyi.issue;

import java.util.Arrays;
import java.util.Optional;

/** Whether an issue is about a person; decides who must not see it. */
public enum Concerns {
    /** Nobody in particular. */
    NOBODY("nobody"),
    /** A member of staff: kept from that person. */
    STAFF("staff"),
    /** The head of the school: kept from the whole school. */
    HEAD("head");

    private final String code;

    Concerns(String code) {
        this.code = code;
    }

    /** The name in the contract; never null. */
    public String code() {
        return code;
    }

    /** The value of this name; empty when unknown. */
    public static Optional<Concerns> of(String code) {
        return Arrays.stream(values()).filter(it -> it.code.equals(code)).findFirst();
    }
}
