package org.manyi.campaign.process;

import org.springframework.stereotype.Component;

/** Lets a test have the year's sweeps look around now instead of within the minute. */
@Component
public class YearSweeps {

    private final AdjustmentSweep adjustments;

    YearSweeps(AdjustmentSweep adjustments) {
        this.adjustments = adjustments;
    }

    /** Looks for work that a change of its plan has not reached. */
    public void lookAround() {
        adjustments.lookAround();
    }
}
