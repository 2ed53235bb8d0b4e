package org.manyi.campaign;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * A year as it was planned and as it went.
 *
 * @param today the day on which it is looked at, never null
 * @param phases in the plan's order, never null
 * @param nodes in the plan's order, never null
 */
public record Timeline(LocalDate today, List<Phase> phases, List<Node> nodes) {

    /**
     * A phase.
     *
     * @param starts never null
     * @param ends never null
     * @param state {@code planned}, {@code running}, {@code late} (its time is over and something of it that was due is open) or {@code done}
     */
    public record Phase(String id, String name, LocalDate starts, LocalDate ends, String state) {}

    /**
     * A node.
     *
     * @param owner the post's key, never null
     * @param starts when it opens, null when its rule leads nowhere
     * @param dueDate the day it is due, of a recurring node the next one; null when its rule leads nowhere
     * @param state {@code planned}, {@code open}, {@code late}, {@code done} or {@code notPlanned}
     * @param doneAt when the last of it was done, null before
     * @param late whether anything of it was or is late
     * @param schools how far the schools that the person sees are with it, null for a node that is not every school's
     * @param number the case number of the only piece of work, null when there is none or more than one
     */
    public record Node(
            String id,
            String name,
            String phase,
            String owner,
            FanOut fanOut,
            LocalDate starts,
            LocalDate dueDate,
            String state,
            OffsetDateTime doneAt,
            boolean late,
            Schools schools,
            String number) {}

    /**
     * How far the schools are.
     *
     * @param total how many have it to do
     * @param done how many have done it
     * @param late how many were or are late
     */
    public record Schools(int total, int done, int late) {}
}
