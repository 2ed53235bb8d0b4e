package org.manyi.issue.process;

import java.util.Date;
import org.springframework.stereotype.Component;

/** What {@code long-term-follow-up.bpmn} calls; every method is named like its element. */
@Component("longTermFollowUpSteps")
public class LongTermFollowUpSteps {

    private final IssueStore store;
    private final FollowUps followUps;

    LongTermFollowUpSteps(IssueStore store, FollowUps followUps) {
        this.store = store;
        this.followUps = followUps;
    }

    /** Opens the next period. */
    public void openPeriod(String caseNumber) {
        followUps.openPeriod(store.forChange(caseNumber));
    }

    /** When a period has passed without a report: as the day after its last one begins. */
    public Date missedAt(String caseNumber) {
        return Date.from(Extensions.overdueAt(
                followUps.current(store.find(caseNumber)).orElseThrow().due()));
    }

    /** When the next period begins. */
    public Date periodOverAt(String caseNumber) {
        return missedAt(caseNumber);
    }

    /** Keeps that a period passed without a report. */
    public void recordMissedReport(String caseNumber) {
        followUps.miss(store.forChange(caseNumber));
    }
}
