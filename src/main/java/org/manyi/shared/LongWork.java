package org.manyi.shared;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What a maintenance command does in one transaction may take minutes; a page may not. */
public final class LongWork {

    private LongWork() {}

    /**
     * Lifts, for the transaction that is open on a connection, the limits that the database sets to the work of pages; H2 has none.
     *
     * @param connection inside of a transaction, never null
     */
    public static void liftLimits(Connection connection) throws SQLException {
        if (isPostgres(connection)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set local statement_timeout = 0");
                statement.execute("set local idle_in_transaction_session_timeout = 0");
            }
        }
    }

    /** Whether the database is PostgreSQL; H2 otherwise. */
    public static boolean isPostgres(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
    }
}
