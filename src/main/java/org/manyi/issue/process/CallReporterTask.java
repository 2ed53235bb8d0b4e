package org.manyi.issue.process;

import java.util.Map;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.manyi.issue.IssueEvent;
import org.manyi.issue.RoundCause;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Component;

/** The office calls the reporter back; an unsolved or unsatisfying result goes back under supervision. */
@Component
class CallReporterTask implements IssueTask {

    private final IssueStore store;
    private final Offers offers;
    private final IssueSettings settings;
    private final MovableClock clock;

    CallReporterTask(IssueStore store, Offers offers, IssueSettings settings, MovableClock clock) {
        this.store = store;
        this.offers = offers;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String process() {
        return IssueRectification.KEY;
    }

    @Override
    public String key() {
        return IssueRectification.CALL_REPORTER;
    }

    @Override
    public TaskOffer offer(Issue issue) {
        return offers.offerInRound(issue, offers.staff(settings.office()), offers.withinDays(settings.callDays()));
    }

    @Override
    public Map<String, Object> complete(Issue issue, TaskSubmission submission) {
        String by = submission.user().username();
        boolean reached = submission.flag("reached");
        int attempt = attemptsOf(issue) + 1;
        String outcome = outcome(submission, reached, attempt);
        store.insert(
                issue.number(),
                new Contact(
                        Contact.Kind.CALLBACK,
                        issue.round(),
                        attempt,
                        clock.instant(),
                        by,
                        outcome,
                        reached ? submission.flag("solved") : null,
                        submission.text("satisfaction"),
                        null,
                        submission.text("note")));
        switch (outcome) {
            case "dissatisfied" -> issue.sendBack(RoundCause.DISSATISFIED);
            case "retry" -> {
                // It stays where it is until the next working day.
            }
            default -> issue.finishCalls();
        }
        store.write(
                issue,
                null,
                new IssueEvent.ReporterCalled(clock.instant(), by, issue.number(), issue.round(), attempt, outcome));
        return Map.of(IssueRectification.CALL_OUTCOME, outcome);
    }

    private String outcome(TaskSubmission submission, boolean reached, int attempt) {
        if (!reached) {
            return attempt < settings.callAttempts() ? "retry" : "exhausted";
        }
        return submission.flag("solved") && !"dissatisfied".equals(submission.text("satisfaction"))
                ? "satisfied"
                : "dissatisfied";
    }

    private int attemptsOf(Issue issue) {
        return (int) store.contacts(issue.number()).stream()
                .filter(contact -> contact.kind() == Contact.Kind.CALLBACK)
                .filter(contact -> contact.round() == issue.round())
                .count();
    }
}
