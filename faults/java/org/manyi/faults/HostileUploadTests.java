package org.manyi.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.manyi.TestSession;
import org.manyi.faults.NodeClient.Answer;
import org.manyi.spreadsheet.HostileCorpus;

/**
 * Malformed and hostile files through the door that people use, at a node with a small heap: each is refused with a reason, or is sound
 * after all and then written whole. More by {@code -Dfaults.files=600}.
 */
@Isolated
class HostileUploadTests {

    private static final int CHANGED = Integer.getInteger("faults.files", 28);
    private static final int HEAP_MEGABYTES = Integer.getInteger("faults.heap", 256);
    private static final int GROWTH_MEGABYTES = 128;
    private static final int HANGS_SECONDS = 30;
    private static final long REFUSED_MILLIS = 60_000;
    private static final int TOO_LARGE_BYTES = 6_000_000;

    private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\(\\d+M\\)");
    private static final Pattern WORDS = Pattern.compile("\\p{IsHan}{2}|[A-Za-z]{2,} [a-z]");

    /** Two good rows before one that is wrong: a file read but by half would show. */
    private static final Object[][] UNITS = {
        {"编码", "名称", "类型", "上级编码", "办学性质"},
        {"H0001", "青禾区新建一校", "小学", "D1", "公办"},
        {"H0002", "青禾区新建二校", "小学", "D1", "公办"},
        {"H0003", "青禾区新建三校", "不知何物", "D1", "公办"}
    };

    private static final Object[][] PEOPLE = {
        {"用户名", "姓名", "单位编码", "岗位"},
        {"hostile1", "甲某某", "S0001", "教师"},
        {"hostile2", "乙某某", "S0001", "教师"},
        {"hostile3", "丙某某", "X9999", "教师"}
    };

    /** Units, posts, accounts and who holds what, as one text. */
    private static final String BOOKS = """
            select (select md5(string_agg(cast(u as varchar), ',' order by u.code)) from org_unit u)
                || ' ' || (select count(*) from org_post)
                || ' ' || (select count(*) from org_former_name)
                || ' ' || (select md5(string_agg(username || name || coalesce(phone, ''), ',' order by username)) from account)
                || ' ' || (select count(*) from org_holding)
            """;

    private final Map<String, Tally> tallies = new LinkedHashMap<>();

    /** What became of the files of a sort. */
    private static final class Tally {
        private int refused;
        private int read;
        private long slowest;
    }

    @Test
    void hostileFilesAreRefusedWithAReasonWriteNothingAndCostNobodyElseAnything() {
        Database district = Harness.district();
        Path collections = Harness.temporaryDirectory().resolve("gc.log");
        Node.Setup setup = Node.on(district)
                .named("hostile-uploads")
                // One person sends them all, as fast as the machine goes.
                .set("manyi.limits.doors.import.budget.per-minute", 100_000)
                .set("manyi.limits.doors.import.budget.at-once", 100_000)
                .option("-Xmx" + HEAP_MEGABYTES + "m")
                .option("-Xlog:gc:file=" + collections);
        try (Node node = setup.start()) {
            node.awaitHealthy();
            NodeClient sysadmin = NodeClient.of(node).as("sysadmin").loggedIn();
            String before = books(district);
            collect(node);
            int heapBefore = last(collections);
            long residentBefore = peakResident(node);

            Queue<Long> others = new ConcurrentLinkedQueue<>();
            ScheduledExecutorService other = somebodyElse(node, others);
            try {
                for (Map.Entry<String, Object[][]> kind :
                        Map.of("organisations", UNITS, "users", PEOPLE).entrySet()) {
                    HostileCorpus.make(
                            kind.getValue(),
                            CHANGED,
                            (sort, name, file) -> send(district, sysadmin, kind.getKey(), sort, name, file));
                    send(district, sysadmin, kind.getKey(), "over 5 MB", "a.csv", new byte[TOO_LARGE_BYTES]);
                }
            } finally {
                other.shutdown();
            }

            assertThat(node.isAlive()).isTrue();
            assertThat(node.log()).doesNotContain("OutOfMemoryError");
            assertThat(books(district)).isEqualTo(before);
            assertThat(others)
                    .as("another's page was asked for meanwhile")
                    .isNotEmpty()
                    .allMatch(millis -> millis < HANGS_SECONDS * 1_000L);
            int heapPeak = most(collections, heapBefore);
            collect(node);
            print(heapBefore, heapPeak, last(collections), residentBefore, peakResident(node), others);
            assertThat(heapPeak - heapBefore)
                    .as("MB of heap beside what the node needs anyway")
                    .isLessThanOrEqualTo(GROWTH_MEGABYTES);
            node.stop();
        }
        setup.assertBooksAgree();
    }

