package org.manyi.campaign.process;

import org.manyi.campaign.CampaignEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Gives what has begun of a draft, such as the summing up of last year, the days of its new version, in the transaction that saves it. */
@Component
class DraftDays {

    private final PlanAdjustmentSteps steps;

    DraftDays(PlanAdjustmentSteps steps) {
        this.steps = steps;
    }

    @EventListener
    void on(CampaignEvent.PlanRevised revised) {
        steps.follow(new AdjustmentStore.Row(revised.caseNumber(), revised.planVersion(), null, revised.actor()));
    }
}
