package org.manyi.issue.process;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.manyi.engine.Processes;
import org.manyi.inbox.CaseAccess;
import org.manyi.inbox.TaskHandler.Option;
import org.manyi.issue.IssueAction;
import org.manyi.issue.IssueEvent;
import org.manyi.issue.IssueStatus;
import org.manyi.issue.RoundCause;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ConflictException.Reason;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.MovableClock;
import org.manyi.shared.Texts;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/** What takes an issue off the order of its loop, by the hand of somebody who may: rows first, then the engine. */
@Component
class Detours {

    /** What goes on whatever becomes of the rest. */
    private static final Set<String> BESIDE = Set.of(IssueRectification.CONTACT_REPORTER);

    private final IssueActions actions;
    private final IssueStore store;
    private final Merging merging;
    private final Shelvings shelvings;
    private final FollowUps followUps;
    private final CoHandling coHandling;
    private final UnitChoice choice;
    private final CaseAccess access;
    private final Processes processes;
    private final DecisionTexts texts;
    private final MovableClock clock;

    Detours(
            IssueActions actions,
            IssueStore store,
            Merging merging,
            Shelvings shelvings,
            FollowUps followUps,
            CoHandling coHandling,
            UnitChoice choice,
            CaseAccess access,
            Processes processes,
            DecisionTexts texts,
            MovableClock clock) {
        this.actions = actions;
        this.store = store;
        this.merging = merging;
        this.shelvings = shelvings;
        this.followUps = followUps;
        this.coHandling = coHandling;
        this.choice = choice;
        this.access = access;
        this.processes = processes;
        this.texts = texts;
        this.clock = clock;
    }

    /** Whether it is offered beyond what the table says: a leader's decision on the unit stands. */
    boolean offers(IssueAction action, Issue issue) {
        return action != IssueAction.CHANGE_UNIT || !issue.unitFinal();
    }

    /** What the action's own field offers the person. */
    List<Option> choices(Issue issue, IssueAction action, CurrentUser user) {
        check(issue, action, user);
        return switch (action) {
            case CHANGE_UNIT ->
                choice.units(issue).stream()
                        .filter(unit -> !unit.value().equals(issue.leadUnit()))
                        .toList();
            case MERGE -> merging.candidates(issue, user);
            case MOVE_TO ->
                texts.options(
                        "issue.step.",
                        Arrays.stream(IssueStatus.values())
                                .filter(step -> issue.status().canBeMovedTo(step))
                                .filter(step -> lacking(issue, step) == null)
                                .map(IssueStatus::code)
                                .toList());
            default -> List.of();
        };
    }

    /** Makes others wait for both issues that an action changes, in an order that lets no two wait for each other. */
    void lock(Issue issue, IssueAction action, String target, CurrentUser user) {
        if (action == IssueAction.MERGE
                && target != null
                && Texts.storable(target)
                && access.visible(user, target.strip())) {
            Stream.of(issue.number(), target.strip()).sorted().forEach(access::lock);
        }
    }

    /** Does it; the issue is read for change. */
    void act(Issue issue, IssueAction action, int version, String target, String reason, CurrentUser user) {
        check(issue, action, user);
        if (issue.version() != version) {
            throw ConflictException.of(Reason.STALE_VERSION);
        }
        String why = reason == null ? "" : reason.strip();
        List<FieldProblem> problems = new ArrayList<>(problems(issue, action, target, user));
        Reasons.problem(reason).ifPresent(problems::add);
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
        switch (action) {
            case WITHDRAW -> withdraw(issue, why, user);
            case REOPEN -> reopen(issue, why, user);
            case CHANGE_UNIT -> changeUnit(issue, target.strip(), why, user);
            case MERGE -> {
                leaveRound(issue);
                merging.merge(issue, target, why, user);
                end(issue);
            }
            case MOVE_TO -> moveTo(issue, IssueStatus.of(target).orElseThrow(), why, user);
            default -> throw new IllegalArgumentException(action.name());
        }
    }

    /** What went on beside the round ends with it. */
    private void leaveRound(Issue issue) {
        store.pendingExtension(issue).map(Extension::withdrawn).ifPresent(store::update);
        if (issue.round() > 0) {
            shelvings.leave(issue);
            followUps.leave(issue);
        }
    }

    private void check(Issue issue, IssueAction action, CurrentUser user) {
        actions.require(action, user, issue);
        if (!offers(action, issue)) {
            throw new ConflictException(Reason.NOT_ACTIVE, "issue.problem.changeUnit.final");
        }
    }

    private List<FieldProblem> problems(Issue issue, IssueAction action, String target, CurrentUser user) {
        return switch (action) {
            case CHANGE_UNIT -> unitProblems(issue, target);
            case MERGE -> merging.problems(issue, action.field(), target, user);
            case MOVE_TO -> stepProblems(issue, target);
            default -> List.of();
        };
    }

