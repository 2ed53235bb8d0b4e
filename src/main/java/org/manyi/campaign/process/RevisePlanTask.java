package org.manyi.campaign.process;

import java.util.List;
import java.util.Map;
import org.manyi.campaign.PlanDecisions;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.springframework.stereotype.Component;

/** The department in charge revises the draft and puts it before the party committee. */
@Component
class RevisePlanTask implements YearTask {

    static final String KEY = "revisePlan";

    private static final List<String> AUTHORS = List.of("dept:jijiao:staff", "dept:jijiao:head");

    private final YearOffers offers;
    private final PlanDecisions decisions;

    RevisePlanTask(YearOffers offers, PlanDecisions decisions) {
        this.offers = offers;
        this.decisions = decisions;
    }

    @Override
    public String process() {
        return Diagrams.FEBRUARY_PLANNING;
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public TaskOffer offer(String caseNumber) {
        return offers.ofNode(caseNumber, KEY, AUTHORS);
    }

    @Override
    public Map<String, Object> complete(TaskSubmission submission) {
        decisions.submitted(submission.task().caseNumber(), submission.text("note"), submission.user());
        return Map.of();
    }
}
