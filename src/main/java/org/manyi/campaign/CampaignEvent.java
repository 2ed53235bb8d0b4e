package org.manyi.campaign;

import java.time.Instant;
import java.util.Map;
import org.manyi.shared.CaseEvent;

/** News of a year's campaign, published in the transaction that changes it; each has its row in the campaign's history too. */
public sealed interface CampaignEvent extends CaseEvent {

    /** The version of the plan that it is about, at least 1. */
    int planVersion();

    @Override
    default String objectType() {
        return "campaign";
    }

    @Override
    default Map<String, Object> detail() {
        return Map.of("planVersion", planVersion());
    }

    /**
     * A year's plan was begun.
     *
     * @param rolledFrom the number of the year it was copied from, null when from a shipped plan or a file
     */
    record PlanDrafted(Instant at, String actor, String caseNumber, int planVersion, String rolledFrom)
            implements CampaignEvent {
        @Override
        public Map<String, Object> detail() {
            return rolledFrom == null
                    ? Map.of("planVersion", planVersion)
                    : Map.of("planVersion", planVersion, "rolledFrom", rolledFrom);
        }
    }

    /** A further version of a draft was saved. */
    record PlanRevised(Instant at, String actor, String caseNumber, int planVersion) implements CampaignEvent {}

    /** A draft was put before the party committee. */
    record PlanSubmitted(Instant at, String actor, String caseNumber, int planVersion) implements CampaignEvent {}

    /** The author took a draft back before it was decided. */
    record PlanRecalled(Instant at, String actor, String caseNumber, int planVersion) implements CampaignEvent {}

    /** The party committee sent a draft back for revision. */
    record PlanReturned(Instant at, String actor, String caseNumber, int planVersion) implements CampaignEvent {}

    /** The party committee decided the plan. */
    record PlanDecided(Instant at, String actor, String caseNumber, int planVersion) implements CampaignEvent {}
}