    private List<FieldProblem> unitProblems(Issue issue, String unit) {
        String field = IssueAction.CHANGE_UNIT.field();
        if (unit == null || unit.isBlank()) {
            return List.of(FieldProblem.of(field, "required", "shared.field.required"));
        }
        if (!Texts.storable(unit)) {
            return List.of(FieldProblem.of(field, "unknown", "shared.field.unknown"));
        }
        return unit.strip().equals(issue.leadUnit())
                ? List.of(FieldProblem.of(field, "same", "issue.problem.changeUnit.same"))
                : choice.problems(issue, field, List.of(unit.strip()));
    }

    private List<FieldProblem> stepProblems(Issue issue, String code) {
        String field = IssueAction.MOVE_TO.field();
        if (code == null || code.isBlank()) {
            return List.of(FieldProblem.of(field, "required", "shared.field.required"));
        }
        IssueStatus step = IssueStatus.of(code).orElse(null);
        if (step == null || !issue.status().canBeMovedTo(step)) {
            return List.of(FieldProblem.of(field, "choice", "issue.problem.moveTo.step"));
        }
        String lacking = lacking(issue, step);
        return lacking == null ? List.of() : List.of(FieldProblem.of(field, "lacking", lacking));
    }

    /** What the issue has not got that the step needs; null when it has everything. */
    private String lacking(Issue issue, IssueStatus step) {
        return switch (step) {
            case TO_SIGN, RECTIFYING -> issue.leadUnit() == null ? "issue.problem.moveTo.unit" : null;
            case CALLBACK ->
                issue.facts().reporterKnown() ? lackingVerification(issue) : "issue.problem.moveTo.reporter";
            case APPROVING -> lackingVerification(issue);
            default -> null;
        };
    }

    private String lackingVerification(Issue issue) {
        return store.rounds(issue.number()).stream()
                        .filter(round -> round.number() == issue.round() && round.verification() != null)
                        .anyMatch(round -> round.verification().passed())
                ? null
                : "issue.problem.moveTo.verified";
    }

    private void withdraw(Issue issue, String why, CurrentUser user) {
        leaveRound(issue);
        issue.withdraw(clock.instant());
        store.write(issue, why, new IssueEvent.IssueWithdrawn(clock.instant(), user.username(), issue.number()));
        end(issue);
    }

    /** An instance of a diagram that did not know the message yet ends where it stands. */
    private void end(Issue issue) {
        coHandling.close(issue.number());
        if (!processes.tell(IssueRectification.ISSUE_WITHDRAWN, issue.number())) {
            processes.stop(IssueRectification.KEY, issue.number());
        }
    }

    private void reopen(Issue issue, String why, CurrentUser user) {
        boolean answered = issue.status() == IssueStatus.ANSWERED;
        issue.reopen(RoundCause.REOPENED);
        store.write(
                issue,
                why,
                new IssueEvent.IssueReopened(clock.instant(), user.username(), issue.number(), issue.leadUnit()));
        // What it was to be checked for has been said.
        processes.stop(RecurrenceCheck.KEY, issue.number());
        Map<String, Object> variables = IssueRectification.start(issue);
        if (answered) {
            processes.startAt(IssueRectification.KEY, IssueRectification.TRIAGE_ISSUE, issue.number(), variables);
        } else {
            processes.startByMessage(IssueRectification.ISSUE_REOPENED, issue.number(), variables);
        }
    }

    private void changeUnit(Issue issue, String unit, String why, CurrentUser user) {
        String before = issue.leadUnit();
        leaveRound(issue);
        issue.changeUnit(unit);
        access.grant(issue.number(), List.of(unit), List.of());
        store.write(
                issue,
                why,
                new IssueEvent.ResponsibleUnitChanged(
                        clock.instant(), user.username(), issue.number(), issue.department(), unit, before));
        coHandling.close(issue.number());
        processes.move(IssueRectification.KEY, issue.number(), IssueRectification.SIGN_FOR_ISSUE, BESIDE);
    }

    private void moveTo(Issue issue, IssueStatus step, String why, CurrentUser user) {
        leaveRound(issue);
        issue.relocate(step);
        store.write(
                issue, why, new IssueEvent.IssueMoved(clock.instant(), user.username(), issue.number(), step.code()));
        coHandling.close(issue.number());
        processes.move(IssueRectification.KEY, issue.number(), element(step), BESIDE);
    }

    private static String element(IssueStatus step) {
        return switch (step) {
            case TRIAGE -> IssueRectification.TRIAGE_ISSUE;
            case TO_SIGN -> IssueRectification.SIGN_FOR_ISSUE;
            case RECTIFYING -> IssueRectification.ROUND;
            case CALLBACK -> IssueRectification.CALL_REPORTER;
            case APPROVING -> IssueRectification.APPROVE_CLOSURE;
            default -> throw new IllegalArgumentException(step.name().toLowerCase(Locale.ROOT));
        };
    }
}
