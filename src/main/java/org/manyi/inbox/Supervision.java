package org.manyi.inbox;

import java.util.Map;
import org.manyi.org.UnitType;
import org.manyi.security.CurrentUser;
import org.manyi.shared.Count;
import org.manyi.shared.Slice;

/** What a leader or a department oversees: the open tasks of the units that the person may see, by how far they are from their day. */
public interface Supervision {

    /**
     * What is asked for.
     *
     * @param type only units of this type, null for all
     * @param district only this district and its schools, null for all
     * @param cursor null for the first page
     * @param size 1 to 100
     */
    record Query(UnitType type, String district, String cursor, int size) {}

    /**
     * A unit whose posts have open tasks.
     *
     * @param district the code of a school's district, null for others
     * @param late how many are late, long and not so long
     * @param tasks how many there are in each window, zeros left out
     * @param all how many there are
     */
    record Row(
            String code,
            String name,
            UnitType type,
            String district,
            int late,
            Map<DueWindow, Integer> tasks,
            int all) {}

    /**
     * The overview.
     *
     * @param mine what waits for the person: assigned to him or offered to his posts, by window
     * @param together the tasks of all units, each counted once, by window, zeros left out; empty when only some units were asked for or
     *     a further page
     * @param units a page of the units, those with most late tasks first; a task that is offered to posts of two units stands at both
     * @param complete whether every open task was looked at; else only those due first, and counts are at least so high
     */
    record Overview(Map<DueWindow, Count> mine, Map<DueWindow, Integer> together, Slice<Row> units, boolean complete) {}

    /**
     * The overview as it is now.
     *
     * @throws org.manyi.shared.ValidationException when the cursor is not one of ours
     */
    Overview overview(Query query, CurrentUser user);
}
