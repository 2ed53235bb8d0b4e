package org.manyi.campaign;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.manyi.security.CurrentUser;

/**
 * Changes of a running plan: its dates, and who takes part. Each is a further version of the plan, which the department in charge makes
 * with a reason; what runs follows in the background, every piece of work once, and those concerned are told once. Who may not draw up
 * plans is {@link org.manyi.shared.ForbiddenException}; of a year that does not run, or was changed since it was looked at, it is a
 * {@link org.manyi.shared.ConflictException}.
 */
public interface PlanAdjustments {

    /**
     * Another day for a node or a phase.
     *
     * @param what the id of a planned node that does not recur, or of a phase; never null
     * @param starts when it opens; null to leave it, and of a phase that has begun always
     * @param due when the node is due or the phase ends, not before today; null to leave it
     */
    record Move(String what, LocalDate starts, LocalDate due) {}

    /**
     * A node whose day a change moves, itself or after another one's.
     *
     * @param before its day in the plan now, null when it has none
     * @param after its day in the plan then
     * @param works how many pieces of work run that are not done
     */
    record Affected(String node, String name, LocalDate before, LocalDate after, int works) {}

    /**
     * What the moves would change, in the plan's order.
     *
     * @throws org.manyi.shared.ValidationException when a move leads nowhere or the plan would break a rule
     */
    List<Affected> preview(String id, List<Move> moves, CurrentUser user);

    /**
     * Moves dates.
     *
     * @param version the campaign's version that was looked at
     * @param moves at least one
     * @param reason at most 500 characters, never blank
     * @return the number of the plan's new version
     * @throws org.manyi.shared.ValidationException when a move leads nowhere, changes nothing, or the plan would break a rule
     */
    int move(String id, int version, List<Move> moves, String reason, CurrentUser user);

    /**
     * Has schools join, which get what is not over yet of the phases that have begun, or leave, whose open work is withdrawn.
     *
     * @param joining codes of schools that do not take part
     * @param leaving codes of schools that do
     * @param reason at most 500 characters, never blank
     * @return the number of the plan's new version
     * @throws org.manyi.shared.ValidationException when there is no such school, or nothing would change
     */
    int changeSchools(
            String id, int version, Set<String> joining, Set<String> leaving, String reason, CurrentUser user);

    /**
     * A change and how far it is.
     *
     * @param planVersion the version that it made
     * @param byName who made it, as shown
     * @param done whether it has reached everybody
     * @param works how many pieces of work were not done when it was made
     * @param left how many of them it has not reached
     * @param moved how many have another day because of it
     * @param joined the names of the schools that join
     * @param leaving the names of the schools that leave
     */
    record Adjustment(
            int planVersion,
            String reason,
            String byName,
            OffsetDateTime at,
            boolean done,
            int works,
            int left,
            int moved,
            List<String> joined,
            List<String> leaving) {}

    /** The changes of a running plan, the newest first; seen by whoever sees the campaign. */
    List<Adjustment> of(String id, CurrentUser user);

    /** Whether the person may change the plan now. */
    boolean mayAdjust(String id, CurrentUser user);
}
