package org.manyi.issue;

import java.time.Instant;
import java.util.Map;
import org.manyi.shared.CaseEvent;

/**
 * Numbers were set aside for a former ledger that is about to be written: until it is there, they are missing in the ledger for this
 * reason.
 *
 * @param at never null
 * @param actor username, never null
 * @param batchId of the import, never null
 * @param series such as {@code issue-2026}, never null
 * @param first the first of them, at least 1
 * @param last the last of them
 */
public record LedgerNumbersSetAside(Instant at, String actor, String batchId, String series, long first, long last)
        implements CaseEvent {

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
        return Map.of("batch", batchId, "series", series, "first", first, "last", last);
    }
}
