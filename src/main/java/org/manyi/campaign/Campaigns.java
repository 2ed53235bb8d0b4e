package org.manyi.campaign;

import java.util.List;
import org.manyi.security.CurrentUser;

/**
 * The years' campaigns: drawn up by the department in charge ({@code dept:jijiao}, S0-15), decided by the head of the bureau for the
 * party committee. The bureau sees drafts; schools and districts see a plan once it is decided. What a person may not see is
 * {@link org.manyi.shared.NotFoundException}; what he sees but may not do is {@link org.manyi.shared.ForbiddenException}; a change that
 * names an old version is a {@link org.manyi.shared.ConflictException}.
 */
public interface Campaigns {

    /** The campaigns that a person may see, the latest year first. */
    List<CampaignItem> list(CurrentUser user);

    /** A campaign. */
    CampaignDetail find(String id, CurrentUser user);

    /** Whether the person may draw up a plan. */
    boolean mayDraft(CurrentUser user);

    /**
     * Draws up a year from a shipped plan.
     *
     * @param planId a shipped plan's id
     * @param year the year its days are to fall in, 2000 to 2999
     * @param confirmed true to go on although there is an open campaign of this plan and year
     * @return the new campaign's number
     * @throws org.manyi.shared.NotFoundException when there is no such plan
     * @throws org.manyi.shared.ConflictException possible-duplicate
     */
    String draft(String planId, int year, boolean confirmed, CurrentUser user);

    /**
     * Draws up a year from a file.
     *
     * @param yaml a plan in YAML, as {@link PlanFiles} reads it
     * @return the new campaign's number
     */
    String draft(byte[] yaml, boolean confirmed, CurrentUser user);

    /**
     * Draws up a further year from a campaign: the same plan, its days in the other year.
     *
     * @return the new campaign's number
     */
    String rollOver(String id, int year, boolean confirmed, CurrentUser user);

    /**
     * Saves a further version of a draft.
     *
     * @param version the campaign's version that was looked at
     * @param plan the whole plan; its id and year stay what they were
     * @param note what was changed, in words, at most 200 characters; null for none
     * @throws org.manyi.shared.ValidationException when the plan breaks a rule, or is what it was
     */
    void revise(String id, int version, Plan plan, String note, CurrentUser user);

    /** Puts a draft before the party committee. */
    void submit(String id, int version, CurrentUser user);

    /** Takes a submitted draft back. */
    void recall(String id, int version, CurrentUser user);

    /**
     * Decides a draft, submitted or not, or sends a submitted one back.
     *
     * @param version null when whatever version is current is meant
     * @param approve false to send it back
     * @param reason required to send it back, at most 500 characters
     */
    void decide(String id, Integer version, boolean approve, String reason, CurrentUser user);

    /**
     * Issues a decided plan, which opens the year (S0-15, S0-35).
     *
     * @param version null when whatever version is current is meant
     * @param issue its day may not lie in the future
     */
    void start(String id, Integer version, PlanDecisions.Issue issue, CurrentUser user);

    /** The versions of a plan, the newest first. */
    List<PlanVersion> versions(String id, CurrentUser user);

    /** A version of a plan. */
    PlanVersion version(String id, int number, CurrentUser user);
}
