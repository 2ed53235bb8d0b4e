package org.manyi.campaign.process;

import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reaches, every minute, the work that a phase gave out by the plan before a change while that change was being carried out: each of the
 * two transactions did not see the other's rows.
 */
@Component
class AdjustmentSweep {

    private final AdjustmentStore adjustments;
    private final PlanAdjustmentSteps steps;
    private final TransactionTemplate transaction;

    AdjustmentSweep(AdjustmentStore adjustments, PlanAdjustmentSteps steps, PlatformTransactionManager transactions) {
        this.adjustments = adjustments;
        this.steps = steps;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
    void lookAround() {
        for (AdjustmentStore.Row change : adjustments.doneButBehind()) {
            transaction.executeWithoutResult(status -> steps.moveBatch(change));
        }
    }
}
