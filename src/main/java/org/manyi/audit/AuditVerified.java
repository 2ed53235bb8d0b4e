package org.manyi.audit;

import java.time.Instant;
import java.util.Map;
import org.manyi.shared.CaseEvent;

/**
 * The trail was compared with its seals.
 *
 * @param at business time, never null
 * @param actor who asked for it, never null
 * @param caseNumber the verification's number, never null
 * @param success whether everything was as sealed
 * @param detail how many seals, entries and differences, never null
 */
record AuditVerified(Instant at, String actor, String caseNumber, boolean success, Map<String, Object> detail)
        implements CaseEvent {

    @Override
    public String objectType() {
        return "audit";
    }
}
