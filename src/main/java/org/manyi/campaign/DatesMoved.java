package org.manyi.campaign;

import java.time.LocalDate;
import java.util.List;

/**
 * Told in the transaction that gives a doer's works their new days, once for each doer and change of a plan.
 *
 * @param campaign its number
 * @param title the campaign's
 * @param planVersion the plan's version that moved them
 * @param doer the unit's code or the post's key, empty for those who answer for nodes
 * @param reason in words
 * @param moved by their new days, never empty
 */
public record DatesMoved(
        String campaign, String title, int planVersion, String doer, String reason, List<Moved> moved) {

    /**
     * A piece of work on another day.
     *
     * @param posts who has it to do, never empty
     */
    public record Moved(String number, String name, LocalDate from, LocalDate to, List<String> posts) {}
}
