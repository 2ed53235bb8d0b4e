package org.manyi.issue.process;

import java.util.Map;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.manyi.issue.IssueEvent;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Component;

/** The office contacts the reporter for the first time, beside everything else. */
@Component
class ContactReporterTask implements IssueTask {

    private final IssueStore store;
    private final Offers offers;
    private final IssueSettings settings;
    private final MovableClock clock;

    ContactReporterTask(IssueStore store, Offers offers, IssueSettings settings, MovableClock clock) {
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
        return IssueRectification.CONTACT_REPORTER;
    }

    @Override
    public TaskOffer offer(Issue issue) {
        return offers.offer(issue, offers.staff(settings.office()), offers.withinHours(settings.firstContactHours()));
    }

    @Override
    public Map<String, Object> complete(Issue issue, TaskSubmission submission) {
        String by = submission.user().username();
        String outcome = submission.text("outcome");
        store.insert(
                issue.number(),
                new Contact(
                        Contact.Kind.FIRST,
                        0,
                        1,
                        clock.instant(),
                        by,
                        outcome,
                        null,
                        null,
                        null,
                        submission.text("note")));
        store.write(issue, null, new IssueEvent.ReporterContacted(clock.instant(), by, issue.number(), outcome));
        return Map.of();
    }
}
