package org.manyi.spreadsheet;

import java.time.Instant;
import java.util.Map;
import org.manyi.shared.CaseEvent;

/**
 * The rows of a file are written.
 *
 * @param at never null
 * @param actor username, never null
 * @param caseNumber the batch's id, never null
 * @param kind the kind of import, never null
 * @param sha256 of the file, never null
 * @param rows how many rows were written
 */
public record ImportApplied(Instant at, String actor, String caseNumber, String kind, String sha256, int rows)
        implements CaseEvent {

    @Override
    public String objectType() {
        return "import";
    }

    @Override
    public Map<String, Object> detail() {
        return Map.of("kind", kind, "sha256", sha256, "rows", rows);
    }
}
