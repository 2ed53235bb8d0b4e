package org.manyi.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.manyi.shared.MovableClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Removes uploads that no case took in and bytes that lost their row to a rollback or a crash. Any number of nodes may sweep at once.
 */
@Component
class EvidenceSweeper {

    private static final Logger log = LoggerFactory.getLogger(EvidenceSweeper.class);
    private static final int BATCH = 500;

    private final EvidenceSettings settings;
    private final FileVault vault;
    private final AttachmentRows rows;
    private final MovableClock clock;
    private Instant swept = Instant.MIN;

    EvidenceSweeper(EvidenceSettings settings, FileVault vault, AttachmentRows rows, MovableClock clock) {
        this.settings = settings;
        this.vault = vault;
        this.rows = rows;
        this.clock = clock;
    }

    /** Sweeps once; after the first time only where files have come or gone since. */
    @Scheduled(
            initialDelayString = "${manyi.evidence.sweep-delay:PT2M}",
            fixedDelayString = "${manyi.evidence.sweep-interval:PT5M}")
    void sweep() {
        sweepDrafts();
        try {
            // Files carry the machine's time, whatever the business clock says.
            Instant before = clock.system().instant().minus(settings.orphanAge());
            vault.discardIncoming(before);
            sweepOrphans(before, swept);
            swept = before;
        } catch (IOException e) {
            log.warn("The evidence directory could not be swept; it is tried again later", e);
        }
    }

    private void sweepDrafts() {
        List<UUID> old = rows.draftsBefore(clock.instant().minus(settings.draftAge()), BATCH);
        while (!old.isEmpty()) {
            int gone = 0;
            for (UUID id : old) {
                if (rows.deleteDraft(id, clock.instant(), clock.system().instant())) {
                    vault.discard(vault.path(id));
                    gone++;
                }
            }
            // None goes while a backup holds them; they are tried again with the next sweep.
            old = old.size() < BATCH || gone == 0
                    ? List.of()
                    : rows.draftsBefore(clock.instant().minus(settings.draftAge()), BATCH);
        }
    }

    private void sweepOrphans(Instant before, Instant since) throws IOException {
        Map<UUID, Path> batch = new LinkedHashMap<>();
        vault.walkKept(before, since, (file, id) -> {
            batch.put(id, file);
            if (batch.size() == BATCH) {
                discardOrphans(batch);
            }
        });
        discardOrphans(batch);
    }

    private void discardOrphans(Map<UUID, Path> batch) {
        Set<UUID> known = rows.findAll(batch.keySet()).stream()
                .map(row -> UUID.fromString(row.attachment().id()))
                .collect(Collectors.toSet());
        batch.forEach((id, file) -> {
            if (!known.contains(id)) {
                vault.discard(file);
                log.info("Removed bytes without a row: {}", id);
            }
        });
        batch.clear();
    }
}
