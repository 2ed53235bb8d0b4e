package org.manyi.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.manyi.security.CurrentUser;

/** How far the trail is sealed, and whether it is as it was sealed. */
public interface AuditSeals {

    /**
     * How far the sealing has come.
     *
     * @param unsealed how many entries bear no seal yet
     * @param oldestUnsealed system time, null when there is none
     * @param last null before the first seal
     */
    record State(long unsealed, Instant oldestUnsealed, Seal last) {}

    /** How far the sealing has come now. */
    State state();

    /**
     * Asks for a comparison, which some node takes up within seconds; while one is open it is that one.
     *
     * @return its number
     */
    long verify(CurrentUser user);

    /** A comparison. */
    Optional<Verification> verification(long id);

    /** The comparisons of late, the newest first, at most ten. */
    List<Verification> verifications();
}
