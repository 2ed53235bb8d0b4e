package org.manyi.campaign;

import java.util.Locale;

/** Where a year's campaign stands. */
public enum CampaignState {
    /** Its plan is being written, or waits for its decision. */
    DRAFT,
    /** The party committee has decided its plan. */
    DECIDED,
    /** Its plan is issued and the year under way. */
    RUNNING,
    /** The year is over. */
    CLOSED;

    /** The state in the contract, such as {@code draft}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
