package org.manyi.campaign;

import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * A piece of the year's work.
 *
 * @param number its case number, such as {@code 2026-ND-01.fileSchoolPlan.S0001}; never null
 * @param node the node's id, never null
 * @param phase the phase's id, never null
 * @param occurrence 0 but for recurring nodes, which count theirs from 1
 * @param name the node's name, never null
 * @param unit the code of the unit that does it, null when its owner or a post does
 * @param post the post that does it, null when its owner or a unit does
 * @param startsOn never null
 * @param dueOn never null
 * @param state never null
 * @param late whether it was handed in after its day, or is not handed in and its day is over
 * @param handedInAt null before
 * @param doneAt null before
 */
public record WorkItem(
        String number,
        String node,
        String phase,
        int occurrence,
        String name,
        String unit,
        String post,
        LocalDate startsOn,
        LocalDate dueOn,
        WorkState state,
        boolean late,
        OffsetDateTime handedInAt,
        OffsetDateTime doneAt) {}
