package org.manyi.campaign.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.manyi.campaign.Plan;
import org.manyi.campaign.WorkState;
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
    private final MovableClock clock;

    DoWorkTask(YearPlans plans, WorkStore works, YearOffers offers, MovableClock clock) {
        this.plans = plans;
        this.works = works;
        this.offers = offers;
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
        return offers.ofWork(work, doers(work.number()), offers.onDayOf(work));
    }

    private List<String> doers(WorkNumber number) {
        if (number.unit() != null) {
            return offers.unit(number.unit());
        }
        return List.of(number.post() != null ? number.post() : offers.owner(number));
    }

    /** The plan's node; empty when a draft has lost it after the work on it began. */
    private Optional<Plan.Node> node(WorkNumber number) {
        return plans.of(number.campaign()).node(number.node());
    }

    /** What came back, else what was handed in the year before, to start from. */
    @Override
    public Map<String, Object> formData(String caseNumber) {
        WorkRow work = works.find(caseNumber);
        Map<String, Object> data = new HashMap<>();
        if (work.report() != null) {
            data.put("report", work.report());
        } else {
            works.before(work.number()).ifPresent(before -> data.put("report", before.report()));
        }
        return data;
    }

    @Override
    public void check(TaskSubmission submission) {
        WorkRow work = works.find(submission.task().caseNumber());
        String wanted = node(work.number()).stream()
                .flatMap(node -> node.evidence().stream())
                .filter(Plan.Evidence::required)
                .map(Plan.Evidence::name)
                .collect(Collectors.joining("、"));
        if (!wanted.isEmpty() && submission.list("files").isEmpty()) {
            throw ValidationException.of("files", "required", "campaign.problem.evidence", wanted);
        }
    }

    @Override
    public Map<String, Object> complete(TaskSubmission submission) {
        WorkRow work = works.find(submission.task().caseNumber());
        boolean late = work.late()
                || work.state() != WorkState.RETURNED && clock.today().isAfter(work.dueOn());
        boolean checked = node(work.number()).map(Plan.Node::check).isPresent();
        works.handIn(
                work.number().toString(),
                submission.text("report"),
                submission.list("files"),
                late,
                checked,
                submission.user().username(),
                clock.instant());
        return Map.of(CHECK_WAIVED, !checked);
    }
}
