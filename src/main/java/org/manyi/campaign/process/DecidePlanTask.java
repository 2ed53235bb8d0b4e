package org.manyi.campaign.process;

import java.util.List;
import java.util.Map;
import org.manyi.campaign.PlanDecisions;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/** The head of the bureau decides the plan for the party committee. */
@Component
class DecidePlanTask implements YearTask {

    static final String KEY = "decidePlan";

    private static final String CHAIR = "bureau:chair";

    private final YearOffers offers;
    private final PlanDecisions decisions;

    DecidePlanTask(YearOffers offers, PlanDecisions decisions) {
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
        return offers.ofNode(caseNumber, KEY, List.of(CHAIR));
    }

    @Override
    public void check(TaskSubmission submission) {
        if (!approves(submission) && submission.text("reason") == null) {
            throw ValidationException.of("reason", "required", "campaign.problem.reason");
        }
    }

    @Override
    public Map<String, Object> complete(TaskSubmission submission) {
        boolean approve = approves(submission);
        decisions.decided(submission.task().caseNumber(), approve, submission.text("reason"), submission.user());
        return Map.of("planApproved", approve);
    }

    private static boolean approves(TaskSubmission submission) {
        return "approve".equals(submission.text("decision"));
    }
}
