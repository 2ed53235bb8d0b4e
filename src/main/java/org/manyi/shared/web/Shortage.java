package org.manyi.shared.web;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.TransactionTimedOutException;

/** Failures that pass by themselves: the database is away, silent, busy or without room. Whoever asks again later may well be served. */
final class Shortage {

    private static final Set<Class<? extends Exception>> KINDS = Set.of(
            DataAccessResourceFailureException.class,
            CannotCreateTransactionException.class,
            QueryTimeoutException.class,
            TransactionTimedOutException.class,
            PessimisticLockingFailureException.class,
            SQLTransientConnectionException.class);

    private static final Set<String> OF_H2 = Set.of("HY000", "90028", "90031", "90067", "90098", "90121");

    private Shortage() {}

    /** Whether it is one, or was caused by one. */
    static boolean caused(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Throwable one = cause;
            if (cause instanceof TransactionSystemException ending && caused(ending.getApplicationException())) {
                return true;
            }
            if (KINDS.stream().anyMatch(kind -> kind.isInstance(one))
                    || cause instanceof SQLException sql && isOfTheDatabase(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Connections (08), room on the disk (53), the server's own end (57P); an H2 file that failed to be written (HY000) or has closed
     * itself; the pool's own words, such as a closed connection, have none.
     */
    private static boolean isOfTheDatabase(String state) {
        return state == null
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57P")
                || OF_H2.contains(state);
    }
}
