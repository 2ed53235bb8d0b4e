package org.manyi.org;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/**
 * Somebody holds a post.
 *
 * @param at business time, never null
 * @param actor null when the system did it
 * @param postKey never null
 * @param username never null
 * @param from the first day, null when it was so before our records
 * @param until the first day no longer, null when without end
 * @param substituteFor whose substitute it is, null when nobody's
 */
public record PostAssigned(
        Instant at,
        String actor,
        String postKey,
        String username,
        LocalDate from,
        LocalDate until,
        String substituteFor)
        implements OrganisationChanged {

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
        return Details.of("username", username, "from", from, "until", until, "substituteFor", substituteFor);
    }
}
