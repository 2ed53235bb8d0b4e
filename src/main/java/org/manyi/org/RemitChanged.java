package org.manyi.org;

import java.time.Instant;
import java.util.Map;

/**
 * Another deputy answers for a remit.
 *
 * @param at business time, never null
 * @param actor null when the system did it
 * @param remit {@code schools}, {@code kindergartens} or {@code sport}; never null
 * @param before the deputy's post, never null
 * @param after the deputy's post, never null
 */
public record RemitChanged(Instant at, String actor, String remit, String before, String after)
        implements OrganisationChanged {

    @Override
    public String caseNumber() {
        return remit;
    }

    @Override
    public String objectType() {
        return "remit";
    }

    @Override
    public Map<String, Object> detail() {
        return Details.of("from", before, "to", after);
    }
}
