package org.manyi.campaign.process;

import java.util.List;
import org.manyi.campaign.CampaignEvent;
import org.manyi.campaign.CampaignRecords;
import org.manyi.campaign.process.YearPlans.YearPlan;
import org.manyi.engine.Processes;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Component;

/** Lets a school join a year that runs, or leave it. */
@Component
class SchoolChanges {

    private final CampaignRecords records;
    private final YearPlans plans;
    private final PartStore parts;
    private final WorkStore works;
    private final SchoolPartsSteps steps;
    private final Processes processes;
    private final MovableClock clock;

    SchoolChanges(
            CampaignRecords records,
            YearPlans plans,
            PartStore parts,
            WorkStore works,
            SchoolPartsSteps steps,
            Processes processes,
            MovableClock clock) {
        this.records = records;
        this.plans = plans;
        this.parts = parts;
        this.works = works;
        this.steps = steps;
        this.processes = processes;
        this.clock = clock;
    }

    /** Gives the school its part of the phases that have begun and whose time is not over; the others come on their days. */
    void join(AdjustmentStore.Row change, String school) {
        YearPlan year = plans.of(change.campaign());
        for (String phase : parts.begun(change.campaign())) {
            PartNumber part = new PartNumber(change.campaign(), phase, school);
            if (!year.ends(phase).isBefore(clock.today()) && parts.join(part, clock.today(), clock.instant())) {
                steps.open(year, part);
            }
        }
        records.keep(
                new CampaignEvent.SchoolJoined(
                        clock.instant(), change.by(), change.campaign(), change.planVersion(), school),
                change.reason());
    }

    /** Withdraws what the school has not done; with that its parts end by themselves. */
    void leave(AdjustmentStore.Row change, String school) {
        parts.dropPlanned(change.campaign(), school, clock.instant());
        List<String> unfinished = works.unfinishedOf(change.campaign(), school);
        for (String number : unfinished) {
            works.withdraw(number, change.reason(), change.by(), clock.instant());
            processes.tell(Diagrams.WORK_MOVED_ON, number);
            processes.tell(Diagrams.WORK_WITHDRAWN, number);
        }
        records.keep(
                new CampaignEvent.SchoolLeft(
                        clock.instant(), change.by(), change.campaign(), change.planVersion(), school),
                change.reason());
    }
}
