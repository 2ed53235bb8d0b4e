package org.manyi.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.manyi.shared.PersonalData;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Compares the entries of the trail with their seals, and the seals with each other. */
@Component
public class AuditBooks {

    /** Entries read at a time; a seal is never split. */
    private static final int STEP = 20_000;

    private static final int SEALS = 500;

    private final SealRows rows;
    private final SealAnchor anchor;
    private final PersonalData key;
    private final JsonMapper json;
    private final TransactionTemplate afresh;

    AuditBooks(
            SealRows rows,
            SealAnchor anchor,
            PersonalData key,
            JsonMapper json,
            PlatformTransactionManager transactions) {
        this.rows = rows;
        this.anchor = anchor;
        this.key = key;
        this.json = json;
        this.afresh = new TransactionTemplate(transactions);
        this.afresh.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.afresh.setReadOnly(true);
    }

    /**
     * What was compared.
     *
     * @param seals how many seals
     * @param entries how many entries
     * @param late how many of them were committed after later ones had been sealed; unusual, not wrong
     */
    public record Compared(long seals, long entries, long late) {}

    /**
     * Reads every sealed entry once, in steps, holding no more than one of them.
     *
     * @param progress told after every step how many seals are done; never null
     * @param found gets every difference; never null
     */
    public Compared compare(LongConsumer progress, Consumer<SealDifference> found) {
        long upTo = lastSeal();
        Walk walk = new Walk(found);
        long next = 1;
        while (next <= upTo) {
            List<SealRows.Link> step = step(next, upTo);
            if (step.isEmpty()) {
                break;
            }
            walk.compare(step);
            next = step.get(step.size() - 1).seal().id() + 1;
            progress.accept(walk.seals);
        }
        rows.strays().stream().filter(stray -> stray.seal() <= upTo).forEach(found);
        anchor.read()
                .filter(remembered -> !digest(remembered.id())
                        .map(remembered.digest()::equals)
                        .orElse(false))
                .ifPresent(remembered -> found.accept(
                        new SealDifference(SealDifference.Kind.FORGOTTEN, remembered.id(), remembered.id(), upTo)));
        return new Compared(walk.seals, walk.entries, walk.late);
    }

    /**
     * As it was when the comparison began, or else as it is now: a seal that was made meanwhile is remembered by the machine before a
     * comparison that shows one moment can see it.
     */
    private Optional<String> digest(long seal) {
        return rows.digest(seal).or(() -> afresh.execute(status -> rows.digest(seal)));
    }

    /** The number of the last seal, which is how many there should be. */
    long lastSeal() {
        return rows.last().map(link -> link.seal().id()).orElse(0L);
    }

    private List<SealRows.Link> step(long first, long upTo) {
        List<SealRows.Link> links = rows.from(first, upTo, SEALS);
        long entries = 0;
        int n = 0;
        while (n < links.size() && (n == 0 || entries + links.get(n).seal().entries() <= STEP)) {
            entries += links.get(n).seal().entries();
            n++;
        }
        return links.subList(0, n);
    }

    /** Goes along the chain; a broken seal is told once, for the next is judged by the digest that stands there. */
    private final class Walk {

        private final Consumer<SealDifference> found;
        private String previous = "";
        private long lastId;
        private long seals;
        private long entries;
        private long late;

        Walk(Consumer<SealDifference> found) {
            this.found = found;
        }

        /** What is there of one seal. */
        private final class Content {

            private final SealDigest digest = new SealDigest(key, json);
            private long count;
        }

        void compare(List<SealRows.Link> links) {
            Map<Long, Content> contents = new HashMap<>();
            String before = previous;
            for (SealRows.Link link : links) {
                Seal seal = link.seal();
                Content content = new Content();
                content.digest.seal(
                        seal.id(), seal.sealedAt(), seal.entries(), seal.late(), link.highestEntry(), before);
                contents.put(seal.id(), content);
                before = seal.digest();
            }
            rows.entries(
                    links.get(0).seal().id(), links.get(links.size() - 1).seal().id(), row -> {
                        Content content = contents.get(row.seal());
                        if (content != null) {
                            content.digest.entry(row.entry());
                            content.count++;
                        }
                    });
            links.forEach(link -> judge(link.seal(), contents.get(link.seal().id())));
            previous = before;
        }

        private void judge(Seal seal, Content content) {
            if (seal.id() > lastId + 1) {
                found.accept(
                        new SealDifference(SealDifference.Kind.SEAL_MISSING, lastId + 1, seal.id() - lastId - 1, 0));
            }
            if (content.count != seal.entries()) {
                found.accept(new SealDifference(SealDifference.Kind.COUNT, seal.id(), seal.entries(), content.count));
            } else if (!content.digest.hex().equals(seal.digest())) {
                found.accept(new SealDifference(SealDifference.Kind.CHANGED, seal.id(), 0, 0));
            }
            lastId = seal.id();
            seals++;
            entries += content.count;
            late += seal.late();
        }
    }
}
