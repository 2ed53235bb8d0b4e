package org.manyi.issue.process;

import java.time.LocalDate;
import java.util.Date;
import java.util.Map;
import org.manyi.calendar.WorkingDays;
import org.manyi.engine.Processes;
import org.manyi.issue.IssueEvent;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Component;

/** What {@code issue-rectification.bpmn} calls; every method is named like its element. */
@Component("issueRectificationSteps")
public class IssueRectificationSteps {

    private final IssueStore store;
    private final Triage triage;
    private final Processes processes;
    private final WorkingDays workingDays;
    private final IssueSettings settings;
    private final MovableClock clock;

    IssueRectificationSteps(
            IssueStore store,
            Triage triage,
            Processes processes,
            WorkingDays workingDays,
            IssueSettings settings,
            MovableClock clock) {
        this.store = store;
        this.triage = triage;
        this.processes = processes;
        this.workingDays = workingDays;
        this.settings = settings;
        this.clock = clock;
    }

    /** Proposes department, unit, class, limit and urgency by the decision table. */
    public void suggestTriage(String caseNumber) {
        Issue issue = store.forChange(caseNumber);
        Suggestion suggestion = triage.suggest(issue);
        store.insertSuggestion(caseNumber, suggestion, clock.instant());
        issue.suggest(suggestion);
        store.write(
                issue,
                null,
                new IssueEvent.TriageSuggested(
                        clock.instant(),
                        null,
                        caseNumber,
                        suggestion.department(),
                        suggestion.rectification() == null
                                ? null
                                : suggestion.rectification().code(),
                        suggestion.workingDays(),
                        suggestion.urgency().code()));
    }

    /** Hands the matter over to the confidential handler; triage has hidden it from everybody else already. */
    public void protectMatter(String caseNumber) {
        processes.start(ProtectedMatter.KEY, caseNumber, Map.of(ProtectedMatter.CASE_NUMBER, caseNumber));
    }

    /** The next working day, on which the reporter is called again. */
    public Date nextCallAt(String caseNumber) {
        return Date.from(MovableClock.startOf(workingDays.next(clock.today())));
    }

    /** Closes the issue (销号) and starts the check on recurrence. */
    public void closeIssue(String caseNumber) {
        Issue issue = store.forChange(caseNumber);
        issue.close(clock.instant());
        LocalDate checkOn = RecurrenceCheckSteps.checkDay(issue, settings);
        store.write(
                issue,
                null,
                new IssueEvent.IssueClosed(
                        clock.instant(), null, caseNumber, issue.leadUnit(), issue.round(), checkOn));
        processes.start(RecurrenceCheck.KEY, caseNumber, Map.of(RecurrenceCheck.CASE_NUMBER, caseNumber));
    }
}