    private void send(Database district, NodeClient as, String kind, String sort, String name, byte[] file) {
        String before = books(district);
        long rows = rows(district, kind);
        Instant began = Instant.now();
        Answer answer = as.upload("/api/v1/imports/" + kind, name, file);
        Duration took = Duration.between(began, Instant.now());

        String what = sort + " as " + kind + ": " + answer.status() + " " + answer.body();
        Tally tally = tallies.computeIfAbsent(sort, none -> new Tally());
        tally.slowest = Math.max(tally.slowest, took.toMillis());
        assertThat(took).as(what).isLessThan(Duration.ofSeconds(HANGS_SECONDS));
        assertThat(answer.status()).as(what).isIn(200, 413, 415, 422);
        if (answer.status() == 200) {
            // What a change left sound is an import like any other: whole, and taken back whole.
            tally.read++;
            assertThat(answer.text("/status")).as(what).isEqualTo("applied");
            assertThat(rows(district, kind) - rows)
                    .as(what)
                    .isEqualTo(answer.json().at("/rows/valid").asLong());
            assertThat(as.delete("/api/v1/imports/" + answer.text("/batchId")).text("/status"))
                    .as(what)
                    .isEqualTo("reverted");
        } else {
            tally.refused++;
            assertThat(answer.text("/detail")).as(what).containsPattern(WORDS);
            answer.json()
                    .at("/errors")
                    .forEach(error ->
                            assertThat(error.at("/message").asString()).as(what).containsPattern(WORDS));
        }
        assertThat(books(district)).as(what).isEqualTo(before);
    }

    /** Somebody at work, who asks for his inbox four times a second; how long each took is added, a refusal as {@link #REFUSED_MILLIS}. */
    private static ScheduledExecutorService somebodyElse(Node node, Queue<Long> took) {
        TestSession browser = new TestSession(node.url());
        assertThat(browser.login("office", "Manyi-2026!").statusCode()).isEqualTo(303);
        ScheduledExecutorService other = Executors.newSingleThreadScheduledExecutor();
        other.scheduleWithFixedDelay(
                () -> {
                    Instant began = Instant.now();
                    int status = 0;
                    try {
                        status = browser.get("/inbox").statusCode();
                    } finally {
                        took.add(
                                status == 200
                                        ? Duration.between(began, Instant.now()).toMillis()
                                        : REFUSED_MILLIS);
                    }
                },
                0,
                250,
                TimeUnit.MILLISECONDS);
        return other;
    }

    private static String books(Database district) {
        return district.jdbc().sql(BOOKS).query(String.class).single();
    }

    private static long rows(Database district, String kind) {
        return district.count(
                kind.equals("users") ? "select count(*) from org_holding" : "select count(*) from org_unit");
    }

    /** A full collection, so that the log says what is in use. */
    private static void collect(Node node) {
        Commands.run(
                Duration.ofSeconds(30),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(node.pid()),
                        "GC.run"));
    }

    /** MB in use after the last collection. */
    private static int last(Path collections) {
        int used = 0;
        Matcher collection = COLLECTION.matcher(read(collections));
        while (collection.find()) {
            used = Integer.parseInt(collection.group(2));
        }
        return used;
    }

    /** The most MB in use after a collection since the last one that left so many. */
    private static int most(Path collections, int since) {
        int used = since;
        String log = read(collections);
        Matcher collection = COLLECTION.matcher(log.substring(log.lastIndexOf("Diagnostic Command")));
        while (collection.find()) {
            used = Math.max(used, Integer.parseInt(collection.group(2)));
        }
        return used;
    }

    /** The most memory, in MB, that the process had so far, as Linux counts it. */
    private static long peakResident(Node node) {
        return read(Path.of("/proc", String.valueOf(node.pid()), "status"))
                .lines()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void print(
            int heapBefore, int heapPeak, int heapAfter, long residentBefore, long resident, Queue<Long> others) {
        System.out.printf("%-24s %8s %6s %10s%n", "sort", "refused", "read", "slowest");
        tallies.forEach((sort, tally) ->
                System.out.printf("%-24s %8d %6d %7d ms%n", sort, tally.refused, tally.read, tally.slowest));
        long[] sorted = others.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                "files=%d slowest=%d ms heap before=%d peak=%d after=%d of %d MB, process %d -> %d MB;"
                        + " another's inbox %d times, p95 %d ms, slowest %d ms%n",
                tallies.values().stream()
                        .mapToInt(tally -> tally.refused + tally.read)
                        .sum(),
                tallies.values().stream()
                        .mapToLong(tally -> tally.slowest)
                        .max()
                        .orElseThrow(),
                heapBefore,
                heapPeak,
                heapAfter,
                HEAP_MEGABYTES,
                residentBefore,
                resident,
                sorted.length,
                sorted[(int) (sorted.length * 0.95)],
                sorted[sorted.length - 1]);
    }
}
