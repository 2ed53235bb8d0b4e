package org.manyi.org;

import java.time.Instant;
import java.util.Map;

/**
 * A unit is called, placed or classed otherwise.
 *
 * @param at business time, never null
 * @param actor null when the system did it
 * @param before never null
 * @param after never null
 */
public record UnitChanged(Instant at, String actor, Unit before, Unit after) implements OrganisationChanged {

    @Override
    public String caseNumber() {
        return after.code();
    }

    @Override
    public String objectType() {
        return "unit";
    }

    @Override
    public Map<String, Object> detail() {
        return Details.ofChanges(before, after);
    }
}
