package org.manyi.org;

import java.time.Instant;
import java.util.Map;

/**
 * A unit has come into being, with its posts.
 *
 * @param at business time, never null
 * @param actor null when the system did it
 * @param unit never null
 */
public record UnitCreated(Instant at, String actor, Unit unit) implements OrganisationChanged {

    @Override
    public String caseNumber() {
        return unit.code();
    }

    @Override
    public String objectType() {
        return "unit";
    }

    @Override
    public Map<String, Object> detail() {
        return Details.of(
                "name", unit.name(), "type", unit.type().name(), "kind", unit.kind(), "parent", unit.parentCode());
    }
}
