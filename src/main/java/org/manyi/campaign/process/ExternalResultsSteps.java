package org.manyi.campaign.process;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.manyi.campaign.CampaignEvent;
import org.manyi.campaign.CampaignRecords;
import org.manyi.engine.Processes;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Component;

/** The step of {@code external-results}. */
@Component
public class ExternalResultsSteps {

    private final CampaignRecords records;
    private final ExternalResults results;
    private final WorkStore works;
    private final Processes processes;
    private final MovableClock clock;

    ExternalResultsSteps(
            CampaignRecords records,
            ExternalResults results,
            WorkStore works,
            Processes processes,
            MovableClock clock) {
        this.records = records;
        this.results = results;
        this.works = works;
        this.processes = processes;
        this.clock = clock;
    }

    /** The results count from now on; a year that waits for them goes on. */
    public void receiveCityRank(DelegateExecution execution) {
        String number = execution.getProcessBusinessKey();
        String id = WorkNumber.campaignOf(number);
        int rank = results.latest(id).orElseThrow().cityRank();
        works.close(number, clock.instant());
        records.keep(
                new CampaignEvent.CityRankReceived(
                        clock.instant(), null, id, records.campaign(id).planVersion(), rank),
                null);
        processes.tell(Diagrams.CITY_RANK_RECEIVED, id);
    }
}
