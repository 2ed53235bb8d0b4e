package org.manyi.inbox;

import java.util.List;
import org.manyi.calendar.Due;
import org.manyi.security.CurrentUser;

/**
 * What somebody has to do by when, for his calendar. The inbox answers for open tasks; a room of cases implements it for what it knows to
 * be coming and is no task yet.
 */
public interface UpcomingDeadlines {

    /**
     * Something to be done.
     *
     * @param id stays the same whatever becomes of it, and nothing else has it; never null
     * @param title in the current language, never null
     * @param details lines that say more in the current language, never null
     * @param due never null
     * @param path where it is worked on, such as {@code /tasks/…}; never null
     */
    record Deadline(String id, String title, List<String> details, Due due, String path) {

        public Deadline {
            details = List.copyOf(details);
        }
    }

    /**
     * What the person himself has to do, not what he merely oversees, and no more than he may see now; called in a transaction.
     *
     * @param most how many at the most, the soonest due
     * @return the soonest due first, never null
     */
    List<Deadline> of(CurrentUser user, int most);
}
