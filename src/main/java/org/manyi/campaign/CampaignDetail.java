package org.manyi.campaign;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;

/**
 * A year's campaign with its plan.
 *
 * @param item never null
 * @param plan the version that holds, never null
 * @param returnedReason why the draft came back, null when it did not
 * @param rolledFrom the year it was copied from, null when it was not
 * @param decidedOn the day on which the head of the bureau decided the plan for the party committee, null before
 * @param issue how the plan was issued, null before
 * @param history the newest first, never null
 * @param actions what the person asking may do now, never null
 */
public record CampaignDetail(
        CampaignItem item,
        Plan plan,
        String returnedReason,
        String rolledFrom,
        LocalDate decidedOn,
        PlanDecisions.Issue issue,
        List<Entry> history,
        Set<Action> actions) {

    /** Whether the person asking may do this now. */
    public boolean may(Action action) {
        return actions.contains(action);
    }

    /** What may be done with a campaign. */
    public enum Action {
        /** Change the draft. */
        EDIT,
        /** Put the draft before the party committee. */
        SUBMIT,
        /** Take it back before it is decided. */
        RECALL,
        /** Decide it, or send it back. */
        DECIDE,
        /** Issue the plan, which opens the year. */
        START,
        /** Draw up a further year from it. */
        ROLL_OVER
    }

    /**
     * Something that happened.
     *
     * @param at in the bureau's offset, never null
     * @param actor the username, never null
     * @param actorName as shown, never null
     * @param event the simple name of the {@link CampaignEvent}, never null
     * @param planVersion the version of the plan it was about
     * @param reason in words, null for none
     */
    public record Entry(
            OffsetDateTime at, String actor, String actorName, String event, int planVersion, String reason) {}
}
