package org.manyi.issue.process;

import java.util.List;
import java.util.Map;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.manyi.inbox.Urgency;
import org.manyi.issue.IssueEvent;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Component;

/** The confidential handler deals with a matter of a child's safety. */
@Component
class HandleProtectedMatterTask implements IssueTask {

    private final IssueStore store;
    private final Offers offers;
    private final ProtectedTitle title;
    private final IssueSettings settings;
    private final MovableClock clock;

    HandleProtectedMatterTask(
            IssueStore store, Offers offers, ProtectedTitle title, IssueSettings settings, MovableClock clock) {
        this.store = store;
        this.offers = offers;
        this.title = title;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String process() {
        return ProtectedMatter.KEY;
    }

    @Override
    public String key() {
        return ProtectedMatter.HANDLE_PROTECTED_MATTER;
    }

    /** Neither title nor school: whatever lists and mails are made of it, they say nothing. */
    @Override
    public TaskOffer offer(Issue issue) {
        return new TaskOffer(
                List.of(ProtectedMatter.HANDLER),
                offers.withinHours(settings.protectedHours()),
                title.text(),
                null,
                Urgency.CRITICAL,
                null);
    }

    @Override
    public Map<String, Object> complete(Issue issue, TaskSubmission submission) {
        issue.handle(submission.text("outcome"), clock.instant());
        store.write(
                issue,
                submission.text("note"),
                new IssueEvent.MatterHandled(clock.instant(), submission.user().username(), issue.number()));
        return Map.of();
    }
}
