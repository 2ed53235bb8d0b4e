package org.manyi.inbox;

import java.time.Instant;
import java.util.Map;

/**
 * The holder of a task has asked a colleague for an opinion.
 *
 * @param at business time, never null
 * @param actor never null
 * @param task never null
 * @param colleague who was asked, never null
 */
public record QuestionAsked(Instant at, String actor, TaskRef task, String colleague) implements TaskEvent {

    @Override
    public Map<String, Object> detail() {
        return Map.of("task", task.id(), "key", task.key(), "colleague", colleague);
    }
}
