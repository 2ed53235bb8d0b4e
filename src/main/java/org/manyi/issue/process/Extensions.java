package org.manyi.issue.process;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.manyi.calendar.Due;
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

/** More time for a round: asked for before its deadline by the unit that puts the issue right, one request at a time. */
@Component
class Extensions {

    private static final Duration REST = Duration.ofDays(365);
    private static final int SHORTEST_REASON = 2;
    private static final int LONGEST_REASON = 500;

    private final IssueStore store;
    private final FollowUps followUps;
    private final Processes processes;
    private final Organisation organisation;
    private final IssueSettings settings;
    private final MovableClock clock;

    Extensions(
            IssueStore store,
            FollowUps followUps,
            Processes processes,
            Organisation organisation,
            IssueSettings settings,
            MovableClock clock) {
        this.store = store;
        this.followUps = followUps;
        this.processes = processes;
        this.organisation = organisation;
        this.settings = settings;
        this.clock = clock;
    }

    /** The first instant at which a round is late. */
    static Instant overdueAt(Due due) {
        return MovableClock.startOf(due.day().plusDays(1));
    }

    /** By how many working days the current round may still be extended. */
    int daysLeft(Issue issue) {
        int granted = store.extensions(issue.number()).stream()
                .filter(extension -> extension.round() == issue.round())
                .filter(extension -> extension.state() == Extension.State.GRANTED)
                .mapToInt(extension -> extension.decision().workingDays())
                .sum();
        return settings.maxExtensionDays() - granted;
    }

    /** Whether the person could ask now. */
    boolean mayAsk(Issue issue, CurrentUser user) {
        return issue.status() == IssueStatus.RECTIFYING
                && !followUps.runs(issue)
                && worksOn(issue, user)
                && !clock.today().isAfter(issue.dueDate())
                && daysLeft(issue) > 0;
    }

    void ask(Issue issue, int version, int days, String reason, CurrentUser user) {
        check(issue, version, days, reason, user);
        boolean further =
                store.extensions(issue.number()).stream().anyMatch(extension -> extension.round() == issue.round());
        store.insert(
                issue.number(),
                Extension.requested(issue.round(), user.username(), clock.instant(), days, reason.strip()));
        issue.askForMoreTime();
        store.write(
                issue,
                reason.strip(),
                new IssueEvent.ExtensionRequested(
                        clock.instant(), user.username(), issue.number(), issue.round(), days));
        // Nobody is late while the department owes the answer: the timer rests until it is given.
        processes.moveTimer(
                issue.number(),
                RectificationRound.RECTIFICATION_DUE,
                clock.instant().plus(REST));
        processes.correlate(
                RectificationRound.EXTENSION_REQUESTED,
                issue.number(),
                Map.of(RectificationRound.FURTHER_EXTENSION, further));
    }

    private void check(Issue issue, int version, int days, String reason, CurrentUser user) {
        if (!issue.status().isRectifying()) {
            throw new ConflictException(Reason.NOT_ACTIVE, "issue.problem.extension.notRectifying");
        }
        if (!worksOn(issue, user)) {
            throw new ForbiddenException("issue.problem.extension.notYours");
        }
        if (issue.version() != version) {
            throw ConflictException.of(Reason.STALE_VERSION);
        }
        if (followUps.runs(issue)) {
            throw new ConflictException(Reason.NOT_ACTIVE, "issue.problem.extension.longTerm");
        }
        if (issue.status() != IssueStatus.RECTIFYING) {
            throw new ConflictException(Reason.NOT_ACTIVE, "issue.problem.extension.pending");
        }
        if (clock.today().isAfter(issue.dueDate())) {
            throw new ConflictException(Reason.NOT_ACTIVE, "issue.problem.extension.late");
        }
        List<FieldProblem> problems = new ArrayList<>();
        int most = daysLeft(issue);
        if (most < 1) {
            problems.add(FieldProblem.of(
                    "workingDays", "range", "issue.problem.extension.used", settings.maxExtensionDays()));
        } else if (days < 1 || days > most) {
            problems.add(FieldProblem.of("workingDays", "range", "shared.field.number", 1, most));
        }
        String text = reason == null ? "" : reason.strip();
        if (text.length() < SHORTEST_REASON) {
            problems.add(FieldProblem.of("reason", "tooShort", "shared.field.tooShort", SHORTEST_REASON));
        } else if (text.length() > LONGEST_REASON) {
            problems.add(FieldProblem.of("reason", "tooLong", "shared.field.tooLong", LONGEST_REASON));
        }
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
    }

    private boolean worksOn(Issue issue, CurrentUser user) {
        return organisation.worksFor(user, issue.leadUnit());
    }
}
