package org.manyi.audit;

import java.time.Instant;
import java.util.Map;
import org.manyi.shared.CaseEvent;

/**
 * An auditor took entries out of the trail.
 *
 * @param at business time, never null
 * @param actor never null
 * @param detail the filters, never null
 */
public record AuditExported(Instant at, String actor, Map<String, Object> detail) implements CaseEvent {

    @Override
    public String caseNumber() {
        return "csv";
    }

    @Override
    public String objectType() {
        return "audit";
    }
}
