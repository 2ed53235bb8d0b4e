package org.manyi.issue.process;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.manyi.inbox.TaskHandler.Option;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.manyi.issue.IssueEvent;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/** The unit signs, or returns what it thinks is not its own (退单), unless a leader has decided. */
@Component
class SignForIssueTask implements IssueTask {

    private final IssueStore store;
    private final Offers offers;
    private final UnitChoice choice;
    private final DecisionTexts texts;
    private final IssueSettings settings;
    private final MovableClock clock;

    SignForIssueTask(
            IssueStore store,
            Offers offers,
            UnitChoice choice,
            DecisionTexts texts,
            IssueSettings settings,
            MovableClock clock) {
        this.store = store;
        this.offers = offers;
        this.choice = choice;
        this.texts = texts;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String process() {
        return IssueRectification.KEY;
    }

    @Override
    public String key() {
        return IssueRectification.SIGN_FOR_ISSUE;
    }

    @Override
    public TaskOffer offer(Issue issue) {
        return offers.offer(issue, offers.unit(issue.leadUnit()), offers.withinDays(settings.signDays()));
    }

    @Override
    public Map<String, List<Option>> options(Issue issue) {
        return Map.of(
                "decisions",
                texts.options("issue.sign.", issue.unitFinal() ? List.of("sign") : List.of("sign", "return")),
                "units",
                choice.units(issue).stream()
                        .filter(unit -> !unit.value().equals(issue.leadUnit()))
                        .toList());
    }

    @Override
    public void check(Issue issue, TaskSubmission submission) {
        if (issue.unitFinal() && "return".equals(submission.text("decision"))) {
            throw ValidationException.of("decision", "final", "issue.problem.return.final");
        }
        String suggested = submission.text("suggestedUnitCode");
        if (suggested == null) {
            return;
        }
        List<FieldProblem> problems = Objects.equals(suggested, issue.leadUnit())
                ? List.of(FieldProblem.of("suggestedUnitCode", "same", "issue.problem.return.same"))
                : choice.problems(issue, "suggestedUnitCode", List.of(suggested));
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
    }

    @Override
    public Map<String, Object> complete(Issue issue, TaskSubmission submission) {
        String by = submission.user().username();
        boolean signed = "sign".equals(submission.text("decision"));
        if (signed) {
            issue.sign();
            store.write(issue, null, new IssueEvent.UnitSigned(clock.instant(), by, issue.number(), issue.leadUnit()));
        } else {
            issue.returnByUnit(submission.text("suggestedUnitCode"));
            store.write(
                    issue,
                    submission.text("reason"),
                    new IssueEvent.UnitReturned(
                            clock.instant(), by, issue.number(), issue.leadUnit(), issue.suggestedUnit()));
        }
        return Map.of(
                IssueRectification.SIGNED,
                signed,
                IssueRectification.RETURNED_TOO_OFTEN,
                !signed && issue.returns() >= settings.returns().most());
    }
}
