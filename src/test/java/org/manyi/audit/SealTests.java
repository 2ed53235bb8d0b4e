package org.manyi.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manyi.ManyiTest;
import org.manyi.audit.SealDifference.Kind;
import org.manyi.shared.CaseEvent;
import org.manyi.shared.MovableClock;
import org.manyi.shared.PersonalData;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** What the seals are for: a trail that was meddled with is found out. */
@ManyiTest
class SealTests {

    private record Noted(Instant at, String actor, String caseNumber) implements CaseEvent {

        @Override
        public String objectType() {
            return "test-seal";
        }
    }

    @Autowired
    private ApplicationEventPublisher events;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private SealRows rows;

    @Autowired
    private PersonalData key;

    @Autowired
    private JsonMapper json;

    @Autowired
    private JdbcClient jdbc;

    @TempDir
    private Path data;

    private TransactionTemplate transaction;
    private SealAnchor anchor;
    private AuditBooks books;

    @BeforeEach
    void setUp() {
        transaction = new TransactionTemplate(transactions);
        anchor = new SealAnchor(data);
        books = new AuditBooks(rows, anchor, key, json, transactions);
    }

    /** As on another machine: the seals before were rolled back. */
    private void remembersNothing(String folder) {
        anchor = new SealAnchor(data.resolve(Integer.toHexString(folder.hashCode())));
        books = new AuditBooks(rows, anchor, key, json, transactions);
    }

    /** A sealer whose clock goes before the machine's, so that what was just written is old enough for it. */
    private AuditSealer sealer(Duration ahead, int size) {
        MovableClock clock = new MovableClock(Clock.offset(Clock.systemUTC(), ahead));
        return new AuditSealer(
                rows, anchor, key, json, new AuditSettings(Duration.ofSeconds(30), size), clock, transactions);
    }

    private void sealEverything() {
        sealer(Duration.ofMinutes(1), 5000).seal();
    }

