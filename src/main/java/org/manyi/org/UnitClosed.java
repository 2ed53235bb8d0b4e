package org.manyi.org;

import java.time.Instant;
import java.util.Map;

/**
 * A unit is closed or merged; its posts have been released.
 *
 * @param at business time, never null
 * @param actor null when the system did it
 * @param unitCode never null
 */
public record UnitClosed(Instant at, String actor, String unitCode) implements OrganisationChanged {

    @Override
    public String caseNumber() {
        return unitCode;
    }

    @Override
    public String objectType() {
        return "unit";
    }

    @Override
    public Map<String, Object> detail() {
        return Map.of();
    }
}
