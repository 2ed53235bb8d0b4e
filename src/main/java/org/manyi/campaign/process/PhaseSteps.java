package org.manyi.campaign.process;

import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Stream;
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
import org.springframework.stereotype.Component;

/** The steps that the diagrams of all phases share; a phase's id is its process's key. */
@Component
public class PhaseSteps {

    private final CampaignRecords records;
    private final YearPlans plans;
    private final PartStore parts;
    private final Processes processes;
    private final Organisation organisation;
    private final MovableClock clock;

    PhaseSteps(
            CampaignRecords records,
            YearPlans plans,
            PartStore parts,
            Processes processes,
            Organisation organisation,
            MovableClock clock) {
        this.records = records;
        this.plans = plans;
        this.parts = parts;
        this.processes = processes;
        this.organisation = organisation;
        this.clock = clock;
    }

    /** The phase begins; the first one tells the year that its plan is issued. */
    public void openPhase(DelegateExecution execution) {
        String id = execution.getProcessBusinessKey();
        String phase = phaseOf(execution);
        parts.begin(id, phase, clock.instant());
        records.keep(
                new CampaignEvent.PhaseOpened(
                        clock.instant(), null, id, records.campaign(id).planVersion(), phase),
                null);
        if (phase.equals(Diagrams.FEBRUARY_PLANNING)) {
            processes.correlate(Diagrams.PLAN_ISSUED, id, Map.of());
        }
    }

    /**
     * Starts the work of the nodes that no diagram knows, and of those that come back: a piece for each of their times that is not over,
     * for their owner, every district or every contact leader. What every school does comes with the schools' parts.
     */
    public void openOtherWork(DelegateExecution execution) {
        String id = execution.getProcessBusinessKey();
        String phase = phaseOf(execution);
        YearPlan year = plans.of(id);
        LocalDate today = clock.today();
        for (Plan.Node node : year.plan().plannedNodes()) {
            if (!node.phase().equals(phase) || Diagrams.KNOWN.contains(node.id()) || node.fanOut() == FanOut.SCHOOL) {
                continue;
            }
            for (PlannedDay day : year.toCome(node, today)) {
                doers(year.plan(), node)
                        .map(doer -> new WorkNumber(id, node.id(), day.occurrence(), doer.isEmpty() ? null : doer))
                        .forEach(number -> processes.start(Diagrams.WORK_ITEM, number.toString(), Map.of()));
            }
        }
    }

    /** Units' codes and posts' keys, or the empty text for the owner. */
    private Stream<String> doers(Plan plan, Plan.Node node) {
        return switch (node.fanOut()) {
            case DISTRICT -> organisation.units(UnitType.DISTRICT).stream().map(Unit::code);
            case LEADER -> plan.leadingGroup().members().stream().filter(post -> post.startsWith("leader:"));
            default -> Stream.of("");
        };
    }

    /** The key of the execution's process, which is the id of its phase. */
    static String phaseOf(DelegateExecution execution) {
        String definition = execution.getProcessDefinitionId();
        return definition.substring(0, definition.indexOf(':'));
    }
}
