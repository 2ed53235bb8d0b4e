package org.manyi.campaign.process;

import java.time.LocalDate;
import java.util.Date;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.manyi.campaign.CampaignRecords;
import org.manyi.campaign.process.ExternalResults.State;
import org.manyi.campaign.process.YearPlans.YearPlan;
import org.manyi.engine.Processes;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Component;

/** The steps of {@code year-end-review}. */
@Component
public class YearEndReviewSteps {

    private static final String CITY_RANK_KNOWN = "cityRankKnown";
    private static final String WITHOUT_HONOURS = "withoutHonours";
    private static final String DECIDE_RESULTS = "decideResults";

    private final CampaignRecords records;
    private final YearPlans plans;
    private final ExternalResults results;
    private final WorkItemSteps works;
    private final Processes processes;

    YearEndReviewSteps(
            CampaignRecords records,
            YearPlans plans,
            ExternalResults results,
            WorkItemSteps works,
            Processes processes) {
        this.records = records;
        this.plans = plans;
        this.results = results;
        this.works = works;
        this.processes = processes;
    }

    /** Has the city's results be entered, in a process of its own: the year may end without them, and they may come after all. */
    public void openExternalResults(DelegateExecution execution) {
        String id = execution.getProcessBusinessKey();
        if (plans.of(id).node(Diagrams.RECEIVE_EXTERNAL_RESULTS).isPresent()) {
            String number = new WorkNumber(id, Diagrams.RECEIVE_EXTERNAL_RESULTS, 0, null).toString();
            works.begin(number);
            processes.start(Diagrams.EXTERNAL_RESULTS, number, Map.of());
        }
    }

    /** Looks whether the results are there, or are not to be had; writes {@code cityRankKnown} and {@code withoutHonours}. */
    public void lookUpCityRank(DelegateExecution execution) {
        String id = execution.getProcessBusinessKey();
        boolean confirmed = results.latest(id)
                .filter(result -> result.state() == State.CONFIRMED)
                .isPresent();
        boolean expected = plans.of(id).node(Diagrams.RECEIVE_EXTERNAL_RESULTS).isPresent();
        execution.setVariable(CITY_RANK_KNOWN, confirmed || !expected);
        execution.setVariable(WITHOUT_HONOURS, false);
    }

    /**
     * Until when the year waits for the results: the day that a leader named, else the day on which the results are to be decided.
     */
    public Date cityRankDue(DelegateExecution execution) {
        return Date.from(MovableClock.startOf(cityRankDay(execution.getProcessBusinessKey())));
    }

    LocalDate cityRankDay(String id) {
        LocalDate named = records.cityRankAwaitedUntil(id);
        YearPlan year = plans.of(id);
        return named != null
                ? named
                : year.day(DECIDE_RESULTS, 0)
                        .map(planned -> planned.due())
                        .orElseGet(() -> year.ends(Diagrams.YEAR_END_REVIEW));
    }
}
