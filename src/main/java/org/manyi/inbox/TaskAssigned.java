package org.manyi.inbox;

import java.time.Instant;
import java.util.Map;

/**
 * Somebody has handed a task over.
 *
 * @param at business time, never null
 * @param actor never null
 * @param task never null
 * @param assignee who has it now, never null
 */
public record TaskAssigned(Instant at, String actor, TaskRef task, String assignee) implements TaskEvent {

    @Override
    public Map<String, Object> detail() {
        return Map.of("task", task.id(), "key", task.key(), "assignee", assignee);
    }
}
