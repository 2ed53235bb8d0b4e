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
import org.manyi.security.CurrentUser;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/** A department confirms or changes what the table proposes, asks the reporter first, merges, declines, or hands a matter of a child's safety over. */
@Component
class TriageIssueTask implements IssueTask {

    private static final String ACCEPT = "accept";
    private static final String ANSWER = "answer";
    private static final String ASK_REPORTER = "askReporter";
    private static final String MERGE = "merge";
    private static final String DECLINE = "decline";
    private static final String PROTECT = "protect";
    private static final String MERGE_INTO = "mergeInto";
    private static final String REPORT_MONTHS = "reportMonths";
    private static final String REASON = "reason";
    private static final String BASIS = "basis";
    private static final String GOAL = "goal";
    private static final String LEADER = "leader";

    private final IssueStore store;
    private final Offers offers;
    private final UnitChoice choice;
    private final Leaders leaders;
    private final Discretion discretion;
    private final Organisation organisation;
    private final CaseAccess access;
    private final Merging merging;
    private final DecisionTexts texts;
    private final IssueSettings settings;
    private final MovableClock clock;

    TriageIssueTask(
            IssueStore store,
            Offers offers,
            UnitChoice choice,
            Leaders leaders,
            Discretion discretion,
            Organisation organisation,
            CaseAccess access,
            Merging merging,
            DecisionTexts texts,
            IssueSettings settings,
            MovableClock clock) {
        this.store = store;
        this.offers = offers;
        this.choice = choice;
        this.leaders = leaders;
        this.discretion = discretion;
        this.organisation = organisation;
        this.access = access;
        this.merging = merging;
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
            data.put("rectification", proposed(suggestion).code());
            data.put(
                    LEADER,
                    issue.terms().leader() == null
                            ? leaders.name(issue)
                            : issue.terms().leader());
            data.put(BASIS, issue.terms().basis());
            data.put(GOAL, issue.terms().goal());
            data.put(REPORT_MONTHS, settings.reportMonths());
        }
        return data;
    }

    @Override
    public Map<String, List<Option>> options(Issue issue, CurrentUser user) {
        return Map.of(
                "decisions", texts.options("issue.triage.", decisions(issue)),
                "departments", choice.departments(issue),
                "units", choice.units(issue),
                "mergeable", merging.candidates(issue, user));
    }

    /** A suggestion may be answered as a consultation is; nobody can be asked where nobody reported. */
    private static List<String> decisions(Issue issue) {
        List<String> decisions = new ArrayList<>(List.of(ACCEPT));
        if (issue.mayBeAnswered() && !issue.isConsultation()) {
            decisions.add(ANSWER);
        }
        if (issue.facts().reporterKnown()) {
            decisions.add(ASK_REPORTER);
        }
        decisions.addAll(List.of(MERGE, DECLINE, PROTECT));
        return decisions;
    }

    @Override
    public void check(Issue issue, TaskSubmission submission) {
        List<FieldProblem> problems = new ArrayList<>();
        switch (submission.text("decision")) {
            case ACCEPT, ANSWER -> checkAssignment(issue, submission, problems);
            case ASK_REPORTER -> requireReason(submission, "issue.problem.triage.question", problems);
            case MERGE -> {
                problems.addAll(merging.problems(issue, MERGE_INTO, submission.text(MERGE_INTO), submission.user()));
                requireReason(submission, "issue.problem.triage.merge", problems);
            }
            case DECLINE -> requireReason(submission, "issue.problem.triage.reason", problems);
            default -> {
                // A matter of a child's safety waits for nothing.
            }
        }
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
    }

    private static void requireReason(TaskSubmission submission, String otherwise, List<FieldProblem> problems) {
        if (submission.text(REASON) == null) {
            problems.add(FieldProblem.of(REASON, "required", otherwise));
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
        if (!answers(issue, submission)) {
            problems.addAll(choice.problems(issue, "unitCode", List.of(unit(issue, submission))));
            problems.addAll(choice.problems(issue, "coUnitCodes", submission.list("coUnitCodes")));
        }
        Integer days = submission.number("workingDays");
        if (days != null && (days < 1 || days > settings.maxLimitDays())) {
            problems.add(FieldProblem.of("workingDays", "range", "shared.field.number", 1, settings.maxLimitDays()));
        }
        Integer months = submission.number(REPORT_MONTHS);
        if (months != null && (months < 1 || months > settings.maxReportMonths())) {
            problems.add(FieldProblem.of(REPORT_MONTHS, "range", "shared.field.number", 1, settings.maxReportMonths()));
        }
    }

    @Override
    public Map<String, Object> complete(Issue issue, TaskSubmission submission) {
        return switch (submission.text("decision")) {
            case ACCEPT, ANSWER -> accept(issue, submission);
            case ASK_REPORTER -> ask(issue, submission);
            case MERGE -> merge(issue, submission);
            case DECLINE -> decline(issue, submission);
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
                submission.text(REASON),
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
        return Map.of(IssueRectification.TRIAGE_DECISION, assignment.unit() == null ? ANSWER : ACCEPT);
    }

    /** Whether nothing but an answer is asked of the department. */
    private static boolean answers(Issue issue, TaskSubmission submission) {
        return issue.isConsultation() || ANSWER.equals(submission.text("decision"));
    }

    private Map<String, Object> ask(Issue issue, TaskSubmission submission) {
        issue.ask(submission.text(REASON));
        store.write(
                issue,
                submission.text(REASON),
                new IssueEvent.QuestionPut(
                        clock.instant(), submission.user().username(), issue.number(), issue.department()));
        return Map.of(IssueRectification.TRIAGE_DECISION, ASK_REPORTER);
    }

    private Map<String, Object> merge(Issue issue, TaskSubmission submission) {
        merging.merge(issue, submission.text(MERGE_INTO), submission.text(REASON), submission.user());
        return Map.of(IssueRectification.TRIAGE_DECISION, MERGE);
    }

    private Assignment assignment(Issue issue, TaskSubmission submission) {
        Suggestion suggestion = suggestion(issue);
        String department = given(submission, "department", suggestion.department());
        Integer days = submission.number("workingDays");
        int limit = days == null ? suggestion.workingDays() : days;
        Urgency urgency = Urgency.valueOf(
                given(submission, "urgency", suggestion.urgency().code()).toUpperCase(Locale.ROOT));
        if (answers(issue, submission)) {
            return new Assignment(department, null, List.of(), null, limit, null, urgency, issue.terms());
        }
        String unit = unit(issue, submission);
        Set<String> coUnits = new LinkedHashSet<>(submission.<String>list("coUnitCodes"));
        coUnits.remove(unit);
        Rectification rectification =
                Rectification.of(submission.text("rectification")).orElse(proposed(suggestion));
        Integer reportMonths = rectification == Rectification.LONG_TERM ? submission.number(REPORT_MONTHS) : null;
        Terms terms = new Terms(submission.text(BASIS), submission.text(GOAL), submission.text(LEADER));
        return new Assignment(
                department, unit, List.copyOf(coUnits), rectification, limit, reportMonths, urgency, terms);
    }

    private Map<String, Object> decline(Issue issue, TaskSubmission submission) {
        String department = issue.department();
        issue.decline(department, clock.instant());
        store.write(
                issue,
                submission.text(REASON),
                new IssueEvent.IssueDeclined(
                        clock.instant(), submission.user().username(), issue.number(), department));
        return Map.of(IssueRectification.TRIAGE_DECISION, DECLINE);
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
                submission.text(REASON),
                new IssueEvent.IssueProtected(clock.instant(), submission.user().username(), issue.number(), false));
        return Map.of(IssueRectification.TRIAGE_DECISION, PROTECT);
    }

    private String unit(Issue issue, TaskSubmission submission) {
        return given(submission, "unitCode", suggestion(issue).unit());
    }

    /** For a question, for which the table proposes none, the ordinary class. */
    private static Rectification proposed(Suggestion suggestion) {
        return suggestion.rectification() == null ? Rectification.DATED : suggestion.rectification();
    }

    private Suggestion suggestion(Issue issue) {
        return store.suggestion(issue.number()).orElseThrow();
    }

    private static String given(TaskSubmission submission, String field, String otherwise) {
        String value = submission.text(field);
        return value == null ? otherwise : value;
    }
}
