package org.manyi.campaign;

import java.time.OffsetDateTime;

/**
 * A year's campaign in a list.
 *
 * @param id its number, such as {@code 2026-ND-01}; never null
 * @param planId the plan's id, never null
 * @param year the plan's year
 * @param title the plan's title, never null
 * @param state never null
 * @param submitted whether a draft waits for its decision
 * @param planVersion the version of the plan that holds, at least 1
 * @param changedAt when something last happened to it, in the bureau's offset, never null
 * @param version to be named by whoever changes it
 */
public record CampaignItem(
        String id,
        String planId,
        int year,
        String title,
        CampaignState state,
        boolean submitted,
        int planVersion,
        OffsetDateTime changedAt,
        int version) {}
