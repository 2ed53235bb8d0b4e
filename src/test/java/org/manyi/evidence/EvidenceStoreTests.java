package org.manyi.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.manyi.ManyiTest;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ContentRefusedException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;

@ManyiTest
class EvidenceStoreTests {

    /** Shades make files that no other test has. */
    private static final AtomicInteger SHADE = new AtomicInteger(7000);

    @Autowired
    EvidenceStore store;

    @Autowired
    EvidenceSweeper sweeper;

    @Autowired
    EvidenceArchive archive;

    @Autowired
    EvidenceSettings settings;

    @Autowired
    FileVault vault;

    @Autowired
    CurrentUsers users;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    private CurrentUser jijiao;

    @BeforeEach
    void start() {
        jdbc.sql("delete from attachment where owner_type = 'draft'").update();
        jijiao = users.byUsername("jijiao");
    }

    @Test
    void aStoredFileIsItsRowAndItsBytes() throws Exception {
        Attachment file = draft("整改前.jpg", Samples.photograph());

        byte[] kept = bytes(file);
        assertThat(file.size()).isEqualTo(kept.length);
        assertThat(file.sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(kept)));
        assertThat(file.type()).isEqualTo("image/jpeg");
        assertThat(file.name()).isEqualTo("整改前.jpg");
        assertThat(file.uploader()).isEqualTo("jijiao");
        assertThat(file.capturedAt()).isEqualTo(Instant.parse("2026-03-14T01:26:53Z"));
        assertThat(file.place()).isEqualTo("34.99,118.29");
        assertThat(store.findAll(List.of(file.id()))).containsExactly(file);
        assertThat(incoming()).isEmpty();
    }

    @Test
    void theContentDecidesOnTheTypeAndAmongImagesOnTheEnding() {
        assertThat(draft("微信图片_2026.png", jpeg()).name()).isEqualTo("微信图片_2026.jpg");
        assertThat(draft("方案", Samples.pdf()).name()).isEqualTo("方案.pdf");
        refused(415, "evidence.problem.mismatch", "方案.docx", Samples.pdf());
        refused(415, "evidence.problem.mismatch", "a.pdf.html", Samples.pdf());
        refused(415, "evidence.problem.type", "a.png", "<svg onload='alert(1)'/>".getBytes());
        refused(415, "evidence.problem.pixels", "a.png", Samples.pngHeader(50_000, 50_000));
        refused(415, "evidence.problem.damaged", "a.jpg", java.util.Arrays.copyOf(jpeg(), 300));
    }

    @Test
    void aFileThatIsTooLargeOrEmptyLeavesNothingBehind() throws Exception {
        long max = settings.maxSize().toBytes();

        refused(413, "evidence.problem.tooLarge", "a.pdf", new Endless());
        assertThatThrownBy(() -> draft("a.pdf", new byte[0])).isInstanceOf(ValidationException.class);

        assertThat(DataSize.ofBytes(max)).isEqualTo(DataSize.ofMegabytes(20));
        assertThat(incoming()).isEmpty();
        assertThat(store.of(EvidenceStore.DRAFT, "jijiao")).isEmpty();
    }

    @Test
    void aFullDiskRefusesTheFileInWordsAndKeepsNothingHalf() {
        refused(
                507,
                "evidence.problem.storageFull",
                () -> FileVault.writing(() -> {
                    throw new IOException("No space left on device");
                }));
    }

    @Test
    void aSenderWhoGoesAwayLeavesNothingBehind() throws Exception {
        assertThatThrownBy(() -> store.store(EvidenceStore.DRAFT, "jijiao", "a.pdf", new Broken(), jijiao))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(incoming()).isEmpty();
    }

    @Test
    void nobodyAddsToWhatIsNotHis() {
        assertThatThrownBy(() -> store.store(
                        EvidenceStore.DRAFT, "xueqian", "a.pdf", new ByteArrayInputStream(Samples.pdf()), jijiao))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() ->
                        store.store("task", "no-such-task", "a.pdf", new ByteArrayInputStream(Samples.pdf()), jijiao))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void aDraftIsSeenByItsUploaderAloneAndAStrangersIdByNobody() {
        Attachment file = draft("a.jpg", jpeg());

        assertThat(store.readable(file.id(), jijiao)).contains(file);
        assertThat(store.readable(file.id(), users.byUsername("chair"))).isEmpty();
        assertThat(store.readable(UUID.randomUUID().toString(), jijiao)).isEmpty();
        assertThat(store.readable("../../etc/passwd", jijiao)).isEmpty();
    }

    @Test
    void filesAreHandedOverInTheTransactionThatTakesThemIn() {
        Attachment file = draft("a.jpg", jpeg());

        transactions.executeWithoutResult(status -> {
            store.handOver("files", List.of(file.id()), EvidenceStore.DRAFT, "jijiao", "case", "X-1");
            status.setRollbackOnly();
        });
        assertThat(store.of("case", "X-1")).isEmpty();

        handOver(List.of(file.id()), "X-1");
        assertThat(store.of("case", "X-1")).containsExactly(file);
        handOver(List.of(file.id()), "X-1");
    }

    @Test
    void nobodyHandsOverWhatIsAnothersOrUnknownOrTooMuch() {
        Attachment file = draft("a.jpg", jpeg());
        CurrentUser xueqian = users.byUsername("xueqian");
        Attachment theirs =
                store.store(EvidenceStore.DRAFT, "xueqian", "b.jpg", new ByteArrayInputStream(jpeg()), xueqian);

        notTaken(List.of(file.id(), theirs.id()));
        notTaken(List.of(UUID.randomUUID().toString()));
        notTaken(List.of("no uuid"));
        notTaken(Stream.generate(file::id).limit(21).toList());
        assertThat(store.of(EvidenceStore.DRAFT, "jijiao")).containsExactly(file);
    }

    @Test
    void bytesThatOtherEvidenceHasAreMarkedAndNotRefused() {
        byte[] same = jpeg();
        Attachment first = draft("a.jpg", same);
        Attachment again = draft("b.jpg", same);
        assertThat(again.repeated()).as("a draft is no evidence yet").isFalse();

        handOver(List.of(first.id()), "X-2");
        handOver(List.of(again.id()), "X-3");
        assertThat(store.of("case", "X-2").get(0).repeated()).isFalse();
        assertThat(store.of("case", "X-3").get(0).repeated()).isTrue();
        assertThat(draft("c.jpg", same).repeated()).isTrue();
    }

    @Test
    void rolledBackBytesAreSweptBeforeAnHourIsOver() throws Exception {
        Attachment lost = transactions.execute(status -> {
            status.setRollbackOnly();
            return draft("a.jpg", jpeg());
        });
        Attachment kept = draft("b.jpg", jpeg());
        Path bytes = vault.path(UUID.fromString(lost.id()));
        assertThat(settings.orphanAge()).isLessThan(Duration.ofHours(1));
        assertThat(store.findAll(List.of(lost.id()))).isEmpty();

        age(bytes, settings.orphanAge().minusMinutes(1));
        sweeper.sweep();
        assertThat(bytes).exists();

        age(bytes, settings.orphanAge().plusMinutes(1));
        age(vault.path(UUID.fromString(kept.id())), Duration.ofDays(30));
        sweeper.sweep();
        assertThat(bytes).doesNotExist();
        assertThat(bytes(kept)).isNotEmpty();
    }

    @Test
    void whatWasLeftUnderWayIsSweptToo() throws Exception {
        Path left = vault.newIncoming();
        Files.writeString(left, "half a file");
        age(left, Duration.ofHours(2));

        sweeper.sweep();

        assertThat(left).doesNotExist();
    }

    @Test
    void aDraftThatNoCaseTookInGoesAfterSevenDays() {
        Attachment old = draft("old.jpg", jpeg());
        Attachment young = draft("young.jpg", jpeg());
        Attachment taken = draft("taken.jpg", jpeg());
        handOver(List.of(taken.id()), "X-4");
        uploadedBefore(old, Duration.ofDays(7).plusMinutes(1));
        uploadedBefore(young, Duration.ofDays(6));
        uploadedBefore(taken, Duration.ofDays(100));

        sweeper.sweep();

        assertThat(store.findAll(List.of(old.id(), young.id(), taken.id()))).hasSize(2);
        assertThat(vault.path(UUID.fromString(old.id()))).doesNotExist();
        assertThat(vault.path(UUID.fromString(taken.id()))).exists();
    }

    @Test
    void nothingGoesWhileABackupHoldsTheFiles() {
        Attachment old = draft("old.jpg", jpeg());
        uploadedBefore(old, Duration.ofDays(8));

        archive.hold(Duration.ofMinutes(1));
        sweeper.sweep();
        assertThat(vault.path(UUID.fromString(old.id()))).exists();
        assertThat(store.findAll(List.of(old.id()))).hasSize(1);

        archive.hold(Duration.ZERO);
        sweeper.sweep();
        assertThat(vault.path(UUID.fromString(old.id()))).doesNotExist();
    }

    @Test
    void onePersonCannotPileUpDraftsWithoutEnd() {
        for (int i = 0; i < settings.maxWaiting(); i++) {
            draft(i + ".pdf", Samples.pdf());
        }

        assertThatThrownBy(() -> draft("one more.pdf", Samples.pdf())).isInstanceOf(ValidationException.class);
    }

    private Attachment draft(String name, byte[] bytes) {
        return store.store(EvidenceStore.DRAFT, "jijiao", name, new ByteArrayInputStream(bytes), jijiao);
    }

    private static byte[] jpeg() {
        return Samples.jpeg(SHADE.incrementAndGet());
    }

    private void handOver(List<String> ids, String caseNumber) {
        transactions.executeWithoutResult(
                status -> store.handOver("files", ids, EvidenceStore.DRAFT, "jijiao", "case", caseNumber));
    }

    private void notTaken(List<String> ids) {
        assertThatThrownBy(() -> handOver(ids, "X-9"))
                .isInstanceOfSatisfying(
                        ValidationException.class,
                        refusal -> assertThat(refusal.fields().get(0).field()).isEqualTo("files"));
        assertThat(store.of("case", "X-9")).isEmpty();
    }

    private void refused(int status, String key, String name, byte[] bytes) {
        refused(status, key, name, new ByteArrayInputStream(bytes));
    }

    private void refused(int status, String key, String name, InputStream bytes) {
        refused(status, key, () -> store.store(EvidenceStore.DRAFT, "jijiao", name, bytes, jijiao));
    }

    private static void refused(int status, String key, org.assertj.core.api.ThrowableAssert.ThrowingCallable attempt) {
        assertThatThrownBy(attempt).isInstanceOfSatisfying(ContentRefusedException.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(status);
            assertThat(refusal.messageKey()).isEqualTo(key);
        });
    }

    private byte[] bytes(Attachment file) throws IOException {
        Resource resource = store.bytes(file);
        return resource.getContentAsByteArray();
    }

    private List<Path> incoming() throws IOException {
        Path directory = settings.directory().resolve("incoming");
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private void age(Path file, Duration age) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(clock.system().instant().minus(age)));
    }

    private void uploadedBefore(Attachment file, Duration age) {
        jdbc.sql("update attachment set uploaded_at = :at where id = :id")
                .param("at", clock.instant().minus(age).atOffset(java.time.ZoneOffset.UTC))
                .param("id", UUID.fromString(file.id()))
                .update();
    }

    /** Never comes to an end. */
    private static final class Endless extends InputStream {

        @Override
        public int read() {
            return 'a';
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            java.util.Arrays.fill(buffer, offset, offset + length, (byte) 'a');
            return length;
        }
    }

    /** Breaks off in the middle. */
    private static final class Broken extends InputStream {

        @Override
        public int read() throws IOException {
            throw new IOException("Connection reset");
        }
    }
}
