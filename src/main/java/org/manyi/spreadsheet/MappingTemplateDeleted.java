package org.manyi.spreadsheet;

import java.time.Instant;
import java.util.Map;
import org.manyi.shared.CaseEvent;

/**
 * A template for the columns of a kind of import was deleted by its owner.
 *
 * @param at never null
 * @param actor username, never null
 * @param caseNumber the template's id, never null
 * @param kind the kind of import, never null
 */
public record MappingTemplateDeleted(Instant at, String actor, String caseNumber, String kind) implements CaseEvent {

    @Override
    public String objectType() {
        return "importTemplate";
    }

    @Override
    public Map<String, Object> detail() {
        return Map.of("kind", kind);
    }
}
