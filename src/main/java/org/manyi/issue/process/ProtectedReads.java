package org.manyi.issue.process;

import org.manyi.issue.IssueEvent;
import org.manyi.issue.IssueStatus;
import org.manyi.security.CurrentUser;
import org.manyi.shared.MovableClock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Keeps in the trail who read a protected matter (domain rule E17); in a transaction of its own, for reading changes nothing. */
@Component
class ProtectedReads {

    private final TransactionTemplate separately;
    private final ApplicationEventPublisher events;
    private final MovableClock clock;

    ProtectedReads(PlatformTransactionManager transactions, ApplicationEventPublisher events, MovableClock clock) {
        this.separately = new TransactionTemplate(transactions);
        this.separately.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.events = events;
        this.clock = clock;
    }

    void note(Issue issue, CurrentUser user) {
        if (issue.status() == IssueStatus.PROTECTED) {
            separately.executeWithoutResult(status -> events.publishEvent(
                    new IssueEvent.ProtectedMatterRead(clock.instant(), user.username(), issue.number())));
        }
    }
}
