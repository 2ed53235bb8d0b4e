package org.manyi.security;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/**
 * Writes into the first transaction of a keyed request that it was executed, so that after a crash the key's row tells the truth:
 * committed with the work, or rolled back with it.
 */
@Component
class IdempotencyMark implements TransactionExecutionListener {

    private static final class Work {
        private final long keyId;
        private TransactionExecution markedIn;

        private Work(long keyId) {
            this.keyId = keyId;
        }
    }

    private final ThreadLocal<Work> atWork = new ThreadLocal<>();

    // Asked for at the first use: the transaction manager is made before everything that needs the database.
    private final ObjectProvider<IdempotencyKeys> keys;

    IdempotencyMark(ObjectProvider<IdempotencyKeys> keys) {
        this.keys = keys;
    }

    void begin(long keyId) {
        atWork.set(new Work(keyId));
    }

    void end() {
        atWork.remove();
    }

    @Override
    public void afterBegin(TransactionExecution transaction, Throwable failure) {
        Work work = atWork.get();
        if (work != null && failure == null && work.markedIn == null && !transaction.isReadOnly()) {
            // Set first: a transaction inside this one would wait for the row for ever.
            work.markedIn = transaction;
            keys.getObject().markExecuted(work.keyId);
        }
    }

    @Override
    public void afterRollback(TransactionExecution transaction, Throwable failure) {
        Work work = atWork.get();
        if (work != null && work.markedIn == transaction) {
            work.markedIn = null;
        }
    }
}
