package org.manyi.issue.process;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.manyi.engine.Processes;
import org.manyi.evidence.EvidenceStore;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.manyi.issue.IssueEvent;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/** The unit reports what it did, with evidence; a request for more time that still waits is then withdrawn. */
@Component
class RectifyIssueTask implements IssueTask {

    private static final String CASE = "case";
    private static final String TASK = "task";

    /** Why the lead unit does not wait for those that help. */
    private static final String WITHOUT_CO_UNITS = "withoutCoUnits";

    private final IssueStore store;
    private final Offers offers;
    private final EvidenceStore evidence;
    private final CoHandling coHandling;
    private final Processes processes;
    private final MovableClock clock;

    RectifyIssueTask(
            IssueStore store,
            Offers offers,
            EvidenceStore evidence,
            CoHandling coHandling,
            Processes processes,
            MovableClock clock) {
        this.store = store;
        this.offers = offers;
        this.evidence = evidence;
        this.coHandling = coHandling;
        this.processes = processes;
        this.clock = clock;
    }

    @Override
    public String process() {
        return RectificationRound.KEY;
    }

    @Override
    public String key() {
        return RectificationRound.RECTIFY_ISSUE;
    }

    @Override
    public TaskOffer offer(Issue issue) {
        Round round = store.round(issue);
        return offers.offerInRound(issue, offers.unit(round.unit()), round.due());
    }

    @Override
    public Map<String, Object> formData(Issue issue) {
        return Map.of("completedOn", clock.today().toString());
    }

    @Override
    public void check(Issue issue, TaskSubmission submission) {
        LocalDate completedOn = submission.day("completedOn");
        if (completedOn != null && completedOn.isAfter(clock.today())) {
            throw ValidationException.of("completedOn", "future", "issue.problem.completedOn");
        }
        if (submission.text(WITHOUT_CO_UNITS) == null
                && !coHandling.missing(issue).isEmpty()) {
            throw ValidationException.of(WITHOUT_CO_UNITS, "required", "issue.problem.coUnit.missing");
        }
    }

    @Override
    public Map<String, Object> complete(Issue issue, TaskSubmission submission) {
        String by = submission.user().username();
        Round round = store.round(issue)
                .reported(new Round.Report(
                        submission.text("measures"),
                        submission.text("result"),
                        submission.day("completedOn"),
                        takeOver(issue, submission, "beforeFiles"),
                        takeOver(issue, submission, "afterFiles"),
                        by,
                        clock.instant()));
        store.update(issue.number(), round);
        store.pendingExtension(issue).map(Extension::withdrawn).ifPresent(store::update);
        issue.submit();
        store.write(
                issue,
                coHandling.missing(issue).isEmpty() ? null : submission.text(WITHOUT_CO_UNITS),
                new IssueEvent.RectificationSubmitted(
                        clock.instant(), by, issue.number(), round.unit(), round.number()));
        // Whoever waits beside the round for something that has now become void.
        processes.tell(ShelvingProcess.RECTIFICATION_SUBMITTED, issue.number());
        coHandling.close(issue.number());
        return Map.of();
    }

    private List<String> takeOver(Issue issue, TaskSubmission submission, String field) {
        List<String> ids = submission.list(field);
        evidence.handOver(field, ids, TASK, submission.task().id(), CASE, issue.number());
        return ids;
    }
}
