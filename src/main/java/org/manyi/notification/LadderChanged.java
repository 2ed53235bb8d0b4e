package org.manyi.notification;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.manyi.shared.CaseEvent;

/**
 * Who is spoken to of a step, and when, was changed.
 *
 * @param at business time, never null
 * @param actor never null
 * @param caseNumber the step, {@code process/task}; never null
 * @param from the rungs before, null when the step had none of its own
 * @param to the rungs now, null when the step has none of its own any more
 */
public record LadderChanged(Instant at, String actor, String caseNumber, String from, String to) implements CaseEvent {

    @Override
    public String objectType() {
        return "ladder";
    }

    @Override
    public Map<String, Object> detail() {
        Map<String, Object> detail = new HashMap<>();
        detail.put("from", from);
        detail.put("to", to);
        return detail;
    }
}
