package org.manyi.issue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.manyi.shared.CaseEvent;

/** News of a ledger with reporters in clear; the purpose is kept with each, for it is what the export must answer for. */
public sealed interface UnmaskedExportEvent extends CaseEvent {

    @Override
    default String objectType() {
        return "ledgerExport";
    }

    /** What it is asked for, in words; never null. */
    String purpose();

    /**
     * Somebody asks for it.
     *
     * @param issues how many the filter finds
     * @param posts whose holders may decide, never null
     */
    record UnmaskedExportAsked(
            Instant at, String actor, String caseNumber, String purpose, long issues, List<String> posts)
            implements UnmaskedExportEvent {

        @Override
        public Map<String, Object> detail() {
            return Map.of("purpose", purpose, "rows", issues);
        }
    }

    /**
     * Somebody else decided.
     *
     * @param asker username, never null
     * @param approved whether it may be downloaded
     */
    record UnmaskedExportDecided(
            Instant at, String actor, String caseNumber, String purpose, String asker, boolean approved)
            implements UnmaskedExportEvent {

        @Override
        public Map<String, Object> detail() {
            return Map.of("purpose", purpose, "asker", asker, "approved", approved);
        }
    }

    /** The asker took the request back before anybody decided. */
    record UnmaskedExportWithdrawn(Instant at, String actor, String caseNumber, String purpose)
            implements UnmaskedExportEvent {

        @Override
        public Map<String, Object> detail() {
            return Map.of("purpose", purpose);
        }
    }

    /**
     * The asker took the workbook away.
     *
     * @param issues how many it holds
     * @param sha256 of the workbook, never null
     */
    record UnmaskedLedgerExported(
            Instant at, String actor, String caseNumber, String purpose, long issues, String sha256)
            implements UnmaskedExportEvent {

        @Override
        public Map<String, Object> detail() {
            return Map.of("purpose", purpose, "rows", issues, "sha256", sha256);
        }
    }
}
