package org.manyi.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.manyi.TestSession;
import org.manyi.faults.NodeClient.Answer;

/** Disks that are full, and nodes killed while they keep a file. */
class StorageTests {

    private static final String UPLOADS = "/api/v1/attachments";
    private static final byte[] PAPER = paper();

    @Test
    void whereNoFileFitsAnyMoreUploadsAreRefusedAndEverythingElseGoesOn() {
        Database district = Harness.district();
        try (Mount disk = Mount.copyOf(district.data().resolve("evidence"), 4)) {
            Node.Setup setup =
                    Node.on(district).named("evidence-full").set("manyi.evidence.directory", disk.directory());
            try (Node node = setup.start()) {
                node.awaitHealthy();
                NodeClient office = NodeClient.of(node).as("office").loggedIn();
                assertThat(office.upload(UPLOADS, "paper.pdf", PAPER).done()).isTrue();
                long rows = district.count("select count(*) from attachment");
                disk.fill();

                for (int i = 0; i < 3; i++) {
                    Answer refused = office.upload(UPLOADS, "paper.pdf", PAPER);
                    assertThat(refused.status()).isEqualTo(507);
                    assertThat(refused.text("/code")).isEqualTo("storage-full");
                    assertThat(refused.text("/detail")).isNotBlank();
                }
                assertThat(district.count("select count(*) from attachment")).isEqualTo(rows);
                assertThat(filesIn(disk.directory().resolve("incoming"))).isEmpty();
                TestSession browser = new TestSession(node.url());
                assertThat(browser.login("office", "Manyi-2026!").statusCode()).isEqualTo(303);
                assertThat(browser.get("/inbox").statusCode()).isEqualTo(200);
                assertThat(office.post("/api/v1/issues", Writers.issue("磁盘满时照常登记"))
                                .done())
                        .isTrue();

                disk.free();
                assertThat(office.upload(UPLOADS, "paper.pdf", PAPER).done()).isTrue();
                node.stop();
            }
            setup.assertBooksAgree();
        }
    }

    @Test
    void wherePostgresHasNoRoomWritingIsRefusedReadingGoesOnAndItIsOverWithTheSpace() {
        Database district = Harness.district();
        try (Mount disk = Mount.copyOf(Harness.temporaryDirectory(), 120)) {
            Path place = disk.directory().resolve("tables");
            try {
                Files.createDirectory(place);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            district.moveTo(place);
            try (Node node = Node.on(district).named("postgres-full").start()) {
                node.awaitHealthy();
                assertThat(fullAndFree(node, disk)).as("reading goes on").isEqualTo(200);
                node.stop();
            } finally {
                disk.free();
                district.moveBack();
            }
            Node.on(district).assertBooksAgree();
        }
    }

    @Test
    void whereTheH2FileHasNoRoomWritingIsRefusedAndItIsOverWithTheSpace() {
        try (Mount disk = Mount.copyOf(Harness.h2District(), 40)) {
            Node.Setup setup = Node.onH2(disk.directory()).named("h2-full");
            try (Node node = setup.start()) {
                node.awaitHealthy();
                fullAndFree(node, disk);
                node.stop();
            }
            setup.assertBooksAgree();
        }
    }

    /** Fills the disk under people who write, sees them refused, frees it and sees them served; answers how reading went meanwhile. */
    private static int fullAndFree(Node node, Mount disk) {
        NodeClient office = NodeClient.of(node).as("office").loggedIn();
        try (Writers writers = Writers.start(4, office)) {
            writers.awaitMore(4);
            disk.fill();
            Awaitility.await("a refusal").atMost(Duration.ofSeconds(60)).until(() -> {
                disk.fill();
                return writers.log().stream().anyMatch(write -> write.number() == null);
            });
            Answer read = office.get("/api/v1/tasks?view=claimable");
            System.out.printf(
                    "FULL reading %d, writing %s%n",
                    read.status(),
                    writers.log().stream()
                            .filter(write -> write.number() == null)
                            .map(write -> write.answer().status())
                            .distinct()
                            .toList());
            disk.free();
            Instant freed = Instant.now();
            Awaitility.await("a write").atMost(Duration.ofSeconds(10)).until(() -> writers.log().stream()
                    .anyMatch(write -> write.number() != null && write.began().isAfter(freed)));
            System.out.printf(
                    "FREED, a write after %d ms%n",
                    Duration.between(freed, Instant.now()).toMillis());
            assertThat(writers.log())
                    .filteredOn(write -> write.number() == null)
                    .allSatisfy(write -> assertThat(write.answer().status()).isEqualTo(503));
            return read.status();
        }
    }

    @Test
    void aNodeKilledBetweenAFileAndItsRowLeavesNothingButBytesThatAreSweptAfterAnHour() {
        Database district = Harness.district();
        Path evidence = district.data().resolve("evidence");
        long rows = district.count("select count(*) from attachment");
        for (String point : List.of("call.before[fileVault.keep]", "call.after[fileVault.keep]")) {
            try (Node node = Node.on(district)
                    .named("upload-killed")
                    .faults("halt " + point)
                    .start()) {
                node.awaitHealthy();
                NodeClient office = NodeClient.of(node).as("office").loggedIn();
                assertThat(office.upload(UPLOADS, "paper.pdf", PAPER).status()).isZero();
                node.awaitEnd(Duration.ofSeconds(10));
            }
        }
        assertThat(district.count("select count(*) from attachment")).isEqualTo(rows);
        List<Path> left = filesIn(evidence).stream()
                .filter(file -> file.toFile().length() == PAPER.length)
                .toList();
        assertThat(left).hasSize(2);

        try (Node node = Node.on(district)
                .set("manyi.evidence.sweep-delay", "PT1S")
                .set("manyi.evidence.sweep-interval", "PT1S")
                .start()) {
            node.awaitHealthy();
            assertThat(left).as("younger than an hour").allMatch(Files::exists);
            for (Path file : left) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
                Files.setLastModifiedTime(file.getParent(), FileTime.from(Instant.now()));
            }
            Awaitility.await("the sweeper").atMost(Duration.ofSeconds(20)).until(() -> left.stream()
                    .noneMatch(Files::exists));
            node.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Node.on(district).assertBooksAgree();
    }

    private static List<Path> filesIn(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A PDF of a megabyte, most of it a comment. */
    private static byte[] paper() {
        String head =
                "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n";
        String filler = ("%" + "x".repeat(98) + "\n").repeat(10_000);
        return (head + filler + "trailer<</Root 1 0 R>>\n%%EOF\n").getBytes(StandardCharsets.US_ASCII);
    }
}
