package org.manyi.campaign;

import java.time.LocalDate;
import java.util.List;
import org.manyi.security.CurrentUser;
import org.manyi.shared.Slice;

/** What was handed in, checked many at a time (S0-17): each beside what the same school handed in the year before, each by its own right. */
public interface WorkReviews {

    /** The most that are decided in one go. */
    int MOST = 100;

    /**
     * Something to check.
     *
     * @param taskId the task by which it is checked, never null
     * @param version the task's, never null
     * @param work with what was handed in, its files and what was handed in the year before; never null
     */
    record ToCheck(String taskId, int version, WorkDetail work) {}

    /**
     * A node of which something waits to be checked.
     *
     * @param waiting how many pieces of work
     */
    record Waiting(String node, String name, int waiting) {}

    /** The nodes of a year of which something waits for the person to be checked, those with most first. */
    List<Waiting> waiting(String campaign, CurrentUser user);

    /**
     * What waits for the person to be checked, what was handed in first at the top.
     *
     * @param node the node's id, null for all
     * @param cursor null for the first page
     * @param size 1 to 100
     */
    Slice<ToCheck> list(String campaign, String node, String cursor, int size, CurrentUser user);

    /**
     * What is decided about one.
     *
     * @param version the task's that was looked at
     * @param passes false to send it back
     * @param reason required to send it back, null for none
     * @param newDue by when it is to be done again, null for the usual days
     */
    record Decision(String taskId, int version, boolean passes, String reason, LocalDate newDue) {}

    /**
     * What came of a decision.
     *
     * @param number the work's, null when the task is not the person's to see
     * @param name the work's name with its unit's, null likewise
     * @param done whether it was taken in
     * @param problem why not, in the person's language; null when it was
     */
    record Result(String taskId, String number, String name, boolean done, String problem) {}

    /**
     * Decides one by one, each in a transaction of its own: what is refused leaves the others alone.
     *
     * @param decisions 1 to {@value #MOST}
     * @throws org.manyi.shared.ValidationException when there are none or too many
     */
    List<Result> decide(List<Decision> decisions, CurrentUser user);
}
