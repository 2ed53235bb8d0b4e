package org.manyi.issue;

import java.time.Instant;
import java.util.Map;
import org.manyi.shared.CaseEvent;

/**
 * Somebody took the ledger, or a part of it, away as a workbook.
 *
 * @param at never null
 * @param actor username, never null
 * @param filter what was asked for, without the text that was searched; "" for everything
 * @param rows how many issues it holds
 * @param sha256 of the workbook, never null
 */
public record LedgerExported(Instant at, String actor, String filter, long rows, String sha256) implements CaseEvent {

    @Override
    public String caseNumber() {
        return "issues";
    }

    @Override
    public String objectType() {
        return "issueLedger";
    }

    @Override
    public Map<String, Object> detail() {
        return Map.of("filter", filter, "rows", rows, "sha256", sha256);
    }
}
