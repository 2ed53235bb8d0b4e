package org.manyi.campaign.process;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.manyi.campaign.WorkState;

/**
 * A piece of the year's work as it is kept.
 *
 * @param ownDay whether a person named its day, which the plan does not shorten
 * @param planVersion the version of the plan whose day it has
 * @param onBehalf whether the department entered it for who did it
 * @param returns how often it came back
 */
record WorkRow(
        WorkNumber number,
        String phase,
        String name,
        LocalDate startsOn,
        LocalDate dueOn,
        boolean provisional,
        boolean ownDay,
        int planVersion,
        WorkState state,
        Instant openedAt,
        String handedInBy,
        Instant handedInAt,
        String report,
        List<String> files,
        boolean late,
        boolean onBehalf,
        int returns,
        String returnedReason,
        String checkedBy,
        Instant checkedAt,
        Instant doneAt) {

    /** Whether nobody has anything to do with it any more. */
    boolean isOver() {
        return state == WorkState.DONE || state == WorkState.WITHDRAWN;
    }

    /** Whether somebody is to do it now. */
    boolean isToDo() {
        return state == WorkState.OPEN || state == WorkState.RETURNED;
    }
}
