package org.manyi.notification;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.manyi.inbox.TaskRef;
import org.manyi.shared.CaseEvent;

/**
 * Somebody who oversees a task pressed for it.
 *
 * @param at business time, never null
 * @param actor never null
 * @param task never null
 * @param word the code of the word sent along, null for none
 * @param people how many were told
 */
public record TaskChased(Instant at, String actor, TaskRef task, String word, int people) implements CaseEvent {

    @Override
    public String caseNumber() {
        return task.caseNumber();
    }

    @Override
    public String objectType() {
        return "task";
    }

    @Override
    public Map<String, Object> detail() {
        Map<String, Object> detail = new HashMap<>(Map.of("task", task.id(), "key", task.key(), "people", people));
        if (word != null) {
            detail.put("word", word);
        }
        return detail;
    }
}
