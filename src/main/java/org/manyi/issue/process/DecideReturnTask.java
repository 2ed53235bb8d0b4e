package org.manyi.issue.process;

import org.manyi.inbox.CaseAccess;
import org.manyi.inbox.TaskOffer;
import org.manyi.issue.IssueEvent;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Component;

/** The department decides whose a returned issue is; whoever it is signs anew. */
@Component
class DecideReturnTask extends UnitDecision {

    private final Offers offers;
    private final IssueSettings settings;
    private final MovableClock clock;

    DecideReturnTask(
            IssueStore store,
            Offers offers,
            UnitChoice choice,
            CaseAccess access,
            IssueSettings settings,
            MovableClock clock) {
        super(store, choice, access);
        this.offers = offers;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String key() {
        return IssueRectification.DECIDE_RETURN;
    }

    @Override
    public TaskOffer offer(Issue issue) {
        return offers.offer(issue, offers.staff(issue.department()), offers.withinDays(settings.decideReturnDays()));
    }

    @Override
    IssueEvent decide(Issue issue, String unit, String by) {
        issue.redirect(unit);
        return new IssueEvent.ReturnDecided(clock.instant(), by, issue.number(), issue.department(), unit);
    }
}
