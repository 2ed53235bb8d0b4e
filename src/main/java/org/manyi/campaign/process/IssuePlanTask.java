package org.manyi.campaign.process;

import java.util.Map;
import org.manyi.campaign.PlanDecisions;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Component;

/** The department in charge issues the decided plan; the year begins. */
@Component
class IssuePlanTask implements YearTask {

    static final String KEY = "issuePlan";

    private final YearOffers offers;
    private final PlanDecisions decisions;
    private final MovableClock clock;

    IssuePlanTask(YearOffers offers, PlanDecisions decisions, MovableClock clock) {
        this.offers = offers;
        this.decisions = decisions;
        this.clock = clock;
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
        return offers.ofNode(caseNumber, KEY, offers.colleagues(YearOffers.AUTHOR));
    }

    @Override
    public Map<String, Object> formData(String caseNumber) {
        return Map.of("issuedOn", clock.today().toString());
    }

    @Override
    public Map<String, Object> complete(TaskSubmission submission) {
        decisions.issued(
                submission.task().caseNumber(),
                new PlanDecisions.Issue(
                        submission.text("documentNumber"),
                        submission.day("issuedOn"),
                        submission.text("publishedWhere")),
                submission.user());
        return Map.of();
    }
}
