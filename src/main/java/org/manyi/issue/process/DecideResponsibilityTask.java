package org.manyi.issue.process;

import java.util.List;
import org.manyi.inbox.CaseAccess;
import org.manyi.inbox.TaskOffer;
import org.manyi.issue.IssueEvent;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Component;

/** A leader decides for good whose an issue is that units return again and again; whoever it is signs and cannot return it. */
@Component
class DecideResponsibilityTask extends UnitDecision {

    private final Offers offers;
    private final Leaders leaders;
    private final IssueSettings settings;
    private final MovableClock clock;

    DecideResponsibilityTask(
            IssueStore store,
            Offers offers,
            Leaders leaders,
            UnitChoice choice,
            CaseAccess access,
            IssueSettings settings,
            MovableClock clock) {
        super(store, choice, access);
        this.offers = offers;
        this.leaders = leaders;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String key() {
        return IssueRectification.DECIDE_RESPONSIBILITY;
    }

    @Override
    public TaskOffer offer(Issue issue) {
        return offers.offer(
                issue, List.of(leaders.post(issue)), offers.withinDays(settings.decideResponsibilityDays()));
    }

    @Override
    IssueEvent decide(Issue issue, String unit, String by) {
        issue.settle(unit);
        return new IssueEvent.ResponsibilityDecided(clock.instant(), by, issue.number(), issue.department(), unit);
    }
}
