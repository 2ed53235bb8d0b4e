package org.manyi.issue.process;

import java.util.List;
import java.util.Map;
import org.manyi.inbox.TaskHandler;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.manyi.issue.IssueEvent;
import org.manyi.issue.RoundCause;
import org.manyi.security.CurrentUser;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/** A leader who did not direct the rectification approves closure, or sends it back. */
@Component
class ApproveClosureTask implements IssueTask {

    private final IssueStore store;
    private final Offers offers;
    private final Approvers approvers;
    private final IssueSettings settings;
    private final MovableClock clock;

    ApproveClosureTask(
            IssueStore store, Offers offers, Approvers approvers, IssueSettings settings, MovableClock clock) {
        this.store = store;
        this.offers = offers;
        this.approvers = approvers;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String process() {
        return IssueRectification.KEY;
    }

    @Override
    public String key() {
        return IssueRectification.APPROVE_CLOSURE;
    }

    @Override
    public TaskOffer offer(Issue issue) {
        return offers.offerInRound(issue, List.of(approvers.post(issue)), offers.withinDays(settings.approveDays()));
    }

    @Override
    public void checkAssignee(Issue issue, CurrentUser candidate) {
        approvers.checkAssignee(issue, candidate);
    }

    @Override
    public TaskHandler.Bulk bulk() {
        return new TaskHandler.Bulk(Map.of("decision", "approve"), "reason");
    }

    @Override
    public void check(Issue issue, TaskSubmission submission) {
        if (!approved(submission) && submission.text("reason") == null) {
            throw ValidationException.of("reason", "required", "issue.problem.closure.reason");
        }
    }

    @Override
    public Map<String, Object> complete(Issue issue, TaskSubmission submission) {
        String by = submission.user().username();
        String reason = submission.text("reason");
        boolean approved = approved(submission);
        if (approved) {
            store.write(
                    issue, reason, new IssueEvent.ClosureApproved(clock.instant(), by, issue.number(), issue.round()));
        } else {
            issue.sendBack(RoundCause.RETURNED);
            store.write(
                    issue,
                    reason,
                    new IssueEvent.ClosureReturned(
                            clock.instant(), by, issue.number(), issue.leadUnit(), issue.round()));
        }
        return Map.of(IssueRectification.CLOSURE_APPROVED, approved);
    }

    private static boolean approved(TaskSubmission submission) {
        return "approve".equals(submission.text("decision"));
    }
}
