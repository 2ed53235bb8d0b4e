package org.manyi.issue.process;

import java.time.LocalDate;
import java.util.Date;
import org.manyi.engine.Processes;
import org.manyi.issue.IssueEvent;
import org.manyi.issue.RoundCause;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Component;

/** What {@code recurrence-check.bpmn} calls; every method is named like its element. */
@Component("recurrenceCheckSteps")
public class RecurrenceCheckSteps {

    private final IssueStore store;
    private final Processes processes;
    private final IssueSettings settings;
    private final MovableClock clock;

    RecurrenceCheckSteps(IssueStore store, Processes processes, IssueSettings settings, MovableClock clock) {
        this.store = store;
        this.processes = processes;
        this.settings = settings;
        this.clock = clock;
    }

    /** The calendar day on which a closed issue is checked. */
    static LocalDate checkDay(Issue issue, IssueSettings settings) {
        return LocalDate.ofInstant(issue.closedAt(), MovableClock.ZONE).plusDays(settings.recurrenceCheckDay());
    }

    /** When the check is to be made: as its day begins. */
    public Date checkAt(String caseNumber) {
        return Date.from(MovableClock.startOf(checkDay(store.find(caseNumber), settings)));
    }

    /** Opens the same number again. */
    public void reopenIssue(String caseNumber) {
        Issue issue = store.forChange(caseNumber);
        issue.reopen(RoundCause.RECURRED);
        store.write(issue, null, new IssueEvent.IssueReopened(clock.instant(), null, caseNumber, issue.leadUnit()));
        processes.startByMessage(IssueRectification.ISSUE_REOPENED, caseNumber, IssueRectification.start(issue));
    }
}
