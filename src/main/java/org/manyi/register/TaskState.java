package org.manyi.register;

import java.util.Locale;

/** Where something that a meeting gave to do stands. */
public enum TaskState {
    /** The unit is to do it. */
    OPEN,
    /** It was handed in and waits for the department that gave it. */
    CHECKING,
    /** It came back and is to be done again. */
    RETURNED,
    /** It is done. */
    DONE;

    /** The name in the contract, in small letters; never null. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
