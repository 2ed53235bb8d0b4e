package org.manyi.issue.process;

import java.time.Instant;
import java.util.Map;
import org.manyi.calendar.Due;
import org.manyi.engine.Processes;
import org.manyi.inbox.Inbox;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.manyi.issue.IssueEvent;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** The department grants more time, and everything that hangs on the deadline moves along; or refuses it. */
@Component
class DecideExtensionTask implements IssueTask {

    private final IssueStore store;
    private final Offers offers;
    private final Extensions extensions;
    private final Processes processes;
    private final ObjectProvider<Inbox> inbox;
    private final IssueSettings settings;
    private final MovableClock clock;

    DecideExtensionTask(
            IssueStore store,
            Offers offers,
            Extensions extensions,
            Processes processes,
            ObjectProvider<Inbox> inbox,
            IssueSettings settings,
            MovableClock clock) {
        this.store = store;
        this.offers = offers;
        this.extensions = extensions;
        this.processes = processes;
        this.inbox = inbox;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String process() {
        return RectificationRound.KEY;
    }

    @Override
    public String key() {
        return RectificationRound.DECIDE_EXTENSION;
    }

    @Override
    public TaskOffer offer(Issue issue) {
        return offers.offerInRound(
                issue, offers.staff(issue.department()), offers.withinDays(settings.decideExtensionDays()));
    }

    @Override
    public Map<String, Object> formData(Issue issue) {
        return Map.of("workingDays", pending(issue).workingDays());
    }

    @Override
    public void check(Issue issue, TaskSubmission submission) {
        if (!granted(submission)) {
            if (submission.text("reason") == null) {
                throw ValidationException.of("reason", "required", "issue.problem.extension.reason");
            }
            return;
        }
        int most = extensions.daysLeft(issue);
        int days = submission.number("workingDays");
        if (days < 1 || days > most) {
            throw ValidationException.of("workingDays", "range", "shared.field.number", 1, most);
        }
    }

    @Override
    public Map<String, Object> complete(Issue issue, TaskSubmission submission) {
        Instant now = clock.instant();
        String by = submission.user().username();
        Extension pending = pending(issue);
        Round round = store.round(issue);
        boolean granted = granted(submission);
        int days = granted ? submission.number("workingDays") : 0;
        if (granted) {
            Due due = offers.withinDaysFrom(round.due().day(), days);
            round = round.withDue(due);
            store.update(issue.number(), round);
            issue.takeDueDateOf(round);
            inbox.getObject().reschedule(issue.number(), RectificationRound.RECTIFY_ISSUE, due);
            inbox.getObject().reschedule(issue.number(), CoHandlingProcess.CONTRIBUTE_TO_RECTIFICATION, due);
            store.update(pending.granted(new Extension.Decision(by, now, days, due.day(), submission.text("reason"))));
        } else {
            store.update(pending.refused(new Extension.Decision(by, now, null, null, submission.text("reason"))));
        }
        // It rested while the request waited.
        processes.moveTimer(issue.number(), RectificationRound.RECTIFICATION_DUE, Extensions.overdueAt(round.due()));
        issue.goOnRectifying();
        store.write(
                issue,
                submission.text("reason"),
                new IssueEvent.ExtensionDecided(
                        now,
                        by,
                        issue.number(),
                        round.number(),
                        granted,
                        days,
                        round.due().day()));
        return Map.of();
    }

    private Extension pending(Issue issue) {
        return store.pendingExtension(issue).orElseThrow();
    }

    private static boolean granted(TaskSubmission submission) {
        return "grant".equals(submission.text("decision"));
    }
}
