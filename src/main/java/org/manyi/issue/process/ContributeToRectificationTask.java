package org.manyi.issue.process;

import java.util.List;
import java.util.Map;
import org.manyi.calendar.Due;
import org.manyi.engine.Processes;
import org.manyi.evidence.EvidenceStore;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskRef;
import org.manyi.inbox.TaskSubmission;
import org.springframework.stereotype.Component;

/** A unit that helps hands its part in; one task for each unit. */
@Component
class ContributeToRectificationTask implements IssueTask {

    private final IssueStore store;
    private final Offers offers;
    private final CoHandling coHandling;
    private final EvidenceStore evidence;
    private final Processes processes;

    ContributeToRectificationTask(
            IssueStore store, Offers offers, CoHandling coHandling, EvidenceStore evidence, Processes processes) {
        this.store = store;
        this.offers = offers;
        this.coHandling = coHandling;
        this.evidence = evidence;
        this.processes = processes;
    }

    @Override
    public String process() {
        return CoHandlingProcess.KEY;
    }

    @Override
    public String key() {
        return CoHandlingProcess.CONTRIBUTE_TO_RECTIFICATION;
    }

    @Override
    public TaskOffer offer(Issue issue) {
        throw new IllegalStateException("An offer of this task asks which unit's it is");
    }

    @Override
    public TaskOffer offer(Issue issue, TaskRef task) {
        Due round = store.round(issue).due();
        // Asked when the round is over or nearly so, a unit still gets the time to do its part.
        Due least = offers.withinDays(1);
        return offers.offerInRound(issue, offers.unit(unit(task)), least.day().isAfter(round.day()) ? least : round);
    }

    @Override
    public Map<String, Object> complete(Issue issue, TaskSubmission submission) {
        List<String> files = submission.list("files");
        evidence.handOver("files", files, "task", submission.task().id(), "case", issue.number());
        coHandling.contribute(
                issue, unit(submission.task()), submission.text("contribution"), files, submission.user());
        return Map.of();
    }

    private String unit(TaskRef task) {
        return processes.taskVariable(task.id(), CoHandlingProcess.UNIT_CODE);
    }
}
