package org.manyi.audit;

import java.time.Instant;
import java.util.List;

/**
 * A comparison of the trail with its seals, waiting, at work or done.
 *
 * @param id grows with time
 * @param requestedBy a username, never null
 * @param requestedAt system time, never null
 * @param endedAt system time, null before
 * @param interrupted whether its node went down over it
 * @param seals how many seals there were when it began
 * @param sealsDone how many of them have been compared
 * @param entries how many entries were compared
 * @param late how many of them were committed after later ones had been sealed
 * @param differences how many there are
 * @param first the first of them, at most {@link #KEPT}; never null
 */
public record Verification(
        long id,
        String requestedBy,
        Instant requestedAt,
        Instant endedAt,
        boolean interrupted,
        long seals,
        long sealsDone,
        long entries,
        long late,
        long differences,
        List<SealDifference> first) {

    /** How many differences are kept to be shown; {@code check} prints all. */
    public static final int KEPT = 100;

    /** Whether it waits or is at work. */
    public boolean open() {
        return endedAt == null && !interrupted;
    }
}
