package org.manyi.campaign.process;

import java.util.Map;
import org.manyi.inbox.TaskHandler;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.manyi.security.CurrentUser;

/** One user task of the year's processes: who does it by when, what its form offers, what comes of it. */
interface YearTask {

    /** The process it belongs to; never null. */
    String process();

    /** The task's key; never null. */
    String key();

    /** To whom the task goes and by when. */
    TaskOffer offer(String caseNumber);

    /** What the form shows when opened, by field key. */
    default Map<String, Object> formData(String caseNumber) {
        return Map.of();
    }

    /** Refuses a candidate whom the matter's rules bar. */
    default void checkAssignee(String caseNumber, CurrentUser candidate) {}

    /** How tasks of this key may be completed many at once; null where each is completed on its own. */
    default TaskHandler.Bulk bulk() {
        return null;
    }

    /** Checks what the schema cannot; nothing has been written. */
    default void check(TaskSubmission submission) {}

    /** Writes what was decided and returns the variables by which the process goes on. */
    Map<String, Object> complete(TaskSubmission submission);
}
