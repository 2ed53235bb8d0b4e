package org.manyi.spreadsheet;

import java.time.Instant;
import java.util.Map;
import org.manyi.shared.CaseEvent;

/**
 * A batch was taken back.
 *
 * @param at never null
 * @param actor username, never null
 * @param caseNumber the batch's id, never null
 * @param kind the kind of import, never null
 * @param sha256 of the file, never null
 * @param reverted how many things were taken back
 * @param kept how many stayed, because something was built on them since
 */
public record ImportReverted(
        Instant at, String actor, String caseNumber, String kind, String sha256, int reverted, int kept)
        implements CaseEvent {

    @Override
    public String objectType() {
        return "import";
    }

    @Override
    public Map<String, Object> detail() {
        return Map.of("kind", kind, "sha256", sha256, "reverted", reverted, "kept", kept);
    }
}
