package org.manyi.campaign.process;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.manyi.campaign.CampaignEvent;
import org.manyi.campaign.CampaignItem;
import org.manyi.campaign.CampaignRecords;
import org.manyi.campaign.DatesMoved;
import org.manyi.campaign.PlannedDay;
import org.manyi.campaign.WorkState;
import org.manyi.campaign.process.AdjustmentStore.Change;
import org.manyi.campaign.process.YearPlans.YearPlan;
import org.manyi.engine.Processes;
import org.manyi.inbox.CaseAccess;
import org.manyi.inbox.Inbox;
import org.manyi.shared.MovableClock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * The steps of {@code plan-adjustment}: what a further version of a running plan changes reaches the work that runs, in batches of doers.
 * A batch that is cut short has changed nothing and is done again; what it has reached bears the plan's version and is left alone.
 */
@Component
public class PlanAdjustmentSteps {

    private static final String WORKS_LEFT = "worksLeft";
    private static final String CHANGES_LEFT = "changesLeft";
    private static final String NODE = "adjustment";

    private final CampaignRecords records;
    private final YearPlans plans;
    private final AdjustmentStore adjustments;
    private final WorkStore works;
    private final SchoolChanges schools;
    private final YearEndReviewSteps review;
    private final YearOffers offers;
    private final Processes processes;
    private final Inbox inbox;
    private final CaseAccess access;
    private final ApplicationEventPublisher events;
    private final MovableClock clock;
    private final int batch;

    PlanAdjustmentSteps(
            CampaignRecords records,
            YearPlans plans,
            AdjustmentStore adjustments,
            WorkStore works,
            SchoolChanges schools,
            YearEndReviewSteps review,
            YearOffers offers,
            Processes processes,
            Inbox inbox,
            CaseAccess access,
            ApplicationEventPublisher events,
            MovableClock clock,
            @Value("${manyi.campaign.schools-at-once:100}") int batch) {
        this.records = records;
        this.plans = plans;
        this.adjustments = adjustments;
        this.works = works;
        this.schools = schools;
        this.review = review;
        this.offers = offers;
        this.processes = processes;
        this.inbox = inbox;
        this.access = access;
        this.events = events;
        this.clock = clock;
        this.batch = batch;
    }

    /** The number under which a change of a plan is carried out. */
    static String number(String campaign, int planVersion) {
        return new WorkNumber(campaign, NODE, planVersion, null).toString();
    }

    /** Phases that have not begun, phases whose time is not over and the wait for the city's rank get their new instants. */
    public void moveTimers(DelegateExecution execution) {
        String id = number(execution).campaign();
        YearPlan year = plans.of(id);
        AnnualCampaignSteps.TIMERS.forEach(
                (timer, phase) -> processes.moveTimer(id, timer, MovableClock.startOf(year.starts(phase))));
        Diagrams.SCHOOL_PROCESS
                .keySet()
                .forEach(phase -> processes.moveTimer(
                        new PartNumber(id, phase, null).toString(),
                        "timer_PhaseEnds",
                        MovableClock.startOf(year.ends(phase).plusDays(1))));
        processes.moveTimer(id, "timer_CityRankDue", MovableClock.startOf(review.cityRankDay(id)));
    }

    /** Gives the works of a batch of doers the days of the new plan; writes the variable {@code worksLeft}. */
    public void moveWorks(DelegateExecution execution) {
        WorkNumber number = number(execution);
        execution.setVariable(WORKS_LEFT, moveBatch(adjustments.find(number.campaign(), number.occurrence())));
    }

    /** Reaches a batch of doers; answers whether there may be more of them. */
    boolean moveBatch(AdjustmentStore.Row change) {
        List<String> doers = adjustments.doersBehind(change.campaign(), change.planVersion(), batch);
        int moved = 0;
        for (String doer : doers) {
            moved += move(change, doer);
        }
        adjustments.moved(change.campaign(), change.planVersion(), moved);
        return doers.size() == batch;
    }

