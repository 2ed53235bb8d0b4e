package org.manyi.campaign;

import java.time.Instant;
import java.time.LocalDate;
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

    /** The plan was issued; the year is under way. */
    record PlanIssued(Instant at, String actor, String caseNumber, int planVersion) implements CampaignEvent {}

    /** A phase began; by the calendar, without an actor. */
    record PhaseOpened(Instant at, String actor, String caseNumber, int planVersion, String phase)
            implements CampaignEvent {
        @Override
        public Map<String, Object> detail() {
            return Map.of("planVersion", planVersion, "phase", phase);
        }
    }

    /**
     * The time of a phase was over before all schools were done.
     *
     * @param late how many schools were not, 0 or more
     */
    record PhaseOver(Instant at, String actor, String caseNumber, int planVersion, String phase, int late)
            implements CampaignEvent {
        @Override
        public Map<String, Object> detail() {
            return Map.of("planVersion", planVersion, "phase", phase, "late", late);
        }
    }

    /** A running plan was changed: its dates, or who takes part. */
    record PlanAdjusted(Instant at, String actor, String caseNumber, int planVersion) implements CampaignEvent {}

    /**
     * A change of a running plan has reached everybody concerned.
     *
     * @param moved how many pieces of work have another day
     */
    record PlanAdjustmentDone(Instant at, String actor, String caseNumber, int planVersion, int moved)
            implements CampaignEvent {
        @Override
        public Map<String, Object> detail() {
            return Map.of("planVersion", planVersion, "moved", moved);
        }
    }

    /** A school takes part from now on. */
    record SchoolJoined(Instant at, String actor, String caseNumber, int planVersion, String school)
            implements CampaignEvent {
        @Override
        public Map<String, Object> detail() {
            return Map.of("planVersion", planVersion, "school", school);
        }
    }

    /** A school takes part no longer. */
    record SchoolLeft(Instant at, String actor, String caseNumber, int planVersion, String school)
            implements CampaignEvent {
        @Override
        public Map<String, Object> detail() {
            return Map.of("planVersion", planVersion, "school", school);
        }
    }

    /** Somebody entered the city's results (S0-29). */
    record ExternalResultEntered(Instant at, String actor, String caseNumber, int planVersion, int rank)
            implements CampaignEvent {
        @Override
        public Map<String, Object> detail() {
            return Map.of("planVersion", planVersion, "rank", rank);
        }
    }

    /** Somebody else found that what was entered is not what the paper says. */
    record ExternalResultRefused(Instant at, String actor, String caseNumber, int planVersion)
            implements CampaignEvent {}

    /** Somebody else confirmed what was entered. */
    record ExternalResultConfirmed(Instant at, String actor, String caseNumber, int planVersion, int rank)
            implements CampaignEvent {
        @Override
        public Map<String, Object> detail() {
            return Map.of("planVersion", planVersion, "rank", rank);
        }
    }

    /** The city's rank counts; a year that waited for it goes on. */
    record CityRankReceived(Instant at, String actor, String caseNumber, int planVersion, int rank)
            implements CampaignEvent {
        @Override
        public Map<String, Object> detail() {
            return Map.of("planVersion", planVersion, "rank", rank);
        }
    }

    /**
     * The city's rank had not come, and a leader decided.
     *
     * @param awaitedUntil the day until which it is waited for; null when the year goes on without honours
     */
    record CityRankMissed(Instant at, String actor, String caseNumber, int planVersion, LocalDate awaitedUntil)
            implements CampaignEvent {
        @Override
        public Map<String, Object> detail() {
            return awaitedUntil == null
                    ? Map.of("planVersion", planVersion)
                    : Map.of("planVersion", planVersion, "awaitedUntil", awaitedUntil.toString());
        }
    }

    /** The year was closed. */
    record CampaignClosed(Instant at, String actor, String caseNumber, int planVersion) implements CampaignEvent {}
}
