package org.manyi.inbox;

import java.time.Instant;
import java.util.Map;

/**
 * A substitute has taken over what somebody on leave had in hand.
 *
 * @param at business time, never null
 * @param actor who has it now, never null
 * @param task never null
 * @param from who had it, never null
 */
public record TaskTakenOver(Instant at, String actor, TaskRef task, String from) implements TaskEvent {

    @Override
    public Map<String, Object> detail() {
        return Map.of("task", task.id(), "key", task.key(), "substituteFor", from);
    }
}
