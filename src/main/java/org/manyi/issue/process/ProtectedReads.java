package org.manyi.issue.process;

import org.manyi.issue.IssueEvent;
import org.manyi.issue.IssueStatus;
import org.manyi.security.CurrentUser;
import org.manyi.shared.MovableClock;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps in the trail who read a protected matter (domain rule E17), in the reader's own transaction: with one of its own, each reader
 * would hold a connection while waiting for a second, and as many readers as there are connections would wait for each other.
 */
@Component
class ProtectedReads {

    private final ApplicationEventPublisher events;
    private final MovableClock clock;

    ProtectedReads(ApplicationEventPublisher events, MovableClock clock) {
        this.events = events;
        this.clock = clock;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void note(Issue issue, CurrentUser user) {
        if (issue.status() == IssueStatus.PROTECTED) {
            events.publishEvent(new IssueEvent.ProtectedMatterRead(clock.instant(), user.username(), issue.number()));
        }
    }
}
