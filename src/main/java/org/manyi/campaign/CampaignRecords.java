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

    /**
     * Saves a further version of a running plan.
     *
     * @param version the campaign's version that was looked at
     * @return the number of the plan's new version
     * @throws org.manyi.shared.ConflictException when the year does not run, or the campaign was changed since
     */
    int adjust(String id, int version, Plan plan, String reason, String by, Instant at);

    /** Ends a running year. */
    void close(String id, Instant at);

    /** A leader waits for the city's rank until a day. */
    void awaitCityRank(String id, LocalDate until);

    /** Until when a leader decided to wait for the city's rank, null when none did. */
    LocalDate cityRankAwaitedUntil(String id);
}
