package org.manyi.org;

import java.time.Instant;
import java.util.Map;

/**
 * Somebody no longer holds a post.
 *
 * @param at business time, never null
 * @param actor null when the system did it
 * @param postKey never null
 * @param username never null
 */
public record PostReleased(Instant at, String actor, String postKey, String username) implements OrganisationChanged {

    @Override
    public String caseNumber() {
        return postKey;
    }

    @Override
    public String objectType() {
        return "post";
    }

    @Override
    public Map<String, Object> detail() {
        return Details.of("username", username);
    }
}
