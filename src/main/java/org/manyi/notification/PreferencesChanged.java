package org.manyi.notification;

import java.time.Instant;
import java.util.Map;
import org.manyi.shared.CaseEvent;

/**
 * A person chose how to hear of things.
 *
 * @param at business time, never null
 * @param actor whose choice it is, never null
 * @param deliveries what is not as usual, by the kind's code; never null
 * @param quiet the quiet hours, such as {@code 21:00-07:00}; never null
 * @param restDays whether days off are quiet too
 */
public record PreferencesChanged(
        Instant at, String actor, Map<String, Object> deliveries, String quiet, boolean restDays) implements CaseEvent {

    @Override
    public String caseNumber() {
        return actor;
    }

    @Override
    public String objectType() {
        return "account";
    }

    @Override
    public Map<String, Object> detail() {
        return Map.of("deliveries", deliveries.toString(), "quietHours", quiet, "restDays", restDays);
    }
}
