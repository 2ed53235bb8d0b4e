package org.manyi.register;

import java.util.Locale;

/** How the survey line was made known. */
public enum Means {
    /** At a meeting of parents. */
    MEETING,
    /** At their homes. */
    VISIT,
    /** By the school's official account. */
    ACCOUNT,
    /** By letter. */
    LETTER,
    /** In the groups of the classes. */
    CHAT;

    /** The name in the contract, in small letters; never null. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
