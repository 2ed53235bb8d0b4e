package org.manyi.audit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.manyi.shared.MovableClock;
import org.manyi.shared.PersonalData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Seals the entries that bear no seal yet. Any number of nodes may try; the lock on one row lets one of them. An entry is taken because
 * it bears no seal, not because of its number, so that one committed late is missed by no seal.
 */
@Component
class AuditSealer {

    private static final Logger LOG = LoggerFactory.getLogger(AuditSealer.class);

    private final SealRows rows;
    private final SealAnchor anchor;
    private final PersonalData key;
    private final JsonMapper json;
    private final AuditSettings settings;
    private final MovableClock clock;
    private final TransactionTemplate transaction;
    private Instant published = Instant.MIN;

    AuditSealer(
            SealRows rows,
            SealAnchor anchor,
            PersonalData key,
            JsonMapper json,
            AuditSettings settings,
            MovableClock clock,
            PlatformTransactionManager transactions) {
        this.rows = rows;
        this.anchor = anchor;
        this.key = key;
        this.json = json;
        this.settings = settings;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Seals until nothing old enough is left. */
    @Scheduled(
            initialDelayString = "${manyi.audit.seal-interval:PT10S}",
            fixedDelayString = "${manyi.audit.seal-interval:PT10S}")
    void seal() {
        Instant before = clock.system().instant().minus(settings.sealAfter());
        Optional<Seal> made = next(before);
        while (made.isPresent()) {
            remember(made.get());
            made = next(before);
        }
    }

    private Optional<Seal> next(Instant before) {
        return transaction.execute(status -> rows.takeLock()
                ? rows.firstUnsealed(before).map(first -> make(before, first)).orElse(Optional.empty())
                : Optional.empty());
    }

    private Optional<Seal> make(Instant before, long first) {
        Optional<SealRows.Link> last = rows.last();
        long id = last.map(link -> link.seal().id() + 1).orElse(1L);
        long highest = last.map(SealRows.Link::highestEntry).orElse(0L);
        // Marked first and read back by the mark: an entry committed between reading and marking would bear a seal that
        // does not cover it.
        int marked = rows.mark(id, before, first, first + settings.sealSize() - 1);
        List<AuditEntry> entries = new ArrayList<>(marked);
        rows.entries(id, id, row -> entries.add(row.entry()));
        int late = (int) entries.stream().filter(entry -> entry.id() < highest).count();
        long lastEntry = entries.get(entries.size() - 1).id();
        Instant now = clock.system().instant().truncatedTo(ChronoUnit.MICROS);
        SealDigest digest = new SealDigest(key, json);
        digest.seal(
                id,
                now,
                entries.size(),
                late,
                Math.max(highest, lastEntry),
                last.map(link -> link.seal().digest()).orElse(""));
        entries.forEach(digest::entry);
        Seal seal = new Seal(id, now, entries.size(), late, entries.get(0).id(), lastEntry, digest.hex());
        rows.insert(new SealRows.Link(seal, Math.max(highest, lastEntry)));
        return Optional.of(seal);
    }

    /** Outside of the database, where its administrator does not reach: in a file, and once an hour in the log. */
    private void remember(Seal seal) {
        Optional<SealAnchor.Remembered> remembered = anchor.read();
        if (remembered.isPresent()
                && !rows.digest(remembered.get().id())
                        .equals(Optional.of(remembered.get().digest()))) {
            LOG.error(
                    "The audit trail has lost seal {}, which this machine has made; verify it",
                    remembered.get().id());
        } else {
            anchor.write(seal);
        }
        if (seal.sealedAt().minus(1, ChronoUnit.HOURS).isAfter(published)) {
            published = seal.sealedAt();
            LOG.info("Audit seal {} is {}", seal.id(), seal.digest());
        }
    }
}
