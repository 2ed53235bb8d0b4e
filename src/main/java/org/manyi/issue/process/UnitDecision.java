package org.manyi.issue.process;

import java.util.List;
import java.util.Map;
import org.manyi.inbox.CaseAccess;
import org.manyi.inbox.TaskHandler.Option;
import org.manyi.inbox.TaskSubmission;
import org.manyi.issue.IssueEvent;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ValidationException;

/** A decision whose a returned issue is: a unit is named, sees the case from then on, and signs. */
abstract class UnitDecision implements IssueTask {

    private final IssueStore store;
    private final UnitChoice choice;
    private final CaseAccess access;

    UnitDecision(IssueStore store, UnitChoice choice, CaseAccess access) {
        this.store = store;
        this.choice = choice;
        this.access = access;
    }

    /** Gives the issue to the unit and says what has happened. */
    abstract IssueEvent decide(Issue issue, String unit, String by);

    @Override
    public final String process() {
        return IssueRectification.KEY;
    }

    @Override
    public final Map<String, Object> formData(Issue issue) {
        return issue.suggestedUnit() == null ? Map.of() : Map.of("unitCode", issue.suggestedUnit());
    }

    @Override
    public final Map<String, List<Option>> options(Issue issue) {
        return Map.of("units", choice.units(issue));
    }

    @Override
    public final void check(Issue issue, TaskSubmission submission) {
        List<FieldProblem> problems = choice.problems(issue, "unitCode", List.of(submission.text("unitCode")));
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
    }

    @Override
    public final Map<String, Object> complete(Issue issue, TaskSubmission submission) {
        String unit = submission.text("unitCode");
        IssueEvent decided = decide(issue, unit, submission.user().username());
        access.grant(issue.number(), List.of(unit), List.of());
        store.write(issue, submission.text("reason"), decided);
        return Map.of();
    }
}
