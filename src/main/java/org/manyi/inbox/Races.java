package org.manyi.inbox;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ProblemException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs a change of a task in one transaction and says what happened when another change got there first. The locks make that
 * rare; what is left is a timer or another node that moved the same case in the same instant, which databases report as
 * a deadlock, a lock not granted, or a row that is gone.
 */
@Component
class Races {

    private final TransactionTemplate transaction;
    private final TaskBook book;

    Races(PlatformTransactionManager transactions, TaskBook book) {
        this.transaction = new TransactionTemplate(transactions);
        this.book = book;
    }

    <T> T settle(String taskId, Supplier<T> change) {
        AtomicReference<TaskRow> before = new AtomicReference<>();
        try {
            return transaction.execute(status -> {
                // Within, where the change looks at it too.
                book.find(taskId).ifPresent(before::set);
                return change.get();
            });
        } catch (ProblemException e) {
            throw e;
        } catch (RuntimeException e) {
            Optional<TaskRow> after = book.find(taskId);
            if (before.get() != null && after.map(task -> !task.open()).orElse(true)) {
                throw caused(ConflictException.Reason.NOT_ACTIVE, e);
            }
            if (e instanceof ConcurrencyFailureException
                    || before.get() != null
                            && before.get().version() != after.get().version()) {
                throw caused(ConflictException.Reason.STALE_VERSION, e);
            }
            throw e;
        }
    }

    private static ConflictException caused(ConflictException.Reason reason, RuntimeException cause) {
        ConflictException conflict = ConflictException.of(reason);
        conflict.initCause(cause);
        return conflict;
    }
}
