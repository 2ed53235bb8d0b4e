package org.manyi.campaign.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.manyi.campaign.CampaignEvent;
import org.manyi.campaign.CampaignRecords;
import org.manyi.campaign.process.ExternalResults.Result;
import org.manyi.campaign.process.ExternalResults.State;
import org.manyi.inbox.TaskOffer;
import org.manyi.inbox.TaskSubmission;
import org.manyi.security.CurrentUser;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/** Somebody else compares what was entered with the city's paper. */
@Component
class ConfirmExternalResultsTask implements YearTask {

    private static final int DAYS = 2;
    private static final String OFFICE = "dept:office:staff";

    private final CampaignRecords records;
    private final ExternalResults results;
    private final WorkStore works;
    private final YearOffers offers;
    private final MovableClock clock;

    ConfirmExternalResultsTask(
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
        return "confirmExternalResults";
    }

    /** The colleagues of who entered it, and the office where there is none. */
    @Override
    public TaskOffer offer(String caseNumber) {
        WorkRow work = works.find(caseNumber);
        List<String> posts = new ArrayList<>(offers.colleagues(offers.owner(work.number())));
        if (!posts.contains(OFFICE)) {
            posts.add(OFFICE);
        }
        return offers.ofWork(work, posts, offers.withinDays(DAYS));
    }

    @Override
    public void checkAssignee(String caseNumber, CurrentUser candidate) {
        if (candidate.username().equals(entry(caseNumber).enteredBy())) {
            throw ValidationException.of("username", "own", "campaign.problem.ownResult");
        }
    }

    private Result entry(String caseNumber) {
        return results.latest(WorkNumber.campaignOf(caseNumber)).orElseThrow();
    }

    @Override
    public void check(TaskSubmission submission) {
        if (!confirms(submission) && submission.text("reason") == null) {
            throw ValidationException.of("reason", "required", "campaign.problem.refusalReason");
        }
    }

    @Override
    public Map<String, Object> complete(TaskSubmission submission) {
        String number = submission.task().caseNumber();
        String id = WorkNumber.campaignOf(number);
        String by = submission.user().username();
        int version = records.campaign(id).planVersion();
        Result entry = entry(number);
        boolean confirms = confirms(submission);
        String reason = submission.text("reason");
        results.check(id, entry, confirms ? State.CONFIRMED : State.REFUSED, reason, by, clock.instant());
        if (confirms) {
            works.accept(number, null, by, clock.instant());
            records.keep(
                    new CampaignEvent.ExternalResultConfirmed(clock.instant(), by, id, version, entry.cityRank()),
                    null);
        } else {
            works.giveBack(number, reason, works.find(number).dueOn(), by, clock.instant());
            records.keep(new CampaignEvent.ExternalResultRefused(clock.instant(), by, id, version), reason);
        }
        return Map.of("resultsConfirmed", confirms);
    }

    private static boolean confirms(TaskSubmission submission) {
        return "confirm".equals(submission.text("decision"));
    }
}
