package org.manyi.engine;

import java.time.Instant;
import org.manyi.shared.CaseEvent;

/**
 * An administrator let a job that had failed for good try again.
 *
 * @param at business time, never null
 * @param actor never null
 * @param caseNumber the job's id, never null
 */
public record JobRetried(Instant at, String actor, String caseNumber) implements CaseEvent {

    @Override
    public String objectType() {
        return "job";
    }
}
