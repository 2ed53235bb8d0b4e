package org.manyi.issue.process;

import java.util.Map;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.manyi.issue.IssueEvent;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/** The office asks the reporter what the department has to know before it can decide. */
@Component
class AskReporterTask implements IssueTask {

    private static final String ANSWERED = "answered";

    private final IssueStore store;
    private final Offers offers;
    private final IssueSettings settings;
    private final MovableClock clock;

    AskReporterTask(IssueStore store, Offers offers, IssueSettings settings, MovableClock clock) {
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
        return IssueRectification.ASK_REPORTER;
    }

    @Override
    public TaskOffer offer(Issue issue) {
        return offers.offer(issue, offers.staff(settings.office()), offers.withinDays(settings.askReporterDays()));
    }

    @Override
    public void check(Issue issue, TaskSubmission submission) {
        if (ANSWERED.equals(submission.text("outcome")) && submission.text("answer") == null) {
            throw ValidationException.of("answer", "required", "shared.field.required");
        }
    }

    @Override
    public Map<String, Object> complete(Issue issue, TaskSubmission submission) {
        String by = submission.user().username();
        String outcome = submission.text("outcome");
        int attempt = (int) store.contacts(issue.number()).stream()
                        .filter(contact -> contact.kind() == Contact.Kind.QUESTION)
                        .count()
                + 1;
        store.insert(
                issue.number(),
                new Contact(
                        Contact.Kind.QUESTION,
                        0,
                        attempt,
                        clock.instant(),
                        by,
                        outcome,
                        null,
                        null,
                        issue.question(),
                        submission.text("answer")));
        issue.takeAnswer();
        store.write(issue, null, new IssueEvent.QuestionAnswered(clock.instant(), by, issue.number(), outcome));
        return Map.of();
    }
}
