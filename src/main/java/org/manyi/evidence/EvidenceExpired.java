package org.manyi.evidence;

import java.time.Instant;
import org.manyi.shared.CaseEvent;

/**
 * A file that no case took in was removed.
 *
 * @param at business time, never null
 * @param caseNumber the attachment's id, never null
 */
public record EvidenceExpired(Instant at, String caseNumber) implements CaseEvent {

    @Override
    public String actor() {
        return null;
    }

    @Override
    public String objectType() {
        return "attachment";
    }
}