    private long note(String object) {
        events.publishEvent(new Noted(Instant.parse("2026-03-02T01:00:00Z"), "chair", object));
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            // What a transaction did is written right before it commits, which many of these never do.
            TransactionSynchronizationUtils.triggerBeforeCommit(false);
        }
        return jdbc.sql("select max(id) from audit_entry where object_type = 'test-seal'")
                .query(Long.class)
                .single();
    }

    private List<SealDifference> differences() {
        List<SealDifference> found = new ArrayList<>();
        books.compare(done -> {}, found::add);
        return found;
    }

    private Long sealOf(long entry) {
        return jdbc.sql("select seal_id from audit_entry where id = :id")
                .param("id", entry)
                .query((row, n) -> row.getObject("seal_id", Long.class))
                .list()
                .get(0);
    }

    private long[] sealed(String... objects) {
        long[] ids = new long[objects.length];
        for (int i = 0; i < objects.length; i++) {
            ids[i] = note(objects[i]);
        }
        sealEverything();
        return ids;
    }

    private void undone(Runnable work) {
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            work.run();
        });
    }

    private void meddle(String sql, long id) {
        assertThat(jdbc.sql(sql).param("id", id).update()).isEqualTo(1);
    }

    @Test
    void whatIsAsSealedShowsNoDifference() {
        undone(() -> {
            long id = sealed("A")[0];

            assertThat(sealOf(id)).isNotNull();
            assertThat(differences()).isEmpty();
            assertThat(jdbc.sql("select count(*) from audit_entry where seal_id is null")
                            .query(Long.class)
                            .single())
                    .isZero();
        });
    }

    @Test
    void anEntryYoungerThanATransactionMayLastWaits() {
        undone(() -> {
            sealEverything();
            long id = note("young");

            sealer(Duration.ZERO, 5000).seal();

            assertThat(sealOf(id)).isNull();
        });
    }

    @Test
    void aChangedEntryIsFound() {
        for (String change : List.of(
                "actor = 'deputy1'",
                "detail = '{}x'",
                "success = false",
                "ip = '10.0.0.1'",
                "event = 'Other'",
                "object_key = 'B'",
                "happened_at = timestamp with time zone '2026-03-03 00:00:00+00'")) {
            remembersNothing(change);
            undone(() -> {
                long id = sealed("A")[0];
                meddle("update audit_entry set " + change + " where id = :id", id);

                assertThat(differences())
                        .as(change)
                        .containsExactly(new SealDifference(Kind.CHANGED, sealOf(id), 0, 0));
            });
        }
    }

    @Test
    void aRemovedEntryIsFound() {
        undone(() -> {
            long[] ids = sealed("A", "B");
            long seal = sealOf(ids[1]);
            meddle("delete from audit_entry where id = :id", ids[0]);

            assertThat(differences()).singleElement().satisfies(difference -> {
                assertThat(difference.kind()).isEqualTo(Kind.COUNT);
                assertThat(difference.seal()).isEqualTo(seal);
                assertThat(difference.found()).isEqualTo(difference.expected() - 1);
            });
        });
    }

    @Test
    void anEntryTakenOutOfItsSealAndSealedAnewIsFound() {
        undone(() -> {
            long[] ids = sealed("A", "B");
            long seal = sealOf(ids[0]);
            meddle("update audit_entry set seal_id = null, actor = 'deputy1' where id = :id", ids[0]);
            sealEverything();

            assertThat(differences()).extracting(SealDifference::seal).containsExactly(seal);
            assertThat(books.compare(done -> {}, found -> {}).late()).isPositive();
        });
    }

    @Test
    void anEntryPutUnderASealIsFound() {
        undone(() -> {
            long seal = sealOf(sealed("A")[0]);
            long forged = note("forged");
            meddle("update audit_entry set seal_id = " + seal + " where id = :id", forged);

            assertThat(differences()).extracting(SealDifference::kind).containsExactly(Kind.COUNT);
            meddle("update audit_entry set seal_id = 0 where id = :id", forged);
            assertThat(differences()).extracting(SealDifference::kind).containsExactly(Kind.STRAY);
        });
    }

    @Test
    void aSealThatIsChangedOrGoneIsFound() {
        undone(() -> {
            long first = sealOf(sealed("A")[0]);
            long second = sealOf(sealed("B")[0]);
            sealed("C");
            meddle(
                    "update audit_seal set sealed_at = timestamp with time zone '2026-03-03 00:00:00+00' where id = :id",
                    second);
            assertThat(differences()).containsExactly(new SealDifference(Kind.CHANGED, second, 0, 0));

            meddle("delete from audit_seal where id = :id", second);
            assertThat(differences())
                    .contains(
                            new SealDifference(Kind.SEAL_MISSING, second, 1, 0),
                            // The one after it was made over its digest.
                            new SealDifference(Kind.CHANGED, second + 1, 0, 0))
                    .extracting(SealDifference::seal)
                    .doesNotContain(first);
        });
    }

    @Test
    void anEndTakenAwayWithItsSealsIsFoundByTheMachineThatMadeThem() {
        undone(() -> {
            long[] ids = sealed("A");
            long last = sealOf(ids[0]);
            jdbc.sql("delete from audit_entry where seal_id = :last")
                    .param("last", last)
                    .update();
            meddle("delete from audit_seal where id = :id", last);

            assertThat(differences()).containsExactly(new SealDifference(Kind.FORGOTTEN, last, last, last - 1));

            // Not forgotten either by going on.
            sealed("B");
            sealed("C");
            assertThat(differences()).extracting(SealDifference::kind).containsExactly(Kind.FORGOTTEN);
        });
    }

    @Test
    void aSealMadeWhileTheBooksAreComparedAsAtOneMomentIsNoDifference() {
        sealed("A");
        TransactionTemplate moment = new TransactionTemplate(transactions);
        moment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);

        moment.executeWithoutResult(status -> {
            long before = books.lastSeal();
            CompletableFuture.runAsync(() -> sealed("B")).join();

            assertThat(books.lastSeal()).as("what this comparison sees").isEqualTo(before);
            assertThat(anchor.read()).map(SealAnchor.Remembered::id).hasValueSatisfying(id -> assertThat(id)
                    .isGreaterThan(before));
            assertThat(differences()).isEmpty();
        });
    }

    @Test
    void aChainMadeAnewWithoutTheKeyIsFound() {
        undone(() -> {
            long seal = sealOf(sealed("A")[0]);
            meddle("update audit_seal set digest = '" + "0".repeat(64) + "' where id = :id", seal);

            assertThat(differences()).contains(new SealDifference(Kind.CHANGED, seal, 0, 0));
        });
    }

    @Test
    void aSealSpansNoMoreNumbersThanItMay() {
        undone(() -> {
            sealEverything();
            long first = note("A");
            for (int i = 0; i < 6; i++) {
                note("A" + i);
            }

            sealer(Duration.ofMinutes(1), 3).seal();

            assertThat(sealOf(first + 3)).isEqualTo(sealOf(first) + 1);
            assertThat(sealOf(first + 6)).isEqualTo(sealOf(first) + 2);
            assertThat(differences()).isEmpty();
        });
    }

    @Test
    void anEntryCommittedLateIsInTheNextSeal() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch sealed = new CountDownLatch(1);
        CompletableFuture<Long> slow = CompletableFuture.supplyAsync(() -> transaction.execute(status -> {
            long id = note("slow");
            written.countDown();
            await(sealed);
            return id;
        }));
        await(written);
        long quick = note("quick");
        sealEverything();
        sealed.countDown();
        long late = slow.get();
        sealEverything();

        assertThat(late).isLessThan(quick);
        assertThat(sealOf(late)).isGreaterThan(sealOf(quick));
        assertThat(jdbc.sql("select late from audit_seal where id = :id")
                        .param("id", sealOf(late))
                        .query(Integer.class)
                        .single())
                .isPositive();
        assertThat(differences()).isEmpty();
    }

    @Test
    void oneOfAllNodesSeals() throws Exception {
        long id = note("contended");
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch tried = new CountDownLatch(1);
        CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(() -> transaction.execute(status -> {
            boolean mine = rows.takeLock();
            locked.countDown();
            await(tried);
            return mine;
        }));
        await(locked);
        sealEverything();
        Long whileLocked = sealOf(id);
        tried.countDown();

        assertThat(other.get()).isTrue();
        assertThat(whileLocked).isNull();
        sealEverything();
        assertThat(sealOf(id)).isNotNull();
    }

    @Test
    void aSealIsOverWhatIsDocumented() {
        undone(() -> {
            long id = sealed("A")[0];
            Seal seal = rows.last().orElseThrow().seal();
            assertThat(seal.entries()).isPositive();
            String previous = rows.digest(seal.id() - 1).orElse("");
            StringBuilder lines = new StringBuilder("manyi-seal-1\n");
            lines.append(seal.id()).append('\n').append(moment(seal.sealedAt())).append('\n');
            lines.append(seal.entries()).append('\n').append(seal.late()).append('\n');
            lines.append(rows.last().orElseThrow().highestEntry())
                    .append('\n')
                    .append(previous)
                    .append('\n');
            rows.entries(seal.id(), seal.id(), row -> {
                AuditEntry entry = row.entry();
                List<Object> values = new ArrayList<>();
                values.add(entry.id());
                values.add(moment(entry.at()));
                values.add(moment(entry.recordedAt()));
                values.add(entry.actor());
                values.add(entry.objectType());
                values.add(entry.objectKey());
                values.add(entry.event());
                values.add(entry.success());
                values.add(entry.ip());
                values.add(entry.detail());
                lines.append(json.writeValueAsString(values)).append('\n');
            });

            assertThat(sealOf(id)).isEqualTo(seal.id());
            assertThat(java.util.HexFormat.of()
                            .formatHex(key.mac("audit-seal")
                                    .doFinal(lines.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8))))
                    .isEqualTo(seal.digest());
            assertThat(anchor.read().orElseThrow().id()).isEqualTo(seal.id());
        });
    }

    private static String moment(Instant instant) {
        String text = instant.toString();
        String[] parts = text.substring(0, text.length() - 1).split("\\.");
        return parts[0] + "." + (parts.length > 1 ? (parts[1] + "000000").substring(0, 6) : "000000") + "Z";
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
