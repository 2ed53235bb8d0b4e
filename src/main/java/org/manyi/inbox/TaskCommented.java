package org.manyi.inbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Somebody has remarked on a task.
 *
 * @param at business time, never null
 * @param actor never null
 * @param task never null
 * @param mentioned the usernames of whom the remark mentions, never its author; never null
 */
public record TaskCommented(Instant at, String actor, TaskRef task, Set<String> mentioned) implements TaskEvent {

    @Override
    public Map<String, Object> detail() {
        return mentioned.isEmpty()
                ? Map.of("task", task.id(), "key", task.key())
                : Map.of("task", task.id(), "key", task.key(), "mentioned", List.copyOf(mentioned));
    }
}
