package org.manyi.register;

import java.util.Locale;

/** How a leader was in touch with a school. */
public enum VisitKind {
    /** He was there. */
    VISIT,
    /** By telephone. */
    CALL,
    /** In a meeting with it. */
    MEETING;

    /** The name in the contract, in small letters; never null. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
