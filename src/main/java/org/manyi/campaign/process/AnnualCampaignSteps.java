package org.manyi.campaign.process;

import java.util.Date;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.manyi.campaign.CampaignEvent;
import org.manyi.campaign.CampaignRecords;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Component;

/** The steps of {@code annual-campaign}. */
@Component
public class AnnualCampaignSteps {

    /** The timers by which phases begin, with the phase of each. */
    static final Map<String, String> TIMERS = Map.of(
            "timer_SpringStarts", Diagrams.SPRING_SURVEYS,
            "timer_AutumnStarts", Diagrams.AUTUMN_VISITS,
            "timer_ReviewStarts", Diagrams.YEAR_END_REVIEW);

    private final CampaignRecords records;
    private final YearPlans plans;
    private final MovableClock clock;

    AnnualCampaignSteps(CampaignRecords records, YearPlans plans, MovableClock clock) {
        this.records = records;
        this.plans = plans;
        this.clock = clock;
    }

    /** When spring begins. */
    public Date springStarts(DelegateExecution execution) {
        return starts(execution, Diagrams.SPRING_SURVEYS);
    }

    /** When autumn begins. */
    public Date autumnStarts(DelegateExecution execution) {
        return starts(execution, Diagrams.AUTUMN_VISITS);
    }

    /** When the review of the year begins. */
    public Date reviewStarts(DelegateExecution execution) {
        return starts(execution, Diagrams.YEAR_END_REVIEW);
    }

    /** As the phase's first day begins; no plan without all phases is issued. */
    private Date starts(DelegateExecution execution, String phase) {
        return Date.from(
                MovableClock.startOf(plans.of(execution.getProcessBusinessKey()).starts(phase)));
    }

    /** Ends the year. */
    public void closeCampaign(DelegateExecution execution) {
        String id = execution.getProcessBusinessKey();
        records.close(id, clock.instant());
        records.keep(
                new CampaignEvent.CampaignClosed(
                        clock.instant(), null, id, records.campaign(id).planVersion()),
                null);
    }
}
