package org.manyi.org;

import java.time.Instant;
import java.util.Map;

/**
 * Another contact leader answers for a school.
 *
 * @param at business time, never null
 * @param actor null when the system did it
 * @param schoolCode never null
 * @param before the leader's post, null when the fallback was in charge
 * @param after the leader's post, null when the fallback is
 */
public record ContactLeaderChanged(Instant at, String actor, String schoolCode, String before, String after)
        implements OrganisationChanged {

    @Override
    public String caseNumber() {
        return schoolCode;
    }

    @Override
    public String objectType() {
        return "unit";
    }

    @Override
    public Map<String, Object> detail() {
        return Details.of("from", before, "to", after);
    }
}
