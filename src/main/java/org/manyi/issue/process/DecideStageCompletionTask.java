package org.manyi.issue.process;

import java.util.Map;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.springframework.stereotype.Component;

/** The department finds a stage of a long-term matter complete, or lets the reports go on. */
@Component
class DecideStageCompletionTask implements IssueTask {

    private final Offers offers;
    private final FollowUps followUps;
    private final CoHandling coHandling;
    private final IssueSettings settings;

    DecideStageCompletionTask(Offers offers, FollowUps followUps, CoHandling coHandling, IssueSettings settings) {
        this.offers = offers;
        this.followUps = followUps;
        this.coHandling = coHandling;
        this.settings = settings;
    }

    @Override
    public String process() {
        return LongTermFollowUp.KEY;
    }

    @Override
    public String key() {
        return LongTermFollowUp.DECIDE_STAGE_COMPLETION;
    }

    @Override
    public TaskOffer offer(Issue issue) {
        return offers.offerInRound(
                issue, offers.unit(issue.department()), offers.withinDays(settings.decideStageDays()));
    }

    @Override
    public Map<String, Object> complete(Issue issue, TaskSubmission submission) {
        boolean completed = "complete".equals(submission.text("decision"));
        String reason = submission.text("reason");
        if (completed) {
            followUps.complete(issue, reason, submission.user());
            coHandling.close(issue.number());
        } else {
            followUps.goOn(issue, reason, submission.user());
        }
        return Map.of(LongTermFollowUp.IS_COMPLETED, completed);
    }
}
