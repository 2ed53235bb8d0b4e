package org.manyi.issue.process;

import java.time.LocalDate;
import java.util.Map;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.manyi.issue.IssueEvent;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/** Weeks after closure the department looks whether it lasted. */
@Component
class CheckRecurrenceTask implements IssueTask {

    private final IssueStore store;
    private final Offers offers;
    private final IssueSettings settings;
    private final MovableClock clock;

    CheckRecurrenceTask(IssueStore store, Offers offers, IssueSettings settings, MovableClock clock) {
        this.store = store;
        this.offers = offers;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public String process() {
        return RecurrenceCheck.KEY;
    }

    @Override
    public String key() {
        return RecurrenceCheck.CHECK_RECURRENCE;
    }

    @Override
    public TaskOffer offer(Issue issue) {
        LocalDate day = RecurrenceCheckSteps.checkDay(issue, settings);
        return offers.offer(
                issue, offers.staff(issue.department()), offers.withinDaysFrom(day, settings.recurrenceCheckDays()));
    }

    @Override
    public void check(Issue issue, TaskSubmission submission) {
        if (recurred(submission) && submission.text("note") == null) {
            throw ValidationException.of("note", "required", "issue.problem.recurrence.note");
        }
    }

    @Override
    public Map<String, Object> complete(Issue issue, TaskSubmission submission) {
        boolean recurred = recurred(submission);
        store.write(
                issue,
                submission.text("note"),
                new IssueEvent.RecurrenceChecked(
                        clock.instant(), submission.user().username(), issue.number(), recurred));
        return Map.of(RecurrenceCheck.RECURRED, recurred);
    }

    private static boolean recurred(TaskSubmission submission) {
        return "recurred".equals(submission.text("decision"));
    }
}
