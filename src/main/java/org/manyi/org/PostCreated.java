package org.manyi.org;

import java.time.Instant;

/**
 * There is a further post, not one that came with its unit: a contact leader's.
 *
 * @param at business time, never null
 * @param actor null when the system did it
 * @param postKey never null
 */
public record PostCreated(Instant at, String actor, String postKey) implements OrganisationChanged {

    @Override
    public String caseNumber() {
        return postKey;
    }

    @Override
    public String objectType() {
        return "post";
    }
}
