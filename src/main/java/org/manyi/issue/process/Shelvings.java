package org.manyi.issue.process;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.manyi.calendar.WorkingDays;
import org.manyi.engine.Processes;
import org.manyi.issue.IssueEvent;
import org.manyi.issue.IssueStatus;
import org.manyi.org.Organisation;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ConflictException.Reason;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/** The shelf (挂账): what cannot be put right yet for an objective reason rests until its review, by a leader's word only. */
@Component
class Shelvings {

    private static final Duration REST = Duration.ofDays(365);

    private final IssueStore store;
    private final ShelvingStore shelf;
    private final Leaders leaders;
    private final Offers offers;
    private final Processes processes;
    private final Organisation organisation;
    private final WorkingDays workingDays;
    private final IssueSettings settings;
    private final MovableClock clock;

    Shelvings(
            IssueStore store,
            ShelvingStore shelf,
            Leaders leaders,
            Offers offers,
            Processes processes,
            Organisation organisation,
            WorkingDays workingDays,
            IssueSettings settings,
            MovableClock clock) {
        this.store = store;
        this.shelf = shelf;
        this.leaders = leaders;
        this.offers = offers;
        this.processes = processes;
        this.organisation = organisation;
        this.workingDays = workingDays;
        this.settings = settings;
        this.clock = clock;
    }

    /** Whether the person could ask now to put the round on the shelf. */
    boolean mayAsk(Issue issue, CurrentUser user) {
        return issue.status() == IssueStatus.RECTIFYING && asks(issue, user) && canRest(issue);
    }

    /** Whether the person could take it off the shelf now. */
    boolean mayResume(Issue issue, CurrentUser user) {
        return issue.status() == IssueStatus.SHELVED && resumes(issue, user);
    }

    void ask(Issue issue, int version, String reason, LocalDate reviewOn, CurrentUser user) {
        if (!issue.status().isRectifying()) {
            throw new ConflictException(Reason.NOT_ACTIVE, "issue.problem.shelving.notRectifying");
        }
        if (!asks(issue, user)) {
            throw new ForbiddenException("issue.problem.shelving.notYours");
        }
        if (issue.version() != version) {
            throw ConflictException.of(Reason.STALE_VERSION);
        }
        if (issue.status() == IssueStatus.RECTIFYING && !canRest(issue)) {
            throw new ConflictException(Reason.NOT_ACTIVE, "issue.problem.shelving.notThis");
        }
        if (issue.status() != IssueStatus.RECTIFYING) {
            throw new ConflictException(Reason.NOT_ACTIVE, "issue.problem.shelving.pending");
        }
        List<FieldProblem> problems = new ArrayList<>(reviewProblems(reviewOn));
        Reasons.problem(reason).ifPresent(problems::add);
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
        int daysLeft = Math.max(1, workingDays.between(clock.today(), issue.dueDate()));
        issue.askToShelve();
        request(issue, reason.strip(), reviewOn, daysLeft, user);
        // Nobody is late while the leader owes the answer: the timer rests until it is given.
        processes.moveTimer(
                issue.number(),
                RectificationRound.RECTIFICATION_DUE,
                clock.instant().plus(REST));
        processes.start(ShelvingProcess.KEY, issue.number(), Map.of(ShelvingProcess.CASE_NUMBER, issue.number()));
    }

    /** Asks to leave it on the shelf until another day. */
    void askAgain(Issue issue, String reason, LocalDate reviewOn, CurrentUser user) {
        Shelving current = shelf.current(issue.number()).orElseThrow();
        request(issue, reason, reviewOn, current.daysLeft(), user);
    }

    private void request(Issue issue, String reason, LocalDate reviewOn, int daysLeft, CurrentUser user) {
        Instant now = clock.instant();
        shelf.insert(
                issue.number(), Shelving.requested(issue.round(), user.username(), now, reason, reviewOn, daysLeft));
        String unit = organisation.worksFor(user, issue.leadUnit()) ? issue.leadUnit() : issue.department();
        store.write(
                issue,
                reason,
                new IssueEvent.ShelvingAsked(now, user.username(), issue.number(), unit, issue.round(), reviewOn));
    }

    /** What is wrong with a review day, under the field {@code reviewOn}. */
    List<FieldProblem> reviewProblems(LocalDate reviewOn) {
        if (reviewOn == null) {
            return List.of(FieldProblem.of("reviewOn", "required", "shared.field.required"));
        }
        LocalDate today = clock.today();
        if (!reviewOn.isAfter(today) || reviewOn.isAfter(today.plusDays(settings.maxShelvedDays()))) {
            return List.of(
                    FieldProblem.of("reviewOn", "range", "issue.problem.shelving.reviewOn", settings.maxShelvedDays()));
        }
        return workingDays.isWorkingDay(reviewOn)
                ? List.of()
                : List.of(FieldProblem.of("reviewOn", "dayOff", "issue.problem.shelving.dayOff"));
    }

