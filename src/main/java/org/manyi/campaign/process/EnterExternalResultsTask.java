package org.manyi.campaign.process;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.manyi.campaign.CampaignEvent;
import org.manyi.campaign.CampaignRecords;
import org.manyi.campaign.process.ExternalResults.Result;
import org.manyi.campaign.process.ExternalResults.State;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/** Somebody enters the city's results from its paper (S0-29). */
@Component
class EnterExternalResultsTask implements YearTask {

    static final String KEY = "enterExternalResults";

    private static final int DECIMALS = 2;
    private static final BigDecimal HIGHEST = BigDecimal.valueOf(100);

    private final CampaignRecords records;
    private final ExternalResults results;
    private final WorkStore works;
    private final YearOffers offers;
    private final MovableClock clock;

    EnterExternalResultsTask(
            CampaignRecords records, ExternalResults results, WorkStore works, YearOffers offers, MovableClock clock) {
        this.records = records;
        this.results = results;
        this.works = works;
        this.offers = offers;
        this.clock = clock;
    }

    @Override
    public String process() {
        return Diagrams.EXTERNAL_RESULTS;
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public TaskOffer offer(String caseNumber) {
        WorkRow work = works.find(caseNumber);
        return offers.ofWork(work, offers.colleagues(offers.owner(work.number())), offers.onDayOf(work));
    }

    /** What was refused, to be put right. */
    @Override
    public Map<String, Object> formData(String caseNumber) {
        Map<String, Object> data = new HashMap<>();
        results.latest(WorkNumber.campaignOf(caseNumber)).ifPresent(last -> {
            data.put("cityRank", last.cityRank());
            data.put("publishedOn", last.publishedOn().toString());
            data.put("paper", last.paper());
            if (last.score() != null) {
                data.put("score", last.score().toPlainString());
            }
        });
        return data;
    }

    @Override
    public void check(TaskSubmission submission) {
        score(submission);
        if (submission.day("publishedOn").isAfter(clock.today())) {
            throw ValidationException.of("publishedOn", "future", "campaign.problem.publishedOn");
        }
    }

    private static BigDecimal score(TaskSubmission submission) {
        String typed = submission.text("score");
        if (typed == null) {
            return null;
        }
        try {
            BigDecimal score = new BigDecimal(typed);
            if (score.signum() >= 0
                    && score.compareTo(HIGHEST) <= 0
                    && score.scale() <= DECIMALS
                    && score.scale() >= 0) {
                return score;
            }
        } catch (NumberFormatException e) {
            // No number is no score, as one outside of the range.
        }
        throw ValidationException.of("score", "range", "campaign.problem.score");
    }

    @Override
    public Map<String, Object> complete(TaskSubmission submission) {
        String number = submission.task().caseNumber();
        String id = WorkNumber.campaignOf(number);
        String by = submission.user().username();
        int rank = submission.number("cityRank");
        results.enter(
                id,
                new Result(
                        0,
                        rank,
                        score(submission),
                        submission.day("publishedOn"),
                        submission.text("paper"),
                        State.ENTERED,
                        by,
                        null),
                clock.instant());
        works.handIn(
                number,
                submission.text("paper"),
                submission.list("files"),
                clock.today().isAfter(works.find(number).dueOn()),
                true,
                false,
                by,
                clock.instant());
        records.keep(
                new CampaignEvent.ExternalResultEntered(
                        clock.instant(), by, id, records.campaign(id).planVersion(), rank),
                null);
        return Map.of();
    }
}
