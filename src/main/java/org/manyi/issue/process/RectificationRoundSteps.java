package org.manyi.issue.process;

import java.util.Date;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.manyi.calendar.Due;
import org.manyi.inbox.CaseAccess;
import org.manyi.issue.IssueEvent;
import org.manyi.issue.RoundCause;
import org.manyi.org.Organisation;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Component;

/** What {@code rectification-round.bpmn} calls; every method is named like its element. */
@Component("rectificationRoundSteps")
public class RectificationRoundSteps {

    private final IssueStore store;
    private final Offers offers;
    private final Verifiers verifiers;
    private final CoHandling coHandling;
    private final FollowUps followUps;
    private final CaseAccess access;
    private final Organisation organisation;
    private final IssueSettings settings;
    private final MovableClock clock;

    RectificationRoundSteps(
            IssueStore store,
            Offers offers,
            Verifiers verifiers,
            CoHandling coHandling,
            FollowUps followUps,
            CaseAccess access,
            Organisation organisation,
            IssueSettings settings,
            MovableClock clock) {
        this.store = store;
        this.offers = offers;
        this.verifiers = verifiers;
        this.coHandling = coHandling;
        this.followUps = followUps;
        this.access = access;
        this.organisation = organisation;
        this.settings = settings;
        this.clock = clock;
    }

    /** Opens the next round with a deadline of its own. */
    public void openRound(DelegateExecution execution) {
        String caseNumber = execution.getProcessBusinessKey();
        Issue issue = store.forChange(caseNumber);
        boolean longTerm = FollowUps.isLongTerm(issue);
        Round round = issue.openRound(longTerm ? firstReport(issue) : limit(issue), clock.instant());
        store.insert(caseNumber, round);
        store.write(
                issue,
                null,
                new IssueEvent.RoundOpened(
                        clock.instant(),
                        null,
                        caseNumber,
                        issue.facts().schoolCode(),
                        round.unit(),
                        round.number(),
                        round.due().day(),
                        round.cause().code(),
                        round.supervised()));
        coHandling.open(issue);
        execution.setVariable(RectificationRound.LONG_TERM, longTerm);
    }

    private Due limit(Issue issue) {
        int days = issue.nextCause() == RoundCause.FIRST
                ? issue.limitDays()
                : Math.min(issue.limitDays(), settings.repeatDays());
        return offers.withinDays(days);
    }

    private Due firstReport(Issue issue) {
        return followUps.dueAfter(clock.today(), clock.today(), followUps.months(issue));
    }

    /** When the round is late: as the day after its last one begins. */
    public Date overdueAt(String caseNumber) {
        return Date.from(
                Extensions.overdueAt(store.round(store.find(caseNumber)).due()));
    }

    /** Keeps that the round's last day passed without a report. */
    public void recordOverdue(String caseNumber) {
        Issue issue = store.forChange(caseNumber);
        Round round = store.round(issue);
        store.update(caseNumber, round.overdue(clock.instant()));
        store.write(
                issue,
                null,
                new IssueEvent.RectificationOverdue(
                        clock.instant(),
                        null,
                        caseNumber,
                        round.unit(),
                        round.number(),
                        round.due().day()));
    }

    /** Chooses who verifies the round. */
    public void chooseTeam(String caseNumber) {
        Issue issue = store.forChange(caseNumber);
        String team = verifiers.chooseTeam(issue).orElse(null);
        Round round = store.round(issue).givenTo(team);
        store.update(caseNumber, round);
        // Whoever may hand the verification over has to see what it is about.
        access.grant(caseNumber, List.of(), organisation.workPosts(settings.supervision()));
        store.write(issue, null, new IssueEvent.TeamChosen(clock.instant(), null, caseNumber, round.number(), team));
    }
}
