package org.manyi.campaign;

import java.time.Instant;
import java.time.LocalDate;

/** A campaign as the room's own processes need it: nobody's rights are asked. */
public interface CampaignRecords {

    /**
     * A campaign.
     *
     * @throws org.manyi.shared.NotFoundException when there is none of this number
     */
    CampaignItem campaign(String id);

    /** The plan that holds. */
    Plan plan(String id);

    /** Writes what happened into the campaign's history and tells of it. */
    void keep(CampaignEvent event, String reason);

    /** Ends a running year. */
    void close(String id, Instant at);

    /**
     * What a leader decided when the city's rank had not come: to wait until a day, or, with null, to go on without honours.
     */
    void decideWithoutCityRank(String id, LocalDate awaitedUntil);

    /** Until when a leader decided to wait for the city's rank, null when none did. */
    LocalDate cityRankAwaitedUntil(String id);

    /** Whether a leader decided to go on without the city's rank. */
    boolean withoutCityRank(String id);
}
