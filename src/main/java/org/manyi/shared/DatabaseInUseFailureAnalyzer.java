package org.manyi.shared;

import java.sql.SQLException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says that a second program was started on an H2 file; the first one is unharmed. */
class DatabaseInUseFailureAnalyzer extends AbstractFailureAnalyzer<SQLException> {

    /** H2's DATABASE_ALREADY_OPEN_1. */
    private static final int ALREADY_OPEN = 90020;

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
        if (cause.getErrorCode() != ALREADY_OPEN) {
            return null;
        }
        return new FailureAnalysis(
                "Another Manyi, or one of its commands, has the database in MANYI_DATA open: an H2 file serves one program.",
                "Stop the other one first, name another MANYI_DATA, or use PostgreSQL for several nodes.",
                cause);
    }
}
