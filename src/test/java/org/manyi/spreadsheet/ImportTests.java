package org.manyi.spreadsheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.manyi.spreadsheet.Books.row;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.TestClient;
import org.manyi.TestClient.Answer;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ConflictException;
import org.manyi.shared.ContentRefusedException;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;

/** From an uploaded file to written rows, or to none. Every test has names of its own, for what is written stays. */
@ManyiTest
@Tag("database")
@RecordApplicationEvents
class ImportTests {

    @Autowired
    private Imports imports;

    @Autowired
    private ImportBatches batches;

    @Autowired
    private ImportRunner runner;

    @Autowired
    private CounterImport counters;

    @Autowired
    private CurrentUsers users;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MovableClock clock;

    @Autowired
    private ApplicationEvents events;

    @Autowired
    private TestClient client;

    @AfterEach
    void nobodyWaits() {
        counters.meet(0);
    }

    @Test
    void aSoundWorkbookIsWrittenInOneStepByApi() {
        byte[] book = book("one-step", row("one-step-a", 1), row("one-step-b", 2), row("合计", 3));

        Answer answer = client.as("sysadmin").upload("/api/v1/imports/counters", "名册.xlsx", book);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/status")).isEqualTo("applied");
        assertThat(answer.text("/sha256")).isEqualTo(FileHash.of(book));
        assertThat(answer.json().at("/rows").toString())
                .isEqualTo("{\"read\":3,\"valid\":2,\"invalid\":0,\"skipped\":1}");
        assertThat(answer.json().at("/errors").isEmpty()).isTrue();
        assertThat(answer.json().at("/truncated").asBoolean()).isFalse();
        assertThat(written("one-step")).isEqualTo(2);
        assertThat(client.as("sysadmin")
                        .get("/api/v1/imports/" + answer.text("/batchId"))
                        .text("/status"))
                .isEqualTo("applied");
    }

    @Test
    void aDryRunWritesNothingAndTheConfirmedBatchIsTheFileThatWasChecked() {
        Answer checked = client.as("sysadmin")
                .upload("/api/v1/imports/counters?dryRun=true", "名册.xlsx", book("dry", row("dry-a", 1)));
        assertThat(checked.status()).isEqualTo(200);
        assertThat(checked.text("/status")).isEqualTo("checked");
        assertThat(written("dry")).isZero();

        ImportBatch batch = imports.find(UUID.fromString(checked.text("/batchId")), sysadmin());
        ImportBatch applied = imports.confirm(batch.id(), batch.run(), sysadmin());

        assertThat(applied.status()).isEqualTo(ImportBatch.Status.APPLIED);
        assertThat(applied.appliedBy()).isEqualTo("sysadmin");
        assertThat(applied.kept()).isFalse();
        assertThat(written("dry")).isEqualTo(1);
        assertThat(events.stream(ImportApplied.class)).singleElement().satisfies(event -> {
            assertThat(event.caseNumber()).isEqualTo(batch.id().toString());
            assertThat(event.actor()).isEqualTo("sysadmin");
            assertThat(event.objectType()).isEqualTo("import");
            assertThat(event.detail()).containsEntry("rows", 1).containsEntry("sha256", batch.sha256());
        });
    }