    /** A leader puts it on the shelf, or leaves it there. */
    void approve(Issue issue, String reason, CurrentUser user) {
        Instant now = clock.instant();
        Shelving pending = shelf.pending(issue.number()).orElseThrow();
        shelf.current(issue.number()).map(current -> current.ended(now)).ifPresent(shelf::update);
        shelf.update(pending.decided(true, new Shelving.Decision(user.username(), now, reason)));
        if (issue.status() == IssueStatus.SHELVING_REVIEW) {
            issue.shelve();
        }
        noteDecision(issue, pending, true, reason, user);
    }

    /** A leader refuses: the round goes on, with what it had left where it was on the shelf. */
    void refuse(Issue issue, String reason, CurrentUser user) {
        Shelving pending = shelf.pending(issue.number()).orElseThrow();
        shelf.update(pending.decided(false, new Shelving.Decision(user.username(), clock.instant(), reason)));
        if (issue.status() == IssueStatus.SHELVED) {
            noteDecision(issue, pending, false, reason, user);
            resume(issue, reason, user);
        } else {
            // It rested while the request waited.
            processes.moveTimer(
                    issue.number(),
                    RectificationRound.RECTIFICATION_DUE,
                    Extensions.overdueAt(store.round(issue).due()));
            issue.goOnRectifying();
            noteDecision(issue, pending, false, reason, user);
        }
    }

    private void noteDecision(Issue issue, Shelving pending, boolean approved, String reason, CurrentUser user) {
        store.write(
                issue,
                reason,
                new IssueEvent.ShelvingDecided(
                        clock.instant(), user.username(), issue.number(), issue.round(), approved, pending.reviewOn()));
    }

    /** Takes it off the shelf at the wish of a person. */
    void resumeEarly(Issue issue, int version, String reason, CurrentUser user) {
        if (issue.status() != IssueStatus.SHELVED) {
            throw new ConflictException(Reason.NOT_ACTIVE, "issue.problem.shelving.notShelved");
        }
        if (!resumes(issue, user)) {
            throw new ForbiddenException("issue.problem.shelving.notYoursToResume");
        }
        if (issue.version() != version) {
            throw ConflictException.of(Reason.STALE_VERSION);
        }
        resume(issue, Reasons.checked(reason), user);
        processes.correlate(ShelvingProcess.RESUMPTION_ASKED, issue.number(), Map.of());
    }

    /** The round goes on with the working days that it had left. */
    void resume(Issue issue, String reason, CurrentUser user) {
        Instant now = clock.instant();
        Shelving current = shelf.current(issue.number()).orElseThrow();
        shelf.update(current.ended(now));
        withdraw(issue.number());
        Round round = store.round(issue).withDue(offers.withinDays(current.daysLeft()));
        store.update(issue.number(), round);
        issue.takeDueDateOf(round);
        issue.goOnRectifying();
        store.write(
                issue,
                reason,
                new IssueEvent.RoundResumed(
                        now,
                        user.username(),
                        issue.number(),
                        round.unit(),
                        round.number(),
                        current.daysLeft(),
                        round.due().day()));
    }

    /** A request that nobody has decided on is void. */
    void withdraw(String number) {
        shelf.pending(number).map(pending -> pending.withdrawn(clock.instant())).ifPresent(shelf::update);
    }

    /** The round is left for good, on the shelf or not: what was asked is void, and nobody reviews it any more. */
    void leave(Issue issue) {
        withdraw(issue.number());
        shelf.current(issue.number())
                .map(current -> current.ended(clock.instant()))
                .ifPresent(shelf::update);
        processes.stop(ShelvingProcess.KEY, issue.number());
    }

    /** A long-term round has no deadline that could rest, and one that began under an earlier diagram does not know how. */
    private boolean canRest(Issue issue) {
        return processes.waitsFor(RectificationRound.ISSUE_SHELVED, issue.number());
    }

    private boolean asks(Issue issue, CurrentUser user) {
        return organisation.worksFor(user, issue.leadUnit()) || organisation.worksFor(user, issue.department());
    }

    private boolean resumes(Issue issue, CurrentUser user) {
        return organisation.worksFor(user, issue.department()) || leaders.leads(issue, user);
    }
}
