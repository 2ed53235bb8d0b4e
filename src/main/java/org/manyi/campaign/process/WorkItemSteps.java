package org.manyi.campaign.process;

import java.time.LocalDate;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.manyi.campaign.Plan;
import org.manyi.campaign.PlannedDay;
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

    /** Writes the work down as the plan has it, unless a school has in its ledger; writes the variables {@code nodePlanned} and {@code nodeOpen}. */
    public void planWork(DelegateExecution execution) {
        WorkNumber number = WorkNumber.of(execution.getProcessBusinessKey());
        Optional<LocalDate> starts = number.isLedger()
                ? works.look(number.toString()).map(WorkRow::startsOn)
                : plan(number).map(PlannedDay::starts);
        execution.setVariable(NODE_PLANNED, starts.isPresent());
        execution.setVariable(
                NODE_OPEN, starts.filter(day -> !day.isAfter(clock.today())).isPresent());
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
            Day own = catchingUp(number, day.get());
            works.insert(WorkRow.planned(
                    number,
                    node.get().phase(),
                    node.get().name(),
                    own.starts(),
                    own.due(),
                    own.provisional(),
                    own.own(),
                    year.version()));
            access.open(
                    number.toString(),
                    number.unit() == null ? Set.of() : Set.of(number.unit()),
                    offers.overseers(number, year.plan()));
        }
        return day;
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
