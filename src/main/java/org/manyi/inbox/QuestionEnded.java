package org.manyi.inbox;

import java.time.Instant;
import java.util.Map;

/**
 * A colleague has given his opinion on a task, or will not give one any more.
 *
 * @param at business time, never null
 * @param actor null when the system did it
 * @param task never null
 * @param asker who asked, never null
 * @param colleague who was asked, never null
 * @param outcome never null, never {@link Question.State#OPEN}
 */
public record QuestionEnded(
        Instant at, String actor, TaskRef task, String asker, String colleague, Question.State outcome)
        implements TaskEvent {

    @Override
    public Map<String, Object> detail() {
        return Map.of("task", task.id(), "key", task.key(), "colleague", colleague, "outcome", outcome.code());
    }
}
