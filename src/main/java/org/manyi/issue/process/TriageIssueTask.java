package org.manyi.issue.process;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.manyi.inbox.CaseAccess;
import org.manyi.inbox.TaskHandler.Option;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.manyi.inbox.Urgency;
import org.manyi.issue.IssueEvent;
import org.manyi.issue.Rectification;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.org.UnitType;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/** A department confirms or changes what the table proposes, declines, or hands a matter of a child's safety over. */
@Component
class TriageIssueTask implements IssueTask {

    private final IssueStore store;
    private final Offers offers;
    private final UnitChoice choice;
    private final Discretion discretion;
    private final Organisation organisation;
    private final CaseAccess access;
    private final IssueSettings settings;
    private final MovableClock clock;

    TriageIssueTask(
            IssueStore store,
            Offers offers,
            UnitChoice choice,
            Discretion discretion,
            Organisation organisation,
            CaseAccess access,
            IssueSettings settings,
            MovableClock clock) {
        this.store = store;
        this.offers = offers;
        this.choice = choice;
        this.discretion = discretion;
        this.organisation = organisation;
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
        return IssueRectification.TRIAGE_ISSUE;
    }

    @Override
    public TaskOffer offer(Issue issue) {
        return offers.offer(issue, offers.unit(issue.department()), offers.withinDays(settings.triageDays()));
    }

    @Override
    public Map<String, Object> formData(Issue issue) {
        Suggestion suggestion = suggestion(issue);
        Map<String, Object> data = new HashMap<>();
        data.put("department", suggestion.department());
        data.put("workingDays", suggestion.workingDays());
        data.put("urgency", suggestion.urgency().code());
        if (!issue.isConsultation()) {
            data.put("unitCode", suggestion.unit());
            data.put("rectification", suggestion.rectification().code());
        }
        return data;
    }

    @Override
    public Map<String, List<Option>> options(Issue issue) {
        return Map.of("departments", choice.departments(issue), "units", choice.units(issue));
    }

    @Override
    public void check(Issue issue, TaskSubmission submission) {
        List<FieldProblem> problems = new ArrayList<>();
        switch (submission.text("decision")) {
            case "accept" -> checkAssignment(issue, submission, problems);
            case "decline" -> {
                if (submission.text("reason") == null) {
                    problems.add(FieldProblem.of("reason", "required", "issue.problem.triage.reason"));
                }
            }
            default -> {
                // A matter of a child's safety waits for nothing.
            }
        }
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
    }

    private void checkAssignment(Issue issue, TaskSubmission submission, List<FieldProblem> problems) {
        String department = submission.text("department");
        if (department != null) {
            boolean known = organisation
                    .find(department)
                    .filter(Unit::active)
                    .filter(unit -> unit.type() == UnitType.DEPARTMENT)
                    .isPresent();
            if (!known) {
                problems.add(FieldProblem.of("department", "unknown", "shared.field.unknown"));
            } else if (discretion.hiddenUnits(issue).contains(department)) {
                problems.add(FieldProblem.of("department", "concerned", "issue.problem.unit.concerned"));
            }
        }
        if (!issue.isConsultation()) {
            problems.addAll(choice.problems(issue, "unitCode", List.of(unit(issue, submission))));
            problems.addAll(choice.problems(issue, "coUnitCodes", submission.list("coUnitCodes")));
        }
        Integer days = submission.number("workingDays");
        if (days != null && (days < 1 || days > settings.maxLimitDays())) {
            problems.add(FieldProblem.of("workingDays", "range", "shared.field.number", 1, settings.maxLimitDays()));
        }
    }

    @Override
    public Map<String, Object> complete(Issue issue, TaskSubmission submission) {
        return switch (submission.text("decision")) {
            case "accept" -> accept(issue, submission);
            case "decline" -> decline(issue, submission);
            default -> protect(issue, submission);
        };
    }

    private Map<String, Object> accept(Issue issue, TaskSubmission submission) {
        Assignment assignment = assignment(issue, submission);
        issue.accept(assignment);
        Set<String> units = new LinkedHashSet<>(assignment.coUnits());
        units.add(assignment.department());
        if (assignment.unit() != null) {
            units.add(assignment.unit());
        }
        access.grant(issue.number(), units, List.of());
        store.write(
                issue,
                submission.text("reason"),
                new IssueEvent.IssueTriaged(
                        clock.instant(),
                        submission.user().username(),
                        issue.number(),
                        assignment.department(),
                        assignment.unit(),
                        assignment.coUnits(),
                        assignment.rectification() == null
                                ? null
                                : assignment.rectification().code(),
                        assignment.workingDays(),
                        assignment.urgency().code()));
        return Map.of(IssueRectification.TRIAGE_DECISION, issue.isConsultation() ? "answer" : "accept");
    }

    private Assignment assignment(Issue issue, TaskSubmission submission) {
        Suggestion suggestion = suggestion(issue);
        String department = given(submission, "department", suggestion.department());
        Integer days = submission.number("workingDays");
        int limit = days == null ? suggestion.workingDays() : days;
        Urgency urgency = Urgency.valueOf(
                given(submission, "urgency", suggestion.urgency().code()).toUpperCase(Locale.ROOT));
        if (issue.isConsultation()) {
            return new Assignment(department, null, List.of(), null, limit, urgency);
        }
        String unit = unit(issue, submission);
        Set<String> coUnits = new LinkedHashSet<>(submission.<String>list("coUnitCodes"));
        coUnits.remove(unit);
        Rectification rectification =
                Rectification.of(submission.text("rectification")).orElse(suggestion.rectification());
        return new Assignment(department, unit, List.copyOf(coUnits), rectification, limit, urgency);
    }

    private Map<String, Object> decline(Issue issue, TaskSubmission submission) {
        String department = issue.department();
        issue.decline(department, clock.instant());
        store.write(
                issue,
                submission.text("reason"),
                new IssueEvent.IssueDeclined(
                        clock.instant(), submission.user().username(), issue.number(), department));
        return Map.of(IssueRectification.TRIAGE_DECISION, "decline");
    }

    private Map<String, Object> protect(Issue issue, TaskSubmission submission) {
        issue.protect();
        access.restrict(
                issue.number(),
                CaseAccess.Restriction.PROTECTED,
                null,
                issue.facts().concernsUser());
        store.write(
                issue,
                submission.text("reason"),
                new IssueEvent.IssueProtected(clock.instant(), submission.user().username(), issue.number(), false));
        return Map.of(IssueRectification.TRIAGE_DECISION, "protect");
    }

    private String unit(Issue issue, TaskSubmission submission) {
        return given(submission, "unitCode", suggestion(issue).unit());
    }

    private Suggestion suggestion(Issue issue) {
        return store.suggestion(issue.number()).orElseThrow();
    }

    private static String given(TaskSubmission submission, String field, String otherwise) {
        String value = submission.text(field);
        return value == null ? otherwise : value;
    }
}
