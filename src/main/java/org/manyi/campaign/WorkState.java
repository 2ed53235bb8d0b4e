package org.manyi.campaign;

import java.util.Locale;

/** Where a piece of the year's work stands. */
public enum WorkState {
    /** Its day has not come. */
    PLANNED,
    /** Somebody is to do it. */
    OPEN,
    /** It was handed in and is being checked. */
    CHECKING,
    /** It came back and is to be done again. */
    RETURNED,
    /** It is done. */
    DONE,
    /** It is not wanted any more. */
    WITHDRAWN;

    /** The state in the contract, such as {@code open}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
