package org.manyi.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.manyi.TestSession;

/**
 * Many uploads far beyond the limit at once: {@code -Dfaults.uploads=20 -Dfaults.megabytes=1024} for as many and as large as one
 * likes. Nothing of them is on a disk of the sender's.
 */
@Isolated
class BigUploadTests {

    private static final int UPLOADS = Integer.getInteger("faults.uploads", 6);
    private static final long MEGABYTE = 1024 * 1024;
    private static final long BYTES = Integer.getInteger("faults.megabytes", 200) * MEGABYTE;
    private static final long GROWTH = 100 * MEGABYTE;

    /** What one body that does not announce its length may lie on the disk with, until it is known to be too large. */
    private static final long UNANNOUNCED = 25 * MEGABYTE;

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*? (?:value|content)=\"([^\"]+)\"");

    /** What happens meanwhile, looked at twenty times a second. */
    private static final class Watch implements AutoCloseable {

        private final Node node;
        private final Path temporary;
        private final Path data;
        private final TestSession reader;
        private final long memoryBefore;
        private final long filesBefore;
        private final List<Double> pages = Collections.synchronizedList(new ArrayList<>());
        private final List<Thread> threads = new ArrayList<>();
        private volatile long memory;
        private volatile long files;
        private volatile int failedPages;
        private volatile boolean over;

        private Watch(Node node, Path temporary, Path data, TestSession reader) {
            this.node = node;
            this.temporary = temporary;
            this.data = data;
            this.reader = reader;
            this.memoryBefore = residentBytes();
            this.filesBefore = bytesIn(temporary) + bytesIn(data);
            start(this::measure);
            start(this::read);
        }

        private void start(Runnable work) {
            Thread thread = new Thread(work, "watch");
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }

        private void measure() {
            while (!over) {
                memory = Math.max(memory, residentBytes() - memoryBefore);
                files = Math.max(files, bytesIn(temporary) + bytesIn(data) - filesBefore);
                pause();
            }
        }

        private void read() {
            while (!over) {
                long begun = System.nanoTime();
                HttpResponse<String> page = reader.get("/inbox");
                pages.add((System.nanoTime() - begun) / 1e6);
                if (page.statusCode() != 200) {
                    failedPages++;
                }
                pause();
            }
        }

        private static void pause() {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }

        private long residentBytes() {
            try (Stream<String> lines = Files.lines(Path.of("/proc/" + node.pid() + "/status"))) {
                return lines.filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                        .findFirst()
                        .orElseThrow();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private double p95() {
            List<Double> sorted = pages.stream().sorted().toList();
            return sorted.isEmpty() ? 0 : sorted.get((int) Math.ceil(0.95 * sorted.size()) - 1);
        }

        @Override
        public void close() {
            over = true;
            for (Thread thread : threads) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError(e);
                }
            }
        }
    }

    @Test
    void uploadsFarBeyondTheLimitCostNeitherMemoryNorDiskNorOtherPeoplesTime() {
        Database district = Harness.district();
        Path temporary = Harness.temporaryDirectory();
        Node.Setup setup = Node.on(district)
                .named("big-uploads")
                .option("-Djava.io.tmpdir=" + temporary)
                .set("manyi.limits.doors.upload.budget.at-once", 10_000)
                .set("manyi.limits.doors.import.budget.at-once", 10_000);
        try (Node node = setup.start()) {
            node.awaitHealthy();
            TestSession reader = new TestSession(node.url());
            reader.login("chair", "Manyi-2026!");
            List<HugeUpload.Door> doors = doors(node);
            IntStream.range(0, 40).forEach(i -> reader.get("/inbox"));
            doors.forEach(door -> new HugeUpload(door, true, 26 * MEGABYTE).send(node.url()));
            doors.forEach(door -> new HugeUpload(door, false, 26 * MEGABYTE).send(node.url()));

            System.out.printf("UPLOADS %d of %d MB at once%n", UPLOADS, BYTES / MEGABYTE);
            try (Watch quiet = new Watch(node, temporary, district.data(), reader)) {
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(3));
                System.out.printf(Locale.ROOT, "UPLOADS none: pages p95 %.0f ms%n", quiet.p95());
            }
            for (HugeUpload.Door door : doors) {
                for (boolean announced : new boolean[] {true, false}) {
                    sendAll(node, new HugeUpload(door, announced, BYTES), temporary, district.data(), reader);
                }
            }
            assertThat(bytesIn(temporary)).as("nothing is left").isLessThan(MEGABYTE);
            node.stop();
        }
        setup.assertBooksAgree();
    }

    private static void sendAll(Node node, HugeUpload upload, Path temporary, Path data, TestSession reader) {
        List<Supplier<HugeUpload.Outcome>> calls = IntStream.range(0, UPLOADS)
                .<Supplier<HugeUpload.Outcome>>mapToObj(i -> () -> upload.send(node.url()))
                .toList();
        Watch watch = new Watch(node, temporary, data, reader);
        List<HugeUpload.Outcome> outcomes;
        try (watch) {
            outcomes = Together.run(calls);
        }
        System.out.printf(
                Locale.ROOT,
                "UPLOADS | %s, %s | %s | %.2f s | %d MB | %d MB | %d MB | %.0f ms |%n",
                upload.door().name(),
                upload.announced() ? "announced" : "chunked",
                outcomes.stream().collect(Collectors.groupingBy(HugeUpload.Outcome::status, Collectors.counting())),
                outcomes.stream().mapToDouble(HugeUpload.Outcome::seconds).max().orElseThrow(),
                outcomes.stream().mapToLong(HugeUpload.Outcome::sent).max().orElseThrow() / MEGABYTE,
                watch.memory / MEGABYTE,
                watch.files / MEGABYTE,
                watch.p95());
        assertThat(outcomes).allSatisfy(outcome -> {
            assertThat(outcome.status()).isIn(0, 302, 401, 403, 413, 503);
            assertThat(outcome.seconds()).as("shared cores").isLessThan(20);
            assertThat(outcome.sent()).isLessThan(Math.max(BYTES, 64 * MEGABYTE));
        });
        assertThat(watch.memory).as("memory").isLessThan(GROWTH);
        assertThat(watch.files).as("files").isLessThan(upload.announced() ? MEGABYTE : UPLOADS * UNANNOUNCED);
        assertThat(watch.failedPages).isZero();
    }

    private static List<HugeUpload.Door> doors(Node node) {
        TestSession importer = new TestSession(node.url());
        importer.login("secadmin", "Manyi-2026!");
        Matcher token = CSRF.matcher(importer.get("/imports/kinds/users").body());
        assertThat(token.find()).isTrue();
        String cookies = Stream.of("SESSION", "CSRF")
                .map(name -> name + "=" + importer.cookie(name).orElseThrow())
                .collect(Collectors.joining("; ", "Cookie: ", ""));
        return List.of(
                new HugeUpload.Door("evidence, token", "/api/v1/attachments", bearer(node, "office")),
                new HugeUpload.Door("evidence, stranger", "/api/v1/attachments", List.of()),
                new HugeUpload.Door("import, token", "/api/v1/imports/users", bearer(node, "secadmin")),
                new HugeUpload.Door("import, stranger", "/api/v1/imports/users", List.of()),
                new HugeUpload.Door(
                        "import, page", "/imports/kinds/users", List.of(cookies, "X-CSRF-TOKEN: " + token.group(1))),
                new HugeUpload.Door("import, page, stranger", "/imports/kinds/users", List.of()));
    }

    private static List<String> bearer(Node node, String username) {
        return List.of(
                "Authorization: Bearer " + NodeClient.of(node).as(username).token());
    }

    private static long bytesIn(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.mapToLong(
                            file -> file.toFile().isFile() ? file.toFile().length() : 0)
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            // A file that went while it was looked at.
            return 0;
        }
    }
}
