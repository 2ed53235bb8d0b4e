package org.manyi.campaign;

import java.time.OffsetDateTime;

/**
 * A version of a plan.
 *
 * @param number counted from 1
 * @param plan never null
 * @param savedBy the username, never null
 * @param savedByName as shown, never null
 * @param savedAt in the bureau's offset, never null
 * @param note what was changed, in words; null for none
 */
public record PlanVersion(
        int number, Plan plan, String savedBy, String savedByName, OffsetDateTime savedAt, String note) {}
