package org.manyi.org;

import java.time.Instant;
import java.util.Map;

/**
 * A unit that an import made by mistake, and that nobody used, is gone with its posts.
 *
 * @param at business time, never null
 * @param actor null when the system did it
 * @param unitCode never null
 */
public record UnitRemoved(Instant at, String actor, String unitCode) implements OrganisationChanged {

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
