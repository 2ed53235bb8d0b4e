package org.manyi.backup;

import java.time.Instant;
import java.util.Map;
import org.manyi.shared.CaseEvent;

/**
 * An empty Manyi was filled from a backup; the first thing that its trail holds of its own.
 *
 * @param at business time, never null
 * @param caseNumber the moment that the backup shows, never null
 * @param rows of all tables
 * @param files how many
 */
record BackupRestored(Instant at, String caseNumber, long rows, long files) implements CaseEvent {

    @Override
    public String actor() {
        return null;
    }

    @Override
    public String objectType() {
        return "backup";
    }

    @Override
    public Map<String, Object> detail() {
        return Map.of("rows", rows, "files", files);
    }
}
