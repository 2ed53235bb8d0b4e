package org.manyi.campaign.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.manyi.campaign.Plan;
import org.manyi.campaign.WorkDetail;
import org.manyi.campaign.WorkState;
import org.manyi.engine.Processes;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/** A piece of the year's work is done by a school, a district, a leader, or the node's owner. */
@Component
class DoWorkTask implements YearTask {

    static final String KEY = "doWork";

    private static final String CHECK_WAIVED = "checkWaived";

    private final YearPlans plans;
    private final WorkStore works;
    private final YearOffers offers;
    private final Processes processes;
    private final MovableClock clock;

    DoWorkTask(YearPlans plans, WorkStore works, YearOffers offers, Processes processes, MovableClock clock) {
        this.plans = plans;
        this.works = works;
        this.offers = offers;
        this.processes = processes;
        this.clock = clock;
    }

    @Override
    public String process() {
        return Diagrams.WORK_ITEM;
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public TaskOffer offer(String caseNumber) {
        WorkRow work = works.find(caseNumber);
        return offers.ofWork(work, offers.doers(work.number()), offers.onDayOf(work));
    }

    /** The plan's node; empty when a draft has lost it after the work on it began. */
    private Optional<Plan.Node> node(WorkNumber number) {
        return plans.of(number.campaign()).node(number.node());
    }

    /** What came back, else what was handed in the year before, else the node's template, to start from. */
    @Override
    public Map<String, Object> formData(String caseNumber) {
        WorkRow work = works.find(caseNumber);
        Map<String, Object> data = new HashMap<>();
        if (work.report() != null) {
            data.put("report", work.report());
        } else {
            works.before(work.number())
                    .map(WorkDetail.Before::report)
                    .or(() -> node(work.number()).map(Plan.Node::template))
                    .ifPresent(start -> data.put("report", start));
        }
        return data;
    }

    @Override
    public void check(TaskSubmission submission) {
        WorkRow work = works.find(submission.task().caseNumber());
        requireEvidence(work, submission.list("files"));
        requireLedger(work.number());
    }

    /** A ledger counts as drawn up when something is in it, and as closed when nothing in it is open. */
    private void requireLedger(WorkNumber number) {
        if (number.node().equals(Diagrams.SPLIT_LEDGER) && works.ledger(number).total() == 0) {
            throw ValidationException.of("report", "required", "campaign.problem.ledgerEmpty");
        }
        if (number.node().equals(Diagrams.CLOSE_LEDGER)) {
            int open = works.ledger(number).open();
            if (open > 0) {
                throw ValidationException.of("report", "open", "campaign.problem.ledgerOpen", open);
            }
        }
    }

    /** Refuses what lacks the evidence that its node asks for. */
    void requireEvidence(WorkRow work, List<String> files) {
        if (work.number().isLedger() && files.isEmpty()) {
            throw ValidationException.of("files", "required", "campaign.problem.ledgerEvidence");
        }
        String wanted = node(work.number()).stream()
                .flatMap(node -> node.evidence().stream())
                .filter(Plan.Evidence::required)
                .map(Plan.Evidence::name)
                .collect(Collectors.joining("、"));
        if (!wanted.isEmpty() && files.isEmpty()) {
            throw ValidationException.of("files", "required", "campaign.problem.evidence", wanted);
        }
    }

    @Override
    public Map<String, Object> complete(TaskSubmission submission) {
        WorkRow work = works.find(submission.task().caseNumber());
        return handIn(
                work,
                submission.text("report"),
                submission.list("files"),
                false,
                submission.user().username());
    }

    /** Takes in what was done and returns the variables by which the work goes on. */
    Map<String, Object> handIn(WorkRow work, String report, List<String> files, boolean onBehalf, String by) {
        boolean late = work.late()
                || work.state() != WorkState.RETURNED && clock.today().isAfter(work.dueOn());
        boolean checked = node(work.number()).map(Plan.Node::check).isPresent();
        String number = work.number().toString();
        works.handIn(number, report, files, late, checked, onBehalf, by, clock.instant());
        processes.tell(Diagrams.WORK_MOVED_ON, number);
        return Map.of(CHECK_WAIVED, !checked);
    }
}
