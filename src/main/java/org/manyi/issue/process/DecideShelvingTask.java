package org.manyi.issue.process;

import java.util.List;
import java.util.Map;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/** A leader decides whether an issue rests on the shelf. */
@Component
class DecideShelvingTask implements IssueTask {

    private final Offers offers;
    private final Leaders leaders;
    private final Shelvings shelvings;
    private final IssueSettings settings;

    DecideShelvingTask(Offers offers, Leaders leaders, Shelvings shelvings, IssueSettings settings) {
        this.offers = offers;
        this.leaders = leaders;
        this.shelvings = shelvings;
        this.settings = settings;
    }

    @Override
    public String process() {
        return ShelvingProcess.KEY;
    }

    @Override
    public String key() {
        return ShelvingProcess.DECIDE_SHELVING;
    }

    @Override
    public TaskOffer offer(Issue issue) {
        return offers.offerInRound(
                issue, List.of(leaders.post(issue)), offers.withinDays(settings.decideShelvingDays()));
    }

    @Override
    public void check(Issue issue, TaskSubmission submission) {
        if (!approved(submission) && submission.text("reason") == null) {
            throw ValidationException.of("reason", "required", "issue.problem.shelving.reason");
        }
    }

    @Override
    public Map<String, Object> complete(Issue issue, TaskSubmission submission) {
        boolean approved = approved(submission);
        String reason = submission.text("reason");
        if (approved) {
            shelvings.approve(issue, reason, submission.user());
        } else {
            shelvings.refuse(issue, reason, submission.user());
        }
        return Map.of(ShelvingProcess.SHELVING_APPROVED, approved);
    }

    private static boolean approved(TaskSubmission submission) {
        return "approve".equals(submission.text("decision"));
    }
}
