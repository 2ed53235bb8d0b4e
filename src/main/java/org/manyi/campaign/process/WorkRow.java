package org.manyi.campaign.process;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.manyi.campaign.WorkState;

/**
 * A piece of the year's work as it is kept.
 *
 * @param returns how often it came back
 */
record WorkRow(
        WorkNumber number,
        String phase,
        String name,
        LocalDate startsOn,
        LocalDate dueOn,
        boolean provisional,
        WorkState state,
        Instant openedAt,
        String handedInBy,
        Instant handedInAt,
        String report,
        List<String> files,
        boolean late,
        int returns,
        String returnedReason,
        String checkedBy,
        Instant checkedAt,
        Instant doneAt) {}
