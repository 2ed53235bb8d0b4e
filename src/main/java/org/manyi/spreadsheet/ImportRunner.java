package org.manyi.spreadsheet;

import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.poi.ss.util.CellReference;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ConflictException;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ProblemException;
import org.manyi.shared.ValidationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs checks and applications of batches. A run holds a lease that its node renews; when the node dies the lease ends and the
 * batch is given up, and a run that wakes up late finds that it is no longer the batch's run and writes nothing.
 */
@Component
class ImportRunner {

    private static final Logger log = LoggerFactory.getLogger(ImportRunner.class);
    private static final int LONGEST_TRANSACTION_SECONDS = 600;
    private static final int SECONDS_TO_END = 15;

    private final ImportBatches batches;
    private final ImportReading reading;
    private final MovableClock clock;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final TransactionTemplate longTransaction;
    private final Duration lease;
    private final Set<UUID> active = ConcurrentHashMap.newKeySet();
    private final ExecutorService background = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "imports");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * A runner.
     *
     * @param lease how long a run is believed to live after its node was heard of last; several times the pause between two renewals,
     *     {@code manyi.imports.lease-renewal}
     */
    ImportRunner(
            ImportBatches batches,
            ImportReading reading,
            MovableClock clock,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions,
            @Value("${manyi.imports.lease:PT60S}") Duration lease) {
        this.lease = lease;
        this.batches = batches;
        this.reading = reading;
        this.clock = clock;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.longTransaction = new TransactionTemplate(transactions);
        this.longTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.longTransaction.setTimeout(LONGEST_TRANSACTION_SECONDS);
    }

    /** Until when a run that begins now is believed to live, by the machines' clocks. */
    Instant lease() {
        return clock.system().instant().plus(lease);
    }

    /**
     * Runs now, in this thread.
     *
     * @param batch running, with its mapping
     * @throws ProblemException when it broke off for a reason that the person can do something about
     */
    void run(ImportBatch batch, ImportKind kind, CurrentUser user) {
        active.add(batch.run());
        try {
            execute(batch, kind, user);
        } finally {
            active.remove(batch.run());
        }
    }

    /** Runs when its turn comes, one after another. */
    void runInBackground(ImportBatch batch, ImportKind kind, CurrentUser user) {
        active.add(batch.run());
        background.execute(() -> {
            try {
                execute(batch, kind, user);
            } catch (RuntimeException e) {
                log.info("Import {} broke off: {}", batch.id(), e.getMessage());
            } finally {
                active.remove(batch.run());
            }
        });
    }

    private void execute(ImportBatch batch, ImportKind kind, CurrentUser user) {
        try {
            if (batch.purpose() == ImportBatch.Purpose.REVERT) {
                revert(batch, kind, user);
                return;
            }
            stage(batch, ImportBatch.Stage.READING);
            byte[] content = batches.content(batch.id())
                    .orElseThrow(() -> ConflictException.of(ConflictException.Reason.NOT_ACTIVE));
            if (!FileHash.of(content).equals(batch.sha256())) {
                throw new IllegalStateException(
                        "The kept file of import " + batch.id() + " is not the one that was checked");
            }
            RowReader rows = reading.rows(batch.fileName(), content, kind, batch.mapping());
            stage(batch, ImportBatch.Stage.CHECKING);
            if (batch.purpose() == ImportBatch.Purpose.APPLY) {
                apply(batch, kind, rows, user);
            } else {
                ImportBatches.Result result = check(kind, rows, batch.mapping());
                transaction.executeWithoutResult(status -> finish(batch, result));
            }
        } catch (GivenUpException e) {
            log.info("Import {} was given up for another run", batch.id());
        } catch (ValidationException e) {
            List<ImportProblem> errors = e.fields().stream()
                    .map(field -> ImportProblem.of(
                            null,
                            null,
                            null,
                            field.field(),
                            field.code(),
                            field.messageKey(),
                            field.args().toArray()))
                    .toList();
            ImportBatches.Result refused = new ImportBatches.Result(batch.rows(), List.of(), errors.size(), errors);
            transaction.executeWithoutResult(
                    status -> batches.finishChecking(batch.id(), batch.run(), ImportBatch.Status.FAILED, refused));
        } catch (ProblemException e) {
            fail(batch, e.messageKey(), e.args());
            throw e;
        } catch (DataIntegrityViolationException e) {
            log.warn("Import {} met others' changes", batch.id(), e);
            ProblemException conflict = conflict(batch);
            fail(batch, conflict.messageKey(), conflict.args());
            throw conflict;
        } catch (RuntimeException e) {
            log.error("Import {} failed", batch.id(), e);
            fail(batch, "spreadsheet.failure.internal");
            throw e;
        }
    }

    /**
     * Checks and writes in one transaction: what was checked is what is written. What others would wait for is set aside before, so it is
     * checked before as well.
     */
    private void apply(ImportBatch batch, ImportKind kind, RowReader rows, CurrentUser user) {
        if (!kind.setsAside(rows.rows().size())) {
            write(batch, kind, rows, user);
            return;
        }
        ImportBatches.Result result = check(kind, rows, batch.mapping());
        if (result.errorCount() > 0) {
            transaction.executeWithoutResult(status -> finish(batch, result));
            return;
        }
        String id = batch.id().toString();
        transaction.executeWithoutResult(status -> kind.setAside(rows.rows().size(), user, id));
        boolean written = false;
        try {
            written = write(batch, kind, rows, user);
        } finally {
            if (!written) {
                transaction.executeWithoutResult(status -> kind.giveBack(id));
            }
        }
    }

    /** Whether the rows were sound and are written. */
    private boolean write(ImportBatch batch, ImportKind kind, RowReader rows, CurrentUser user) {
        return Boolean.TRUE.equals(longTransaction.execute(status -> {
            ImportBatches.Result result = check(kind, rows, batch.mapping());
            if (result.errorCount() > 0) {
                finish(batch, result);
                return false;
            }
            stage(batch, ImportBatch.Stage.WRITING);
            List<ImportKind.Change> changes =
                    kind.apply(rows.rows(), user, batch.id().toString());
            finish(batch, result);
            Instant at = clock.instant();
            batches.finishApplying(batch.id(), batch.run(), batch.kind(), batch.sha256(), at, user.username(), changes);
            events.publishEvent(new ImportApplied(
                    at,
                    user.username(),
                    batch.id().toString(),
                    batch.kind(),
                    batch.sha256(),
                    rows.rows().size()));
            return true;
        }));
    }

    private void revert(ImportBatch batch, ImportKind kind, CurrentUser user) {
        stage(batch, ImportBatch.Stage.WRITING);
        Map<String, Map<String, String>> letters = letters(batch.mapping());
        longTransaction.executeWithoutResult(status -> {
            List<ImportKind.Change> changes = batches.changes(batch.id());
            List<ImportProblem> kept = kind.revert(changes).stream()
                    .map(one -> new ImportProblem(
                            one.change().sheet(),
                            one.change().row(),
                            letters.getOrDefault(one.change().sheet(), Map.of())
                                    .get(one.reason().field()),
                            one.reason().field(),
                            one.reason().code(),
                            one.reason().messageKey(),
                            one.reason().args()))
                    .sorted(Comparator.comparing(ImportProblem::row))
                    .toList();
            Instant at = clock.instant();
            if (!batches.finishReverting(batch.id(), batch.run(), at, user.username(), kept)) {
                throw new GivenUpException();
            }
            events.publishEvent(new ImportReverted(
                    at,
                    user.username(),
                    batch.id().toString(),
                    batch.kind(),
                    batch.sha256(),
                    changes.size() - kept.size(),
                    kept.size()));
        });
    }

    /** The letters of each sheet's columns by field. */
    private static Map<String, Map<String, String>> letters(Mapping mapping) {
        Map<String, Map<String, String>> letters = new HashMap<>();
        mapping.sheets().forEach(sheet -> letters.put(sheet.name(), sheet.letters()));
        return letters;
    }

    private void finish(ImportBatch batch, ImportBatches.Result result) {
        ImportBatch.Status end = result.errorCount() == 0 ? ImportBatch.Status.CHECKED : ImportBatch.Status.FAILED;
        if (!batches.finishChecking(batch.id(), batch.run(), end, result)) {
            throw new GivenUpException();
        }
    }

    private ImportBatches.Result check(ImportKind kind, RowReader rows, Mapping mapping) {
        List<ImportProblem> errors = new ArrayList<>(rows.problems());
        if (!rows.lacksColumns()) {
            Map<String, Map<String, String>> letters = letters(mapping);
            kind.check(rows.soundRows()).forEach(problem -> errors.add(located(problem, letters)));
            if (errors.isEmpty() && rows.rows().isEmpty()) {
                errors.add(ImportProblem.of(null, null, null, null, "noRows", "spreadsheet.problem.noRows"));
            }
        }
        List<String> sheets = mapping.sheets().stream().map(Mapping.Sheet::name).toList();
        errors.sort(Comparator.comparingInt((ImportProblem error) -> sheets.indexOf(error.sheet()))
                .thenComparingInt(error -> error.row() == null ? 0 : error.row())
                .thenComparingInt(
                        error -> error.column() == null ? -1 : CellReference.convertColStringToIndex(error.column())));
        Set<String> invalid = new HashSet<>();
        errors.stream()
                .filter(error -> error.row() != null)
                .forEach(error -> invalid.add(error.sheet() + "\n" + error.row()));
        int all = rows.rows().size();
        int bad = rows.lacksColumns() ? all : invalid.size();
        return new ImportBatches.Result(
                new ImportBatch.Rows(all + rows.skipped(), all - bad, bad, rows.skipped()),
                rows.skippedRows(),
                errors.size(),
                errors.stream().limit(ImportBatch.ERRORS_KEPT).toList());
    }

    private static ImportProblem located(ImportKind.RowProblem found, Map<String, Map<String, String>> letters) {
        FieldProblem problem = found.problem();
        ImportKind.Row row = found.row();
        return new ImportProblem(
                row.sheet(),
                row.number(),
                letters.getOrDefault(row.sheet(), Map.of()).get(problem.field()),
                problem.field(),
                problem.code(),
                problem.messageKey(),
                problem.args());
    }

    private void stage(ImportBatch batch, ImportBatch.Stage stage) {
        transaction.executeWithoutResult(status -> batches.stage(batch.id(), batch.run(), stage));
    }

    private void fail(ImportBatch batch, String messageKey, Object... args) {
        transaction.executeWithoutResult(
                status -> batches.fail(batch.id(), batch.run(), new ImportBatch.Failure(messageKey, List.of(args))));
    }

    /** Whether the same file was applied meanwhile, or only some row was written by somebody else. */
    private ProblemException conflict(ImportBatch batch) {
        return batches.applied(batch.kind(), batch.sha256()).isPresent()
                ? ConflictException.of(ConflictException.Reason.DUPLICATE_FILE)
                : new ConflictException(ConflictException.Reason.STALE_VERSION, "spreadsheet.failure.conflict");
    }

    /** Another run took the batch over; this one must leave no trace. */
    private static final class GivenUpException extends RuntimeException {}

    @Scheduled(fixedDelayString = "${manyi.imports.lease-renewal:PT15S}")
    void keepLeases() {
        List<UUID> running = List.copyOf(active);
        transaction.executeWithoutResult(status -> {
            if (!running.isEmpty()) {
                batches.renewLeases(running, lease());
            }
            int abandoned = batches.failAbandoned(clock.system().instant());
            if (abandoned > 0) {
                log.warn("{} imports of a node that is gone were given up; nothing of them was written", abandoned);
            }
        });
    }

    @PreDestroy
    void stop() throws InterruptedException {
        background.shutdown();
        if (!background.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
            background.shutdownNow();
        }
    }
}
