package org.manyi.campaign;

import java.time.LocalDate;
import org.manyi.security.CurrentUser;

/**
 * What completing the tasks of a plan's making does to the plan: the same rules as at the doors of {@link Campaigns}, but the task is
 * completed by whoever calls.
 */
public interface PlanDecisions {

    /**
     * Puts the draft before the party committee.
     *
     * @param note a word to it, at most 200 characters; null for none
     */
    void submitted(String id, String note, CurrentUser user);

    /** Decides the submitted draft, or sends it back with a reason. */
    void decided(String id, boolean approve, String reason, CurrentUser user);

    /** Issues the decided plan; the year runs from then on. */
    void issued(String id, Issue issue, CurrentUser user);

    /**
     * How a plan was issued and disclosed (S0-35).
     *
     * @param documentNumber the paper's number, at most 64 characters; null when it has none
     * @param issuedOn the paper's day, never null
     * @param publishedWhere where it was made public, at most 200 characters; null when it was not yet
     */
    record Issue(String documentNumber, LocalDate issuedOn, String publishedWhere) {}
}
