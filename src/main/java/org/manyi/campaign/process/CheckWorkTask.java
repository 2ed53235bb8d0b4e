package org.manyi.campaign.process;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.manyi.campaign.Plan;
import org.manyi.inbox.TaskHandler;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.manyi.security.CurrentUser;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/** What was handed in is found in order, or sent back with a reason and a new day. */
@Component
class CheckWorkTask implements YearTask {

    static final String KEY = "checkWork";

    private static final int TO_DO_AGAIN = 3;

    private final YearPlans plans;
    private final WorkStore works;
    private final YearOffers offers;
    private final MovableClock clock;

    CheckWorkTask(YearPlans plans, WorkStore works, YearOffers offers, MovableClock clock) {
        this.plans = plans;
        this.works = works;
        this.offers = offers;
        this.clock = clock;
    }

    @Override
    public String process() {
        return Diagrams.WORK_ITEM;
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public TaskOffer offer(String caseNumber) {
        WorkRow work = works.find(caseNumber);
        Plan.Node node =
                plans.of(work.number().campaign()).node(work.number().node()).orElseThrow();
        return offers.ofWork(
                work,
                List.of(offers.checker(work.number(), node)),
                offers.withinDays(node.check().workingDays()));
    }

    /** Nobody checks what he handed in himself. */
    @Override
    public void checkAssignee(String caseNumber, CurrentUser candidate) {
        if (candidate.username().equals(works.find(caseNumber).handedInBy())) {
            throw ValidationException.of("username", "own", "campaign.problem.ownWork");
        }
    }

    @Override
    public TaskHandler.Bulk bulk() {
        return new TaskHandler.Bulk(Map.of("decision", "pass"), "reason");
    }

    @Override
    public void check(TaskSubmission submission) {
        if (passes(submission)) {
            return;
        }
        if (submission.text("reason") == null) {
            throw ValidationException.of("reason", "required", "campaign.problem.returnReason");
        }
        LocalDate newDue = submission.day("newDue");
        if (newDue != null && newDue.isBefore(clock.today())) {
            throw ValidationException.of("newDue", "past", "campaign.problem.newDue");
        }
    }

    @Override
    public Map<String, Object> complete(TaskSubmission submission) {
        String number = submission.task().caseNumber();
        String by = submission.user().username();
        boolean passes = passes(submission);
        if (passes) {
            works.accept(number, submission.text("reason"), by, clock.instant());
        } else {
            LocalDate named = submission.day("newDue");
            LocalDate due = named == null ? offers.withinDays(TO_DO_AGAIN).day() : named;
            works.giveBack(number, submission.text("reason"), due, by, clock.instant());
        }
        return Map.of("workAccepted", passes);
    }

    private static boolean passes(TaskSubmission submission) {
        return "pass".equals(submission.text("decision"));
    }
}
