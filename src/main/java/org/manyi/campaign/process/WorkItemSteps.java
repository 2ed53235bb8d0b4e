package org.manyi.campaign.process;

import java.time.LocalDate;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.manyi.campaign.Plan;
import org.manyi.campaign.PlannedDay;
import org.manyi.campaign.WorkState;
import org.manyi.campaign.process.YearPlans.YearPlan;
import org.manyi.inbox.CaseAccess;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Component;

/** The steps of {@code work-item}. */
@Component
public class WorkItemSteps {

    private static final String NODE_PLANNED = "nodePlanned";
    private static final String NODE_OPEN = "nodeOpen";

    private final YearPlans plans;
    private final WorkStore works;
    private final PartStore parts;
    private final CaseAccess access;
    private final YearOffers offers;
    private final MovableClock clock;

    WorkItemSteps(
            YearPlans plans,
            WorkStore works,
            PartStore parts,
            CaseAccess access,
            YearOffers offers,
            MovableClock clock) {
        this.plans = plans;
        this.offers = offers;
        this.works = works;
        this.parts = parts;
        this.access = access;
        this.clock = clock;
    }

    /**
     * The number of the work that an element of a phase or of a school's part calls: the element is named like its node.
     */
    public String workNumber(DelegateExecution execution) {
        String caller = execution.getProcessBusinessKey();
        String node = execution.getCurrentActivityId();
        return caller.indexOf('.') < 0
                ? new WorkNumber(caller, node, 0, null).toString()
                : new WorkNumber(
                                WorkNumber.campaignOf(caller),
                                node,
                                0,
                                PartNumber.of(caller).school())
                        .toString();
    }

    /** Writes the work down as the plan has it; writes the variables {@code nodePlanned} and {@code nodeOpen}. */
    public void planWork(DelegateExecution execution) {
        WorkNumber number = WorkNumber.of(execution.getProcessBusinessKey());
        Optional<PlannedDay> day = plan(number);
        execution.setVariable(NODE_PLANNED, day.isPresent());
        execution.setVariable(
                NODE_OPEN,
                day.filter(planned -> !planned.starts().isAfter(clock.today())).isPresent());
    }

    /** Writes work down that another process of the room does, and opens it. */
    void begin(String number) {
        plan(WorkNumber.of(number));
        works.open(number, clock.instant());
    }

    /** The day on which the plan has the work, which is written down; empty when the plan has none. */
    private Optional<PlannedDay> plan(WorkNumber number) {
        YearPlan year = plans.of(number.campaign());
        Optional<Plan.Node> node = year.node(number.node());
        Optional<PlannedDay> day = year.day(number.node(), number.occurrence());
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (day.isPresent()) {
            works.insert(work(number, node.get(), catchingUp(number, day.get()), year.version()));
            access.open(
                    number.toString(),
                    number.unit() == null ? Set.of() : Set.of(number.unit()),
                    posts(number, node.get(), year.plan().leadingGroup().office()));
        }
        return day;
    }

    /** Who sees it from the beginning: who answers for it, who checks it, who does it, and the campaign's office. */
    private Set<String> posts(WorkNumber number, Plan.Node node, String office) {
        Set<String> posts = new LinkedHashSet<>();
        posts.add(node.owner());
        if (node.check() != null) {
            posts.add(offers.checker(number, node));
        }
        if (number.post() != null) {
            posts.add(number.post());
        }
        if (office != null) {
            posts.addAll(offers.unit(office));
        }
        return posts;
    }

    /** The day, or for a school that joined when it was over a few days from now. */
    private Day catchingUp(WorkNumber number, PlannedDay day) {
        boolean over = day.due().isBefore(clock.today());
        return over && number.unit() != null && parts.joined(number)
                ? new Day(clock.today(), offers.toCatchUp().day(), false, true)
                : new Day(day.starts(), day.due(), day.provisional(), false);
    }

    /** When a piece of work opens and is due, and whether that is its own day rather than the plan's. */
    private record Day(LocalDate starts, LocalDate due, boolean provisional, boolean own) {}

    private static WorkRow work(WorkNumber number, Plan.Node node, Day day, int planVersion) {
        return new WorkRow(
                number,
                node.phase(),
                node.name(),
                day.starts(),
                day.due(),
                day.provisional(),
                day.own(),
                planVersion,
                WorkState.PLANNED,
                null,
                null,
                null,
                null,
                List.of(),
                false,
                false,
                0,
                null,
                null,
                null,
                null);
    }

    /** As the day begins on which the work opens. */
    public Date opensAt(DelegateExecution execution) {
        LocalDate day = works.find(execution.getProcessBusinessKey()).startsOn();
        return Date.from(MovableClock.startOf(day));
    }

    /** It can be done from now on. */
    public void openWork(DelegateExecution execution) {
        works.open(execution.getProcessBusinessKey(), clock.instant());
    }

    /** It is done. */
    public void closeWork(DelegateExecution execution) {
        works.close(execution.getProcessBusinessKey(), clock.instant());
    }
}
