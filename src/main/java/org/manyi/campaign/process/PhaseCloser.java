package org.manyi.campaign.process;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.manyi.engine.Processes;
import org.manyi.shared.MovableClock;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells a phase, once, that no school is left with an open part. Asked after the transaction in which a school finished, and every minute
 * in case that was cut short: two schools that finish at the same moment do not see each other's rows inside their transactions.
 */
@Component
class PhaseCloser {

    private final PartStore parts;
    private final Processes processes;
    private final MovableClock clock;
    private final TransactionTemplate transaction;

    PhaseCloser(PartStore parts, Processes processes, MovableClock clock, PlatformTransactionManager transactions) {
        this.parts = parts;
        this.processes = processes;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Something came to an end that may have been a phase's last.
     *
     * @param phase never null
     */
    record PartsMoved(PartNumber phase) {}

    @TransactionalEventListener
    void on(PartsMoved moved) {
        close(moved.phase());
    }

    @Scheduled(initialDelay = 1, fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
    void lookAround() {
        parts.withNoneLeft().forEach(this::close);
    }

    private void close(PartNumber phase) {
        transaction.executeWithoutResult(status -> {
            if (parts.endWhenNoneIsLeft(phase.campaign(), phase.phase(), clock.instant())) {
                processes.correlate(Diagrams.PHASE_DONE, phase.toString(), Map.of());
            }
        });
    }
}
