package org.manyi.inbox;

import java.util.concurrent.TimeUnit;
import org.manyi.org.Substitutes;
import org.manyi.org.Substitution;
import org.manyi.shared.MovableClock;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives back to its posts what a substitute still has in hand after his last day, and asks him no more about what he saw in their place:
 * a substitution ends by date, of which nobody is told. Looks back over a month, so that a standstill loses nothing.
 */
@Component
class SubstitutionsOver {

    private static final int DAYS_BACK = 31;

    private final Substitutes substitutes;
    private final TaskBook book;
    private final TaskDesk desk;
    private final Questions questions;
    private final MovableClock clock;
    private final TransactionTemplate transaction;

    SubstitutionsOver(
            Substitutes substitutes,
            TaskBook book,
            TaskDesk desk,
            Questions questions,
            MovableClock clock,
            PlatformTransactionManager transactions) {
        this.substitutes = substitutes;
        this.book = book;
        this.desk = desk;
        this.questions = questions;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Scheduled(initialDelay = 1, fixedDelay = 5, timeUnit = TimeUnit.MINUTES)
    void lookAround() {
        for (Substitution over : substitutes.endedBetween(
                clock.today().minusDays(DAYS_BACK), clock.today().minusDays(1))) {
            for (TaskRow task : book.openAssigned(over.substitute(), over.postKey())) {
                transaction.executeWithoutResult(status -> desk.release(task, over.substitute(), null));
            }
            transaction.executeWithoutResult(status -> questions.releaseUnseen(over.substitute()));
        }
    }
}
