package org.manyi.issue.process;

import java.util.List;
import java.util.Map;
import org.manyi.evidence.EvidenceStore;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.springframework.stereotype.Component;

/** The unit reports on a long-term matter, and may propose to find a stage complete. */
@Component
class ReportProgressTask implements IssueTask {

    private final IssueStore store;
    private final Offers offers;
    private final FollowUps followUps;
    private final EvidenceStore evidence;

    ReportProgressTask(IssueStore store, Offers offers, FollowUps followUps, EvidenceStore evidence) {
        this.store = store;
        this.offers = offers;
        this.followUps = followUps;
        this.evidence = evidence;
    }

    @Override
    public String process() {
        return LongTermFollowUp.KEY;
    }

    @Override
    public String key() {
        return LongTermFollowUp.REPORT_PROGRESS;
    }

    @Override
    public TaskOffer offer(Issue issue) {
        Round round = store.round(issue);
        return offers.offerInRound(issue, offers.unit(round.unit()), round.due());
    }

    @Override
    public Map<String, Object> complete(Issue issue, TaskSubmission submission) {
        List<String> files = submission.list("files");
        evidence.handOver("files", files, "task", submission.task().id(), "case", issue.number());
        boolean proposed = "propose".equals(submission.text("stage"));
        followUps.report(issue, submission.text("progress"), files, proposed, submission.user());
        return Map.of(LongTermFollowUp.STAGE_PROPOSED, proposed);
    }
}