    @Test
    void oneInvalidRowAndNothingIsWritten() {
        byte[] book = book("invalid", row("invalid-a", 1), row("invalid-b", "x"), row(null, 3), row("invalid-a", 4));

        Answer answer = client.as("sysadmin").upload("/api/v1/imports/counters", "名册.xlsx", book);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.headers().getContentType()).hasToString("application/problem+json");
        assertThat(answer.text("/code")).isEqualTo("validation");
        assertThat(answer.json().at("/rows").toString())
                .isEqualTo("{\"read\":4,\"valid\":1,\"invalid\":3,\"skipped\":0}");
        assertThat(answer.json().at("/errors/0").toString())
                .startsWith(
                        "{\"sheet\":\"名册\",\"row\":4,\"column\":\"B\",\"field\":\"n\",\"code\":\"number\",\"message\":");
        assertThat(answer.text("/errors/1/code")).isEqualTo("required");
        assertThat(answer.text("/errors/1/column")).isEqualTo("A");
        assertThat(answer.text("/errors/2/row")).isEqualTo("6");
        assertThat(written("invalid")).isZero();
        assertThat(client.as("sysadmin")
                        .get("/api/v1/imports/" + answer.text("/batchId"))
                        .text("/status"))
                .isEqualTo("failed");
    }

    @Test
    void moreThanTwoHundredErrorsAreCutAndSaySo() {
        Object[][] rows = new Object[250][];
        for (int number = 0; number < rows.length; number++) {
            rows[number] = row("cut-" + number, "x");
        }

        Answer answer = client.as("sysadmin").upload("/api/v1/imports/counters", "名册.xlsx", book("cut", rows));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.json().at("/errors").size()).isEqualTo(200);
        assertThat(answer.json().at("/truncated").asBoolean()).isTrue();
        assertThat(imports.errors(UUID.fromString(answer.text("/batchId")), 2_000, sysadmin()))
                .hasSize(250);
    }

    @Test
    void theSameFileIsRefusedTheSecondTimeUnderAnyName() {
        byte[] book = book("twice", row("twice-a", 1));
        client.as("sysadmin").upload("/api/v1/imports/counters", "名册.xlsx", book);

        for (String path : List.of("/api/v1/imports/counters", "/api/v1/imports/counters?dryRun=true")) {
            Answer again = client.as("sysadmin").upload(path, "新名册.xlsx", book);

            assertThat(again.status()).isEqualTo(409);
            assertThat(again.text("/code")).isEqualTo("duplicate-file");
        }
        assertThat(written("twice")).isEqualTo(1);
    }

    @Test
    void aFileThatFailedMayBeUploadedAgain() {
        byte[] book = book("again", row("again-a", "x"));
        client.as("sysadmin").upload("/api/v1/imports/counters", "名册.xlsx", book);

        assertThat(client.as("sysadmin")
                        .upload("/api/v1/imports/counters", "名册.xlsx", book)
                        .status())
                .isEqualTo(422);
    }

    @Test
    void whoMayNotImportIsToldSoAndSeesNoBatchOfOthers() {
        byte[] book = book("others", row("others-a", 1));
        String batchId = client.as("sysadmin")
                .upload("/api/v1/imports/counters?dryRun=true", "名册.xlsx", book)
                .text("/batchId");

        assertThat(client.as("secadmin")
                        .upload("/api/v1/imports/counters", "名册.xlsx", book)
                        .status())
                .isEqualTo(403);
        assertThat(client.as("secadmin").get("/api/v1/imports/" + batchId).status())
                .isEqualTo(404);
        assertThat(client.as("sysadmin").get("/api/v1/imports/nonsense").status())
                .isEqualTo(404);
        assertThat(client.as("sysadmin")
                        .upload("/api/v1/imports/nothing", "名册.xlsx", book)
                        .status())
                .isEqualTo(404);
        assertThat(client.anonymous()
                        .upload("/api/v1/imports/counters", "名册.xlsx", book)
                        .status())
                .isEqualTo(401);
        assertThatThrownBy(() -> imports.find(UUID.fromString(batchId), user("principal001")))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> receive(book, ImportBatch.Purpose.CHECK, user("chair")))
                .isInstanceOf(ForbiddenException.class);
    }

    @Test
    void aBatchIsTakenBackAndItsFileMayBeImportedAgain() {
        byte[] book = book("back", row("back-a", 1), row("back-b", 2), row("back-c", 3));
        String id = client.as("sysadmin")
                .upload("/api/v1/imports/counters", "名册.xlsx", book)
                .text("/batchId");
        jdbc.sql("update counter set n = 9 where series = 'back-b'").update();

        Answer reverted = client.as("sysadmin").delete("/api/v1/imports/" + id);

        assertThat(reverted.status()).isEqualTo(200);
        assertThat(reverted.text("/status")).isEqualTo("reverted");
        assertThat(reverted.json().at("/errors"))
                .extracting(error -> error.at("/row").asInt(), error -> error.at("/code")
                        .asString())
                .containsExactly(tuple(4, "kept"));
        assertThat(written("back")).isEqualTo(1);
        assertThat(client.as("sysadmin").delete("/api/v1/imports/" + id).text("/code"))
                .isEqualTo("not-active");
        jdbc.sql("delete from counter where series = 'back-b'").update();
        assertThat(client.as("sysadmin")
                        .upload("/api/v1/imports/counters", "名册.xlsx", book)
                        .text("/status"))
                .isEqualTo("applied");
    }

    @Test
    void whenTakingBackFailsInTheMiddleNothingIsTakenBack() {
        ImportBatch batch = receive(
                book("half", row("half-a", 1), row("half" + CounterImport.BREAKS_BACKWARDS, 2)),
                ImportBatch.Purpose.APPLY,
                sysadmin());

        assertThat(catchThrowable(() -> imports.revert(batch.id(), sysadmin())))
                .isInstanceOf(IllegalStateException.class);

        ImportBatch still = imports.find(batch.id(), sysadmin());
        assertThat(still.status()).isEqualTo(ImportBatch.Status.APPLIED);
        assertThat(still.failure().messageKey()).isEqualTo("spreadsheet.failure.internal");
        assertThat(still.isRevertibleNow()).isTrue();
        assertThat(written("half")).isEqualTo(2);
    }

    @Test
    void takingBackIsAnEventOfItsOwn() {
        ImportBatch batch =
                receive(book("told", row("told-a", 1), row("told-b", 2)), ImportBatch.Purpose.APPLY, sysadmin());

        ImportBatch reverted = imports.revert(batch.id(), sysadmin());

        assertThat(reverted.revertedBy()).isEqualTo("sysadmin");
        assertThat(events.stream(ImportReverted.class)).singleElement().satisfies(event -> {
            assertThat(event.caseNumber()).isEqualTo(batch.id().toString());
            assertThat(event.reverted()).isEqualTo(2);
            assertThat(event.kept()).isZero();
        });
    }

    @Test
    void whoMayNotImportMayNotTakeBack() {
        ImportBatch batch = receive(book("others", row("others-a", 1)), ImportBatch.Purpose.APPLY, sysadmin());

        assertThat(client.as("jijiao").delete("/api/v1/imports/" + batch.id()).status())
                .isEqualTo(404);
        assertThat(written("others")).isEqualTo(1);
    }

    @Test
    void whatIsNoWorkbookIsRefusedBeforeAnythingIsKept() {
        long before =
                jdbc.sql("select count(*) from import_batch").query(Long.class).single();

        Answer html = client.as("sysadmin")
                .upload("/api/v1/imports/counters", "名册.xlsx", "<html></html>".getBytes(StandardCharsets.UTF_8));
        Answer large = client.as("sysadmin").upload("/api/v1/imports/counters", "名册.xlsx", new byte[6_000_000]);
        Answer empty = client.as("sysadmin").upload("/api/v1/imports/counters", "名册.xlsx", new byte[0]);

        assertThat(html.status()).isEqualTo(415);
        assertThat(html.text("/detail")).contains("网页");
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.text("/detail")).contains("5 MB");
        assertThat(empty.status()).isEqualTo(422);
        assertThat(jdbc.sql("select count(*) from import_batch")
                        .query(Long.class)
                        .single())
                .isEqualTo(before);
    }

    @Test
    void whenWritingFailsInTheMiddleNothingIsWrittenAndTheFileMayBeTriedAgain() {
        byte[] book = book("middle", row("middle-a", 1), row(CounterImport.BREAKS, 2));

        assertThatThrownBy(() -> receive(book, ImportBatch.Purpose.APPLY, sysadmin()))
                .hasMessage("Broken on purpose");

        assertThat(written("middle")).isZero();
        ImportBatch failed = imports.latest(sysadmin()).get(0);
        assertThat(failed.status()).isEqualTo(ImportBatch.Status.FAILED);
        assertThat(failed.failure().messageKey()).isEqualTo("spreadsheet.failure.internal");
        assertThat(failed.kept()).isTrue();
        assertThat(events.stream(ImportApplied.class)).isEmpty();
    }

    @Test
    void rowsThatSomebodyElseWroteMeanwhileAreAConflictAndNothingIsWritten() {
        ImportBatch batch = receive(
                book("meanwhile", row("meanwhile-a", 1), row("meanwhile-b", 2)), ImportBatch.Purpose.CHECK, sysadmin());
        jdbc.sql("insert into counter (series, n) values ('meanwhile-b', 9)").update();

        assertThatThrownBy(() -> imports.confirm(batch.id(), batch.run(), sysadmin()))
                .isInstanceOf(ConflictException.class)
                .extracting(e -> ((ConflictException) e).messageKey())
                .isEqualTo("spreadsheet.failure.conflict");

        assertThat(written("meanwhile")).isEqualTo(1);
        assertThat(imports.find(batch.id(), sysadmin()).status()).isEqualTo(ImportBatch.Status.FAILED);
    }

    @Test
    void twoConfirmationsAtOnceWriteOnce() throws Exception {
        ImportBatch batch = receive(book("both", row("both-a", 1)), ImportBatch.Purpose.CHECK, sysadmin());

        List<Throwable> refused = atOnce(
                () -> imports.confirm(batch.id(), batch.run(), sysadmin()),
                () -> imports.confirm(batch.id(), batch.run(), sysadmin()));

        assertThat(refused).singleElement().isInstanceOf(ConflictException.class);
        assertThat(written("both")).isEqualTo(1);
        assertThat(imports.find(batch.id(), sysadmin()).status()).isEqualTo(ImportBatch.Status.APPLIED);
    }

    @Test
    void theSameFileInTwoBatchesAtOnceIsWrittenOnce() throws Exception {
        byte[] book = book("race", row("race-a", 1));
        ImportBatch one = receive(book, ImportBatch.Purpose.CHECK, sysadmin());
        ImportBatch other = receive(book, ImportBatch.Purpose.CHECK, sysadmin());
        counters.meet(2);

        List<Throwable> refused = atOnce(
                () -> imports.confirm(one.id(), one.run(), sysadmin()),
                () -> imports.confirm(other.id(), other.run(), sysadmin()));

        assertThat(refused).singleElement().isInstanceOf(ConflictException.class);
        assertThat(written("race")).isEqualTo(1);
        assertThat(List.of(imports.find(one.id(), sysadmin()), imports.find(other.id(), sysadmin())))
                .extracting(ImportBatch::status)
                .containsExactlyInAnyOrder(ImportBatch.Status.APPLIED, ImportBatch.Status.FAILED);
    }

    /** Whatever the rows are: a kind of import whose rows may come twice relies on it alone. */
    @Test
    void theDatabaseItselfKeepsTwoBatchesOfOneFileFromBeingWritten() {
        byte[] book = book("itself", row("itself-a", 1));
        ImportBatch one = receive(book, ImportBatch.Purpose.CHECK, sysadmin());
        ImportBatch other = receive(book, ImportBatch.Purpose.CHECK, sysadmin());
        imports.confirm(one.id(), one.run(), sysadmin());

        assertThatThrownBy(() -> batches.finishApplying(
                        other.id(), other.run(), other.kind(), other.sha256(), clock.instant(), "sysadmin", List.of()))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void afterOneBatchOfAFileIsWrittenItsOtherBatchIsADuplicate() {
        byte[] book = book("other", row("other-a", 1));
        ImportBatch one = receive(book, ImportBatch.Purpose.CHECK, sysadmin());
        ImportBatch other = receive(book, ImportBatch.Purpose.CHECK, sysadmin());
        imports.confirm(one.id(), one.run(), sysadmin());

        assertThatThrownBy(() -> imports.confirm(other.id(), other.run(), sysadmin()))
                .isInstanceOf(ConflictException.class)
                .extracting(e -> ((ConflictException) e).code())
                .isEqualTo("duplicate-file");
    }

    @Test
    void aBatchThatWasCheckedAgainSinceCannotBeConfirmedUnseen() {
        ImportBatch seen = receive(
                Books.xlsx(row("Series", "Value", "Other"), row("unseen-a", 1, 2)),
                ImportBatch.Purpose.CHECK,
                sysadmin());
        ImportBatch now = imports.map(seen.id(), Map.of("0.A", "series", "0.C", "n"), sysadmin());
        assertThat(now.run()).isNotEqualTo(seen.run());

        assertThatThrownBy(() -> imports.confirm(seen.id(), seen.run(), sysadmin()))
                .isInstanceOf(ConflictException.class)
                .extracting(e -> ((ConflictException) e).code())
                .isEqualTo("stale-version");
        imports.confirm(now.id(), now.run(), sysadmin());

        assertThat(value("unseen-a")).isEqualTo(2);
    }

    @Test
    void aBatchWithErrorsCannotBeConfirmed() {
        ImportBatch failed = receive(book("errors", row("errors-a", "x")), ImportBatch.Purpose.CHECK, sysadmin());

        assertThatThrownBy(() -> imports.confirm(failed.id(), failed.run(), sysadmin()))
                .isInstanceOf(ConflictException.class)
                .extracting(e -> ((ConflictException) e).code())
                .isEqualTo("not-active");
    }

    @Test
    void whatAPersonChoseForAColumnIsRememberedForTheNextFile() {
        ImportBatch first =
                receive(Books.xlsx(row("所属", "数量"), row("chosen-a", 1)), ImportBatch.Purpose.CHECK, sysadmin());
        assertThat(first.status()).isEqualTo(ImportBatch.Status.FAILED);
        assertThat(imports.errors(first.id(), 10, sysadmin()))
                .extracting(ImportProblem::code, ImportProblem::field)
                .containsExactly(tuple("missingColumn", "series"), tuple("missingColumn", "n"));

        ImportBatch mapped = imports.map(first.id(), Map.of("0.A", "series", "0.B", "n"), sysadmin());
        assertThat(mapped.status()).isEqualTo(ImportBatch.Status.CHECKED);
        assertThat(imports.errors(first.id(), 10, sysadmin())).isEmpty();

        ImportBatch next =
                receive(Books.xlsx(row(" 数 量", "所属"), row(2, "chosen-b")), ImportBatch.Purpose.CHECK, sysadmin());
        assertThat(next.status()).isEqualTo(ImportBatch.Status.CHECKED);
        assertThat(next.mapping().sheets().get(0).columns())
                .extracting(Mapping.Found::field)
                .containsExactly("n", "series");
    }

    @Test
    void aFieldCannotStandInTwoColumns() {
        ImportBatch batch = receive(book("doubled", row("doubled-a", 1)), ImportBatch.Purpose.CHECK, sysadmin());

        assertThatThrownBy(() -> imports.map(batch.id(), Map.of("0.A", "n", "0.B", "n"), sysadmin()))
                .isInstanceOf(ValidationException.class)
                .extracting(e -> ((ValidationException) e).fields().get(0).field())
                .isEqualTo("0.B");
        assertThat(imports.find(batch.id(), sysadmin()).run()).isEqualTo(batch.run());
    }

    @Test
    void manyRowsAreWrittenInTheBackground() {
        Object[][] rows = new Object[2_500][];
        for (int number = 0; number < rows.length; number++) {
            rows[number] = row("many-" + number, number);
        }
        byte[] book = book("many", rows);

        Answer answer = client.as("sysadmin").upload("/api/v1/imports/counters", "名册.xlsx", book);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().at("/rows/read").asInt()).isEqualTo(2_500);
        String path = answer.headers().getLocation().getPath();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !client.as("sysadmin").get(path).text("/status").equals("running"));
        Answer after = client.as("sysadmin").get(path);
        assertThat(after.text("/status")).isEqualTo("applied");
        assertThat(after.json().at("/rows/valid").asInt()).isEqualTo(2_500);
        assertThat(written("many")).isEqualTo(2_500);
    }

    @Test
    void moreRowsThanAnImportMayHaveAreRefusedAtOnce() {
        StringBuilder csv = new StringBuilder("Series,Value\n");
        for (int number = 0; number < 20_001; number++) {
            csv.append("rows-").append(number).append(",1\n");
        }

        assertThatThrownBy(() -> imports.receive(
                        "counters",
                        "名册.csv",
                        new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)),
                        ImportBatch.Purpose.CHECK,
                        sysadmin()))
                .isInstanceOf(ContentRefusedException.class)
                .extracting(e -> ((ContentRefusedException) e).status())
                .isEqualTo(413);
    }

    @Test
    void aRunWhoseNodeIsGoneIsGivenUpAndMayBeTriedAgain() {
        ImportBatch batch = receive(book("gone", row("gone-a", 1)), ImportBatch.Purpose.CHECK, sysadmin());
        UUID run = UUID.randomUUID();
        Instant expired = clock.system().instant().minusSeconds(1);
        assertThat(batches.startApplying(batch.id(), batch.run(), run, expired)).isTrue();

        runner.keepLeases();

        ImportBatch after = imports.find(batch.id(), sysadmin());
        assertThat(after.status()).isEqualTo(ImportBatch.Status.FAILED);
        assertThat(after.failure().messageKey()).isEqualTo("spreadsheet.failure.interrupted");
        ImportBatch checked = imports.map(batch.id(), Map.of("0.A", "series", "0.B", "n"), sysadmin());
        assertThat(checked.status()).isEqualTo(ImportBatch.Status.CHECKED);
        imports.confirm(checked.id(), checked.run(), sysadmin());
        assertThat(written("gone")).isEqualTo(1);
    }

    @Test
    void aRunThatWakesUpAfterItWasGivenUpWritesNothing() {
        ImportBatch batch = receive(book("late", row("late-a", 1)), ImportBatch.Purpose.CHECK, sysadmin());
        batches.startApplying(
                batch.id(), batch.run(), UUID.randomUUID(), clock.system().instant());
        ImportBatch asleep = imports.find(batch.id(), sysadmin());
        batches.failAbandoned(clock.system().instant().plusSeconds(1));

        runner.run(asleep, counters, sysadmin());

        assertThat(written("late")).isZero();
        assertThat(imports.find(batch.id(), sysadmin()).status()).isEqualTo(ImportBatch.Status.FAILED);
    }

    @Test
    void theKeptFileCannotBeReadInTheDatabaseAndGoesWhenItExpires() {
        ImportBatch batch = receive(
                "Series,Value\nkept-secret,1\n".getBytes(StandardCharsets.UTF_8),
                "名册.csv",
                ImportBatch.Purpose.CHECK,
                sysadmin());
        assertThat(jdbc.sql("select sealed from import_content where batch_id = :id")
                        .param("id", batch.id())
                        .query(String.class)
                        .single())
                .doesNotContain("kept-secret", "a2VwdC1zZWNyZXQ");

        batches.expire(batch.uploadedAt().plusSeconds(1));

        ImportBatch expired = imports.find(batch.id(), sysadmin());
        assertThat(expired.kept()).isFalse();
        assertThat(expired.isReady()).isFalse();
        assertThatThrownBy(() -> imports.map(batch.id(), Map.of(), sysadmin())).isInstanceOf(ConflictException.class);
    }

    @Test
    void theColumnsOfABatchThatAnOlderVersionWroteAreRead() {
        ImportBatch batch = receive(book("older", row("older-a", 1)), ImportBatch.Purpose.CHECK, sysadmin());
        jdbc.sql("update import_batch set mapping = :mapping where id = :id")
                .param("mapping", """
                        {"sheets":[{"name":"名册","headerRow":2,"columns":[{"letter":"A","header":"Series","field":"series"}]}],"template":null}
                        """)
                .param("id", batch.id())
                .update();

        assertThat(imports.find(batch.id(), sysadmin()).mapping().sheets())
                .singleElement()
                .matches(sheet -> sheet.isRead() && !sheet.withoutHidden());
    }

    @Test
    void namesOfFilesAreMadeSafe() {
        ImportBatch batch = receive(
                "Series,Value\nnamed,1\n".getBytes(StandardCharsets.UTF_8),
                "../../etc/\u202Epasswd\r\n.csv",
                ImportBatch.Purpose.CHECK,
                sysadmin());

        assertThat(batch.fileName()).isEqualTo("passwd.csv");
    }

    private static byte[] book(String sheet, Object[]... rows) {
        List<Object[]> all = new ArrayList<>(List.of(row(sheet), row("Series", "Value")));
        all.addAll(List.of(rows));
        return Books.xlsx(all.toArray(Object[][]::new));
    }

    private ImportBatch receive(byte[] book, ImportBatch.Purpose purpose, CurrentUser user) {
        return receive(book, "名册.xlsx", purpose, user);
    }

    private ImportBatch receive(byte[] file, String name, ImportBatch.Purpose purpose, CurrentUser user) {
        return imports.receive("counters", name, new ByteArrayInputStream(file), purpose, user);
    }

    /** Does both at once; what was thrown. */
    private static List<Throwable> atOnce(Runnable... works) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(works.length);
        try {
            List<Future<Throwable>> results = new ArrayList<>();
            for (Runnable work : works) {
                results.add(threads.submit(() -> catchThrowable(work::run)));
            }
            List<Throwable> thrown = new ArrayList<>();
            for (Future<Throwable> result : results) {
                if (result.get() != null) {
                    thrown.add(result.get());
                }
            }
            return thrown;
        } finally {
            threads.shutdownNow();
        }
    }

    private CurrentUser sysadmin() {
        return user("sysadmin");
    }

    private CurrentUser user(String username) {
        return users.byUsername(username);
    }

    private long written(String prefix) {
        return jdbc.sql("select count(*) from counter where series like :prefix")
                .param("prefix", prefix + "-%")
                .query(Long.class)
                .single();
    }

    private long value(String series) {
        return jdbc.sql("select n from counter where series = :series")
                .param("series", series)
                .query(Long.class)
                .single();
    }
}
