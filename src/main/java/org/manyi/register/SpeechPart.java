package org.manyi.register;

import java.util.Locale;

/** As what a unit speaks at a meeting. */
public enum SpeechPart {
    /** It shares what went well (经验交流). */
    SHARE,
    /** It says what it will do better (表态发言). */
    PLEDGE,
    /** Anything else. */
    OTHER;

    /** The name in the contract, in small letters; never null. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
