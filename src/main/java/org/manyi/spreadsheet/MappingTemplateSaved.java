package org.manyi.spreadsheet;

import java.time.Instant;
import java.util.Map;
import org.manyi.shared.CaseEvent;

/**
 * A template for the columns of a kind of import was saved. Its name is left out of the trail, for people may type anything there.
 *
 * @param at never null
 * @param actor username, never null
 * @param caseNumber the template's id, never null
 * @param kind the kind of import, never null
 * @param columns how many headers stand for something
 * @param replaced whether it takes the place of what its owner had saved under the name
 */
public record MappingTemplateSaved(
        Instant at, String actor, String caseNumber, String kind, int columns, boolean replaced) implements CaseEvent {

    @Override
    public String objectType() {
        return "importTemplate";
    }

    @Override
    public Map<String, Object> detail() {
        return Map.of("kind", kind, "columns", columns, "replaced", replaced);
    }
}
