package org.manyi.backup;

import java.time.Instant;
import java.util.Map;
import org.manyi.shared.CaseEvent;

/**
 * Everything was copied into a file, or that failed.
 *
 * @param at business time, never null
 * @param actor who asked for it; null for the daily one and for the command
 * @param caseNumber the file's name, never null
 * @param success whether there is such a file
 * @param detail rows and files, never null
 */
record BackupMade(Instant at, String actor, String caseNumber, boolean success, Map<String, Object> detail)
        implements CaseEvent {

    @Override
    public String objectType() {
        return "backup";
    }
}
