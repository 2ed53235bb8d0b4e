package org.manyi.shared;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/**
 * Tells the connection pool, which names this class in its settings, that a connection to a closed H2 file is of no more use. H2 closes
 * its file when the disk is full; the next new connection opens it again, but under load the pool would hand out the old ones for ever.
 */
public final class ClosedDatabase implements SQLExceptionOverride {

    /** The database has been closed; it is closing; the connection is broken. */
    private static final Set<String> STATES = Set.of("90098", "90121", "90067");

    @java.lang.Override
    public Override adjudicate(SQLException failure) {
        return STATES.contains(String.valueOf(failure.getSQLState())) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }
}
