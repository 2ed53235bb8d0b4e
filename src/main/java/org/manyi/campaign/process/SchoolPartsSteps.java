package org.manyi.campaign.process;

import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.manyi.campaign.CampaignEvent;
import org.manyi.campaign.CampaignRecords;
import org.manyi.campaign.FanOut;
import org.manyi.campaign.Plan;
import org.manyi.campaign.PlannedDay;
import org.manyi.campaign.process.YearPlans.YearPlan;
import org.manyi.engine.Processes;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.org.UnitType;
import org.manyi.shared.MovableClock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * The steps of {@code school-parts}: every participating school gets an instance of its own, in batches, so that no instance holds them
 * all. A batch that is cut short has given no part to anybody, and is done again.
 */
@Component
public class SchoolPartsSteps {

    private static final String SCHOOLS_LEFT = "schoolsLeft";

    private final CampaignRecords records;
    private final YearPlans plans;
    private final PartStore parts;
    private final Processes processes;
    private final Organisation organisation;
    private final ApplicationEventPublisher events;
    private final MovableClock clock;
    private final int batch;

    SchoolPartsSteps(
            CampaignRecords records,
            YearPlans plans,
            PartStore parts,
            Processes processes,
            Organisation organisation,
            ApplicationEventPublisher events,
            MovableClock clock,
            @Value("${manyi.campaign.schools-at-once:100}") int batch) {
        this.records = records;
        this.plans = plans;
        this.parts = parts;
        this.processes = processes;
        this.organisation = organisation;
        this.events = events;
        this.clock = clock;
        this.batch = batch;
    }

    /** The number under which a phase's parts run, asked by the phase. */
    public String partsNumber(DelegateExecution execution) {
        return new PartNumber(execution.getProcessBusinessKey(), PhaseSteps.phaseOf(execution), null).toString();
    }

    /** Writes down which schools take part in the phase. */
    public void planParts(DelegateExecution execution) {
        PartNumber phase = PartNumber.of(execution.getProcessBusinessKey());
        Plan.Participants wanted = plans.of(phase.campaign()).plan().participants();
        parts.plan(
                phase.campaign(),
                phase.phase(),
                organisation.units(UnitType.SCHOOL).stream()
                        .filter(school -> participates(wanted, school))
                        .map(Unit::code)
                        .toList());
    }

    static boolean participates(Plan.Participants wanted, Unit school) {
        boolean named = wanted.schools().contains(school.code());
        boolean meant = (wanted.kinds().isEmpty() || wanted.kinds().contains(school.kind()))
                && (wanted.districts().isEmpty() || wanted.districts().contains(school.parentCode()));
        return (named || meant) && !wanted.except().contains(school.code());
    }

    /** Gives a batch of schools their parts; writes the variable {@code schoolsLeft}. */
    public void openParts(DelegateExecution execution) {
        PartNumber phase = PartNumber.of(execution.getProcessBusinessKey());
        YearPlan year = plans.of(phase.campaign());
        List<String> schools = parts.planned(phase.campaign(), phase.phase(), batch);
        for (String school : schools) {
            PartNumber part = phase.ofSchool(school);
            parts.open(part, clock.instant());
            open(year, part);
        }
        boolean left = schools.size() == batch;
        execution.setVariable(SCHOOLS_LEFT, left);
        if (!left) {
            parts.allOpened(phase.campaign(), phase.phase());
            events.publishEvent(new PhaseCloser.PartsMoved(phase));
        }
    }

    /** Starts a school's part, whose row says that it is open. */
    void open(YearPlan year, PartNumber part) {
        processes.start(Diagrams.SCHOOL_PROCESS.get(part.phase()), part.toString(), Map.of());
        for (Plan.Node node : otherNodes(year.plan(), part.phase())) {
            open(year, part.campaign(), node, part.school());
        }
    }

    /** The nodes for every school that the diagram of its part does not know. */
    private static List<Plan.Node> otherNodes(Plan plan, String phase) {
        Set<String> drawn = Set.copyOf(Diagrams.CALLED.get(Diagrams.SCHOOL_PROCESS.get(phase)));
        return plan.plannedNodes().stream()
                .filter(node -> node.fanOut() == FanOut.SCHOOL && node.phase().equals(phase))
                .filter(node -> !drawn.contains(node.id()))
                .toList();
    }

    private void open(YearPlan year, String campaign, Plan.Node node, String school) {
        for (PlannedDay day : year.toCome(node, clock.today())) {
            WorkNumber number = new WorkNumber(campaign, node.id(), day.occurrence(), school);
            processes.start(Diagrams.WORK_ITEM, number.toString(), Map.of());
        }
    }

    /** When the phase's time is over: as the day after its last begins. */
    public Date phaseEnds(DelegateExecution execution) {
        PartNumber phase = PartNumber.of(execution.getProcessBusinessKey());
        return Date.from(MovableClock.startOf(
                plans.of(phase.campaign()).ends(phase.phase()).plusDays(1)));
    }

    /** The phase goes on without those who are not done; they carry on and are marked late. */
    public void recordLateParts(DelegateExecution execution) {
        PartNumber phase = PartNumber.of(execution.getProcessBusinessKey());
        int late = parts.endLate(phase.campaign(), phase.phase(), clock.instant());
        records.keep(
                new CampaignEvent.PhaseOver(
                        clock.instant(),
                        null,
                        phase.campaign(),
                        records.campaign(phase.campaign()).planVersion(),
                        phase.phase(),
                        late),
                null);
    }
}
