package org.manyi.campaign.process;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.manyi.campaign.CampaignEvent;
import org.manyi.campaign.CampaignRecords;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.manyi.inbox.Urgency;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/** The city's results have not come by the day of the decision: the head of the bureau waits for them, or goes on without honours. */
@Component
class DecideWithoutCityRankTask implements YearTask {

    private static final int DAYS = 3;
    private static final String CHAIR = "bureau:chair";

    private final CampaignRecords records;
    private final YearOffers offers;
    private final MovableClock clock;

    DecideWithoutCityRankTask(CampaignRecords records, YearOffers offers, MovableClock clock) {
        this.records = records;
        this.offers = offers;
        this.clock = clock;
    }

    @Override
    public String process() {
        return Diagrams.YEAR_END_REVIEW;
    }

    @Override
    public String key() {
        return "decideWithoutCityRank";
    }

    @Override
    public TaskOffer offer(String caseNumber) {
        return new TaskOffer(
                List.of(CHAIR),
                offers.withinDays(DAYS),
                records.campaign(caseNumber).title(),
                null,
                Urgency.URGENT,
                null);
    }

    @Override
    public void check(TaskSubmission submission) {
        LocalDate until = submission.day("until");
        if (waits(submission) && (until == null || !until.isAfter(clock.today()))) {
            throw ValidationException.of("until", "future", "campaign.problem.until");
        }
    }

    @Override
    public Map<String, Object> complete(TaskSubmission submission) {
        String id = submission.task().caseNumber();
        LocalDate until = waits(submission) ? submission.day("until") : null;
        if (until != null) {
            records.awaitCityRank(id, until);
        }
        records.keep(
                new CampaignEvent.CityRankMissed(
                        clock.instant(),
                        submission.user().username(),
                        id,
                        records.campaign(id).planVersion(),
                        until),
                submission.text("reason"));
        return Map.of("goOnWithoutRank", until == null, "withoutHonours", until == null);
    }

    private static boolean waits(TaskSubmission submission) {
        return "wait".equals(submission.text("decision"));
    }
}
