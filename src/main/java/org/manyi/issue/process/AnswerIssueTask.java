package org.manyi.issue.process;

import java.util.Map;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.manyi.issue.IssueEvent;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Component;

/** The department answers a consultation, which is all it needs. */
@Component
class AnswerIssueTask implements IssueTask {

    private final IssueStore store;
    private final Offers offers;
    private final MovableClock clock;

    AnswerIssueTask(IssueStore store, Offers offers, MovableClock clock) {
        this.store = store;
        this.offers = offers;
        this.clock = clock;
    }

    @Override
    public String process() {
        return IssueRectification.KEY;
    }

    @Override
    public String key() {
        return IssueRectification.ANSWER_ISSUE;
    }

    @Override
    public TaskOffer offer(Issue issue) {
        return offers.offer(issue, offers.staff(issue.department()), offers.withinDays(issue.limitDays()));
    }

    @Override
    public Map<String, Object> complete(Issue issue, TaskSubmission submission) {
        issue.answer(submission.text("answer"), clock.instant());
        store.write(
                issue,
                null,
                new IssueEvent.IssueAnswered(
                        clock.instant(), submission.user().username(), issue.number(), issue.department()));
        return Map.of();
    }
}
