package org.manyi.inbox;

import java.util.List;
import org.manyi.security.CurrentUser;

/** Many tasks at once: each by its own right, in its own transaction, with its own result. */
public interface BulkTasks {

    /** How many at a time. */
    int MOST = 100;

    /** What is done with them. */
    enum Action {
        /** Taken, or taken over. */
        CLAIM,
        /** Handed over to one person for one reason. */
        ASSIGN,
        /** Completed with what their room allows for many at once. */
        COMPLETE
    }

    /**
     * A task as it was when chosen.
     *
     * @param id never null
     * @param version the version shown, so that what has changed since is left alone
     */
    record Item(String id, int version) {}

    /**
     * A chosen task before anything is done.
     *
     * @param item never null
     * @param view its case as the task's own page shows it, null where nothing is decided on the case
     * @param decision the fixed value of the field {@code decision}, null where there is none
     * @param problem why it will not be done, as shown; null where it may be
     */
    record Candidate(TaskItem item, TaskHandler.CaseView view, String decision, String problem) {}

    /** What came of a task. */
    enum Outcome {
        /** Done. */
        DONE,
        /** Refused by its rules. */
        REFUSED,
        /** Changed, taken by somebody else, over, or no longer seen since it was chosen. */
        GONE
    }

    /**
     * What came of a task.
     *
     * @param id as chosen, never null
     * @param caseNumber null where the person does not see it
     * @param title null where the person does not see it
     * @param school its short name, null where the person does not see it or the task concerns none
     * @param outcome never null
     * @param problem why it was not done, as shown; null when done
     */
    record Result(String id, String caseNumber, String title, String school, Outcome outcome, String problem) {}

    /**
     * What is about to be done; tasks that the person does not see are left out.
     *
     * @throws org.manyi.shared.ValidationException on {@code items} when none or more than {@link #MOST} are chosen
     */
    List<Candidate> prepare(Action action, List<Item> items, CurrentUser user);

    /** To whom one of the tasks at least may be handed over, by name. */
    List<TaskItem.PersonRef> assignees(List<Candidate> candidates, CurrentUser user);

    /**
     * Does it, task by task; the answers are in the order asked.
     *
     * @param username to whom they are handed over, null otherwise
     * @param remark the reason of a hand over or the opinion common to all, null for none
     * @throws org.manyi.shared.ValidationException on {@code items} as for {@link #prepare}; on {@code username} and {@code reason}
     *     of a hand over when they are missing; nothing was done
     */
    List<Result> carryOut(Action action, List<Item> items, String username, String remark, CurrentUser user);
}