    /** Reaches everybody at once and tells nobody: a draft's few works are its author's own. */
    void follow(AdjustmentStore.Row change) {
        for (String doer : adjustments.doersBehind(change.campaign(), change.planVersion(), batch)) {
            worksMoved(change, doer);
        }
        for (String task : Diagrams.PLAN_TASKS) {
            inbox.reschedule(change.campaign(), task, offers.dayOfNode(change.campaign(), task));
        }
    }

    private int move(AdjustmentStore.Row change, String doer) {
        List<DatesMoved.Moved> moved = worksMoved(change, doer);
        if (!moved.isEmpty()) {
            CampaignItem campaign = records.campaign(change.campaign());
            events.publishEvent(new DatesMoved(
                    campaign.id(), campaign.title(), change.planVersion(), doer, change.reason(), List.copyOf(moved)));
        }
        return moved.size();
    }

    private List<DatesMoved.Moved> worksMoved(AdjustmentStore.Row change, String doer) {
        List<DatesMoved.Moved> moved = new ArrayList<>();
        for (String number : adjustments.behind(change.campaign(), change.planVersion(), doer)) {
            access.lock(number);
            move(change, works.find(number)).ifPresent(moved::add);
        }
        return moved;
    }

    /** Moves a piece of work that is locked; empty when it keeps its day. */
    private Optional<DatesMoved.Moved> move(AdjustmentStore.Row change, WorkRow work) {
        PlannedDay day = plans.of(change.campaign())
                .day(work.number().node(), work.number().occurrence())
                .orElse(null);
        if (work.state() == WorkState.CHECKING || work.isOver() || day == null) {
            works.reached(work.number().toString(), change.planVersion());
            return Optional.empty();
        }
        LocalDate due = due(work, day);
        LocalDate starts = work.state() == WorkState.PLANNED ? earlier(day.starts(), due) : work.startsOn();
        String number = work.number().toString();
        works.move(
                work,
                starts,
                due,
                day.provisional(),
                change.planVersion(),
                change.by(),
                change.reason(),
                clock.instant());
        if (work.state() == WorkState.PLANNED) {
            processes.moveTimer(number, "timer_NodeOpens", MovableClock.startOf(starts));
        }
        if (due.equals(work.dueOn())) {
            return Optional.empty();
        }
        WorkRow later = works.find(number);
        WorkDueDates.TASKS.forEach(task -> inbox.reschedule(number, task, offers.onDayOf(later)));
        return Optional.of(new DatesMoved.Moved(number, work.name(), work.dueOn(), due, offers.doers(work.number())));
    }

    private static LocalDate earlier(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? one : other;
    }

    /** The plan's day; but a change makes nothing late, and takes nobody a later day that a person has named. */
    private LocalDate due(WorkRow work, PlannedDay day) {
        if (work.ownDay()) {
            return day.due().isAfter(work.dueOn()) ? day.due() : work.dueOn();
        }
        return day.due().isBefore(clock.today()) ? work.dueOn() : day.due();
    }

    /** Lets a batch of schools join or leave; writes the variable {@code changesLeft}. */
    public void changeSchools(DelegateExecution execution) {
        WorkNumber number = number(execution);
        AdjustmentStore.Row change = adjustments.find(number.campaign(), number.occurrence());
        List<Change> changes = adjustments.changes(change.campaign(), change.planVersion(), batch);
        for (Change school : changes) {
            if (school.joins()) {
                schools.join(change, school.school());
            } else {
                schools.leave(change, school.school());
            }
            adjustments.done(change.campaign(), change.planVersion(), school.school());
        }
        execution.setVariable(CHANGES_LEFT, changes.size() == batch);
    }

    /** The change has reached everybody. */
    public void closeAdjustment(DelegateExecution execution) {
        WorkNumber number = number(execution);
        int moved = adjustments.close(number.campaign(), number.occurrence(), clock.instant());
        records.keep(
                new CampaignEvent.PlanAdjustmentDone(
                        clock.instant(), null, number.campaign(), number.occurrence(), moved),
                null);
    }

    private static WorkNumber number(DelegateExecution execution) {
        return WorkNumber.of(execution.getProcessBusinessKey());
    }
}
