package org.manyi.campaign.process;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.manyi.campaign.WorkItem;
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

    /** A piece of work that nobody has begun. */
    static WorkRow planned(
            WorkNumber number,
            String phase,
            String name,
            LocalDate starts,
            LocalDate due,
            boolean provisional,
            boolean ownDay,
            int planVersion) {
        return new WorkRow(
                number,
                phase,
                name,
                starts,
                due,
                provisional,
                ownDay,
                planVersion,
                WorkState.PLANNED,
                null,
                null,
                null,
                null,
                List.of(),
                false,
                false,
                0,
                null,
                null,
                null,
                null);
    }

    /** As it is shown on a day. */
    WorkItem item(LocalDate today) {
        return new WorkItem(
                number.toString(),
                number.node(),
                phase,
                number.occurrence(),
                name,
                number.unit(),
                number.post(),
                startsOn,
                dueOn,
                state,
                late || isToDo() && dueOn.isBefore(today),
                handedInAt == null ? null : WorkStore.timestamp(handedInAt),
                doneAt == null ? null : WorkStore.timestamp(doneAt));
    }

    /** Whether nobody has anything to do with it any more. */
    boolean isOver() {
        return state == WorkState.DONE || state == WorkState.WITHDRAWN;
    }

    /** Whether somebody is to do it now. */
    boolean isToDo() {
        return state == WorkState.OPEN || state == WorkState.RETURNED;
    }
}
