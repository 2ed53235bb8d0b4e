package org.manyi.register;

import java.util.Locale;

/** What a meeting of the district is for. */
public enum MeetingKind {
    /** What a survey found is told. */
    FEEDBACK,
    /** On one matter. */
    SPECIAL,
    /** The best are honoured. */
    AWARD,
    /** Anything else. */
    OTHER;

    /** The name in the contract, in small letters; never null. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
