package org.manyi.issue.process;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.manyi.inbox.TaskHandler;
import org.manyi.inbox.TaskHandler.Option;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskRef;
import org.manyi.inbox.TaskSubmission;
import org.manyi.security.CurrentUser;

/** One user task of the room's processes: who does it by when, what its form offers, what comes of it. */
interface IssueTask {

    /** The process it belongs to; never null. */
    String process();

    /** The task's key; never null. */
    String key();

    /** To whom the task goes and by when. */
    TaskOffer offer(Issue issue);

    /** As {@link #offer(Issue)}, for a task of which a case has several at once. */
    default TaskOffer offer(Issue issue, TaskRef task) {
        return offer(issue);
    }

    /** What the form shows when opened, by field key. */
    default Map<String, Object> formData(Issue issue) {
        return Map.of();
    }

    /** What the form's selects offer, by {@code valuesKey}. */
    default Map<String, List<Option>> options(Issue issue) {
        return Map.of();
    }

    /** The same where it matters who asks. */
    default Map<String, List<Option>> options(Issue issue, CurrentUser user) {
        return options(issue);
    }

    /** Refuses a candidate whom the case's rules bar, beyond those from whom the issue is kept. */
    default void checkAssignee(Issue issue, CurrentUser candidate) {}

    /** The posts that may hand the task over although it is not theirs. */
    default Set<String> supervisorPosts() {
        return Set.of();
    }

    /** Posts that may be given the task although it was not offered to them; null for none. */
    default Predicate<String> assignablePosts() {
        return null;
    }

    /** How tasks of this key may be completed many at once; null where each is completed on its own. */
    default TaskHandler.Bulk bulk() {
        return null;
    }

    /** Checks what the schema cannot; nothing has been written. */
    default void check(Issue issue, TaskSubmission submission) {}

    /** Writes what was decided and returns the variables by which the process goes on. */
    Map<String, Object> complete(Issue issue, TaskSubmission submission);
}
