package org.manyi.spreadsheet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.manyi.evidence.SafeName;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ContentRefusedException;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.ValidationException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Imports from workbooks: received, looked at, checked, confirmed, written, all or nothing. The file that was checked is kept and
 * is the one that is written.
 */
@Service
public class Imports {

    /** With more rows than this an import runs in the background. */
    public static final int BACKGROUND_ROWS = 2_000;

    private static final Duration KEPT = Duration.ofDays(7);
    private static final Duration REVERTIBLE = Duration.ofDays(30);
    private static final int MEGABYTE = 1024 * 1024;

    private final List<ImportKind> kinds;
    private final ImportBatches batches;
    private final ImportReading reading;
    private final ImportRunner runner;
    private final MovableClock clock;
    private final TransactionTemplate transaction;

    Imports(
            List<ImportKind> kinds,
            ImportBatches batches,
            ImportReading reading,
            ImportRunner runner,
            MovableClock clock,
            PlatformTransactionManager transactions) {
        this.kinds =
                kinds.stream().sorted(Comparator.comparing(ImportKind::kind)).toList();
        this.batches = batches;
        this.reading = reading;
        this.runner = runner;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        // A run is seen by other nodes and survives its own failure, so none of its steps waits for a caller's commit.
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** The kinds that the person may import, by name; never null. */
    public List<ImportKind> kindsOf(CurrentUser user) {
        return kinds.stream().filter(kind -> kind.mayImport(user)).toList();
    }

    /**
     * A kind of import.
     *
     * @throws NotFoundException when there is none of this name
     * @throws ForbiddenException when the person may not import it
     */
    public ImportKind kind(String name, CurrentUser user) {
        ImportKind kind = kinds.stream()
                .filter(candidate -> candidate.kind().equals(name))
                .findFirst()
                .orElseThrow(NotFoundException::new);
        if (!kind.mayImport(user)) {
            throw new ForbiddenException("spreadsheet.problem.forbidden");
        }
        return kind;
    }

    /**
     * Takes a file in, guesses what its columns stand for and runs. With up to {@link #BACKGROUND_ROWS} rows it is done when this
     * returns; with more the batch is still running then.
     *
     * @param fileName as sent by the client, made safe here
     * @param bytes read once, refused beyond the limit
     * @return checked, applied, failed with errors, or running
     * @throws ContentRefusedException when it is too large or of another kind
     * @throws ValidationException when it is empty or damaged
     * @throws ConflictException when the same file is applied already; when others changed the same rows at the same time
     */
    public ImportBatch receive(
            String kindName, String fileName, InputStream bytes, ImportBatch.Purpose purpose, CurrentUser user) {
        ImportKind kind = kind(kindName, user);
        byte[] content = limited(bytes);
        String sha256 = FileHash.of(content);
        if (batches.applied(kindName, sha256).isPresent()) {
            throw ConflictException.of(ConflictException.Reason.DUPLICATE_FILE);
        }
        String name = SafeName.of(fileName);
        Map<String, String> choices = batches.lastChosen(kindName, user.username())
                .map(Mapping::choices)
                .orElse(Map.of());
        Survey survey = reading.survey(name, content, kind, choices);
        if (survey.rows() > reading.limits().rows()) {
            throw LimitedVisitor.tooManyRows(reading.limits());
        }
        ImportBatch batch = new ImportBatch(
                UUID.randomUUID(),
                kindName,
                name,
                sha256,
                content.length,
                user.username(),
                clock.instant(),
                ImportBatch.Status.RUNNING,
                purpose,
                ImportBatch.Stage.WAITING,
                UUID.randomUUID(),
                new ImportBatch.Rows(survey.rows(), 0, 0, 0),
                List.of(),
                0,
                null,
                survey.mapping(),
                true,
                null,
                null,
                false,
                null,
                null);
        transaction.executeWithoutResult(status -> batches.insert(batch, runner.lease(), content));
        return run(batch, survey.rows(), kind, user);
    }

    /**
     * Checks a batch again with the columns that a person chose. Choosing what was guessed changes nothing but that it is
     * remembered.
     *
     * @param chosen as {@link Mapping#choose}
     * @throws NotFoundException when there is no such batch, or it is not the person's to see
     * @throws ConflictException when it is being applied, or was, or its file is no longer kept
     * @throws ValidationException when two columns of a sheet stand for the same field; {@code field} is the second column
     */
    public ImportBatch map(UUID id, Map<String, String> chosen, CurrentUser user) {
        ImportBatch batch = find(id, user);
        ImportKind kind = kind(batch.kind(), user);
        if (!batch.kept()) {
            throw new ConflictException(ConflictException.Reason.NOT_ACTIVE, "spreadsheet.problem.notKept");
        }
        Mapping mapping = batch.mapping().choose(chosen, fields(kind));
        refuseDoubled(mapping, kind);
        if (mapping.equals(batch.mapping()) && batch.failure() == null) {
            transaction.executeWithoutResult(status -> batches.keepMapping(id));
            return batch;
        }
        boolean started = Boolean.TRUE.equals(
                transaction.execute(status -> batches.startChecking(id, mapping, UUID.randomUUID(), runner.lease())));
        if (!started) {
            throw ConflictException.of(ConflictException.Reason.NOT_ACTIVE);
        }
        return run(find(id, user), batch.rows().read(), kind, user);
    }

    /**
     * Writes the rows of a checked batch.
     *
     * @param seen the run whose result the person saw
     * @throws NotFoundException when there is no such batch, or it is not the person's to see
     * @throws ConflictException when it was applied already, is not sound, or was checked again since the person saw it
     */
    public ImportBatch confirm(UUID id, UUID seen, CurrentUser user) {
        ImportBatch batch = find(id, user);
        ImportKind kind = kind(batch.kind(), user);
        if (!batch.isReady()) {
            throw ConflictException.of(ConflictException.Reason.NOT_ACTIVE);
        }
        if (batches.applied(batch.kind(), batch.sha256()).isPresent()) {
            throw ConflictException.of(ConflictException.Reason.DUPLICATE_FILE);
        }
        boolean started = Boolean.TRUE.equals(
                transaction.execute(status -> batches.startApplying(id, seen, UUID.randomUUID(), runner.lease())));
        if (!started) {
            throw ConflictException.of(ConflictException.Reason.STALE_VERSION);
        }
        return run(find(id, user), batch.rows().read(), kind, user);
    }

    /**
     * Takes an applied batch back, within thirty days: what it made and nobody used since goes, what it changed becomes what it was
     * before. What was used or changed since stays and is among the batch's errors.
     *
     * @throws NotFoundException when there is no such batch, or it is not the person's to see
     * @throws ConflictException when it is not applied, or too old
     */
    public ImportBatch revert(UUID id, CurrentUser user) {
        ImportBatch batch = find(id, user);
        ImportKind kind = kind(batch.kind(), user);
        boolean started = Boolean.TRUE.equals(
                transaction.execute(status -> batches.startReverting(id, UUID.randomUUID(), runner.lease())));
        if (!started) {
            throw new ConflictException(ConflictException.Reason.NOT_ACTIVE, "spreadsheet.problem.notRevertible");
        }
        return run(find(id, user), batch.rows().read(), kind, user);
    }

    /**
     * A batch with its mapping.
     *
     * @throws NotFoundException when there is none, or the person may not import its kind
     */
    public ImportBatch find(UUID id, CurrentUser user) {
        return batches.find(id)
                .filter(batch ->
                        kindsOf(user).stream().anyMatch(kind -> kind.kind().equals(batch.kind())))
                .orElseThrow(NotFoundException::new);
    }

    /** The latest batches of the kinds that the person may import, latest first, without their mappings; at most 50. */
    public List<ImportBatch> latest(CurrentUser user) {
        return batches.latest(kindsOf(user).stream().map(ImportKind::kind).toList());
    }

    /**
     * The first errors of a batch in the file's order.
     *
     * @param limit at most {@link ImportBatch#ERRORS_KEPT} are there
     * @throws NotFoundException as {@link #find}
     */
    public List<ImportProblem> errors(UUID id, int limit, CurrentUser user) {
        return batches.errors(find(id, user).id(), limit);
    }

    private ImportBatch run(ImportBatch batch, int rows, ImportKind kind, CurrentUser user) {
        if (rows > BACKGROUND_ROWS) {
            runner.runInBackground(batch, kind, user);
        } else {
            runner.run(batch, kind, user);
        }
        return find(batch.id(), user);
    }

    /** The names of the kind's fields. */
    static Set<String> fields(ImportKind kind) {
        return kind.columns().stream().map(ImportKind.Column::field).collect(Collectors.toSet());
    }

    /**
     * Insists that no two columns of a sheet stand for the same field.
     *
     * @throws ValidationException with the second column as the field
     */
    static void refuseDoubled(Mapping mapping, ImportKind kind) {
        Map<String, String> titles =
                kind.columns().stream().collect(Collectors.toMap(ImportKind.Column::field, ImportKind.Column::title));
        List<FieldProblem> problems = mapping.doubled().entrySet().stream()
                .map(column -> FieldProblem.of(
                        column.getKey(), "doubled", "spreadsheet.problem.doubled", titles.get(column.getValue())))
                .toList();
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
    }

    private byte[] limited(InputStream bytes) {
        long limit = reading.limits().fileBytes();
        try {
            byte[] content = bytes.readNBytes((int) limit + 1);
            if (content.length > limit) {
                throw ContentRefusedException.tooLarge("spreadsheet.file.tooLarge", limit / MEGABYTE);
            }
            return content;
        } catch (IOException e) {
            throw new UncheckedIOException("The upload broke off", e);
        }
    }

    @Scheduled(fixedDelay = 60, initialDelay = 5, timeUnit = TimeUnit.MINUTES)
    void expire() {
        transaction.executeWithoutResult(status -> {
            batches.expire(clock.instant().minus(KEPT));
            batches.forgetChanges(clock.instant().minus(REVERTIBLE));
        });
    }
}
