package org.manyi.issue.process;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.manyi.inbox.CaseAccess;
import org.manyi.inbox.TaskHandler.Option;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.manyi.issue.IssueEvent;
import org.manyi.issue.Rectification;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/** The department answers a question or a suggestion; that is all it needs, or a unit puts right what it was about. */
@Component
class AnswerIssueTask implements IssueTask {

    private static final String TAKEN_UP = "takenUp";
    private static final String UNIT = "unitCode";

    private final IssueStore store;
    private final Offers offers;
    private final UnitChoice choice;
    private final CaseAccess access;
    private final MovableClock clock;

    AnswerIssueTask(IssueStore store, Offers offers, UnitChoice choice, CaseAccess access, MovableClock clock) {
        this.store = store;
        this.offers = offers;
        this.choice = choice;
        this.access = access;
        this.clock = clock;
    }

    @Override
    public String process() {
        return IssueRectification.KEY;
    }

    @Override
    public String key() {
        return IssueRectification.ANSWER_ISSUE;
    }

    @Override
    public TaskOffer offer(Issue issue) {
        return offers.offer(issue, offers.staff(issue.department()), offers.withinDays(issue.limitDays()));
    }

    @Override
    public Map<String, Object> formData(Issue issue) {
        return Map.of(
                "outcome",
                "answered",
                UNIT,
                store.suggestion(issue.number()).orElseThrow().unit());
    }

    @Override
    public Map<String, List<Option>> options(Issue issue) {
        return Map.of("units", choice.units(issue));
    }

    @Override
    public void check(Issue issue, TaskSubmission submission) {
        if (takenUp(submission)) {
            List<FieldProblem> problems = choice.problems(issue, UNIT, List.of(submission.text(UNIT)));
            if (!problems.isEmpty()) {
                throw new ValidationException(problems);
            }
        }
    }

    @Override
    public Map<String, Object> complete(Issue issue, TaskSubmission submission) {
        boolean takenUp = takenUp(submission);
        if (takenUp) {
            takeUp(issue, submission);
        } else {
            issue.answer(submission.text("answer"), clock.instant());
            store.write(
                    issue,
                    null,
                    new IssueEvent.IssueAnswered(
                            clock.instant(), submission.user().username(), issue.number(), issue.department()));
        }
        return Map.of(IssueRectification.TAKEN_UP, takenUp);
    }

    private void takeUp(Issue issue, TaskSubmission submission) {
        Assignment assignment = new Assignment(
                issue.department(),
                submission.text(UNIT),
                issue.coUnits(),
                Rectification.of(submission.text("rectification")).orElseThrow(),
                submission.number("workingDays"),
                null,
                issue.urgency(),
                issue.terms());
        issue.takeUp(submission.text("answer"), assignment);
        Set<String> units = new LinkedHashSet<>(List.of(assignment.department(), assignment.unit()));
        access.grant(issue.number(), units, List.of());
        store.write(
                issue,
                null,
                new IssueEvent.IssueTakenUp(
                        clock.instant(),
                        submission.user().username(),
                        issue.number(),
                        assignment.department(),
                        assignment.unit(),
                        assignment.rectification().code(),
                        assignment.workingDays()));
    }

    private static boolean takenUp(TaskSubmission submission) {
        return TAKEN_UP.equals(submission.text("outcome"));
    }
}
