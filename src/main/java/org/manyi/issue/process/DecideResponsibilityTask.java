package org.manyi.issue.process;

import java.util.List;
import java.util.Map;
import org.manyi.inbox.CaseAccess;
import org.manyi.inbox.TaskHandler.Option;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.manyi.issue.IssueEvent;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/** A leader decides for good whose an issue is that units return again and again; whoever it is signs and cannot return it. */
@Component
class DecideResponsibilityTask implements IssueTask {

    private final IssueStore store;
    private final Offers offers;
    private final Leaders leaders;
    private final UnitChoice choice;
    private final CaseAccess access;
    private final IssueSettings settings;
    private final MovableClock clock;

    DecideResponsibilityTask(
            IssueStore store,
            Offers offers,
            Leaders leaders,
            UnitChoice choice,
            CaseAccess access,
            IssueSettings settings,
            MovableClock clock) {
        this.store = store;
        this.offers = offers;
        this.leaders = leaders;
        this.choice = choice;
        this.access = access;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String process() {
        return IssueRectification.KEY;
    }

    @Override
    public String key() {
        return IssueRectification.DECIDE_RESPONSIBILITY;
    }

    @Override
    public TaskOffer offer(Issue issue) {
        return offers.offer(
                issue, List.of(leaders.post(issue)), offers.withinDays(settings.decideResponsibilityDays()));
    }

    @Override
    public Map<String, Object> formData(Issue issue) {
        return issue.suggestedUnit() == null ? Map.of() : Map.of("unitCode", issue.suggestedUnit());
    }

    @Override
    public Map<String, List<Option>> options(Issue issue) {
        return Map.of("units", choice.units(issue));
    }

    @Override
    public void check(Issue issue, TaskSubmission submission) {
        List<FieldProblem> problems = choice.problems(issue, "unitCode", List.of(submission.text("unitCode")));
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
    }

    @Override
    public Map<String, Object> complete(Issue issue, TaskSubmission submission) {
        String unit = submission.text("unitCode");
        issue.settle(unit);
        access.grant(issue.number(), List.of(unit), List.of());
        store.write(
                issue,
                submission.text("reason"),
                new IssueEvent.ResponsibilityDecided(
                        clock.instant(), submission.user().username(), issue.number(), issue.department(), unit));
        return Map.of();
    }
}
