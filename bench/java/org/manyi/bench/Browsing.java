package org.manyi.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fifty people at their browsers for a minute among 100,000 open tasks: each logs in, then opens his inbox, another of its lists, a task,
 * the issues, an issue, and searches, with half a second to a second and a half of looking in between. And what the three main pages
 * weigh, compressed, before anything is in the browser's cache.
 */
public final class Browsing {

    private static final int TASKS = Integer.getInteger("bench.tasks", 100_000);
    private static final int PEOPLE = Integer.getInteger("bench.people", 50);
    private static final long WARM_UP = TimeUnit.SECONDS.toNanos(Integer.getInteger("bench.warm", 20));
    private static final long DURATION = TimeUnit.SECONDS.toNanos(Integer.getInteger("bench.seconds", 60));
    private static final Pattern TASK = Pattern.compile("href=\"(/tasks/[^\"/?#]+)[^\"]*\"");
    private static final Pattern ISSUE = Pattern.compile("href=\"(/issues/[0-9][^\"/?#]+)[^\"]*\"");
    private static final Pattern ASSET = Pattern.compile("(?:src|href)=\"(/assets/[^\"]+)\"");
    private static final List<String> STAFF = List.of(
            Population.HEAVY, Population.LEADER, "leader2", "office", "chair", "deputy2", "district1", "district2", "inspector1", "inspector2");

    private final Map<String, Times> times = new ConcurrentHashMap<>();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean measuring;
    private volatile boolean over;

    private Browsing() {}

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        Report report = new Report("Browsing");
        try (BenchDatabase database = BenchDatabase.start();
                BenchApplication application = Population.demonstration(database, Map.of(), null)) {
            new Population(database, true).growTo(TASKS);
            new Browsing().browse(report, application.url());
            weigh(report, application.url());
        }
    }

    private void browse(Report report, String url) throws Exception {
        List<Thread> people = new ArrayList<>();
        CountDownLatch ready = new CountDownLatch(PEOPLE);
        for (int i = 0; i < PEOPLE; i++) {
            String who = i < STAFF.size() ? STAFF.get(i) : "b%05d-%02d".formatted(1 + i * 17 % (TASKS / 100), 1 + i % 20);
            Visitor visitor = new Visitor(url).login(who, BenchApplication.PASSWORD);
            Thread person = new Thread(() -> person(visitor, ready), who);
            person.start();
            people.add(person);
        }
        ready.await();
        Thread.sleep(WARM_UP / 1_000_000);
        measuring = true;
        Thread.sleep(DURATION / 1_000_000);
        over = true;
        for (Thread person : people) {
            person.join();
        }
        report.line("");
        report.line("%d people, %d open tasks, %d s after %d s to warm up; answers that were no page: %d."
                .formatted(PEOPLE, TASKS, DURATION / 1_000_000_000, WARM_UP / 1_000_000_000, failures.get()));
        report.head("page", "times", "p50, ms", "p95, ms", "p99, ms", "longest, ms");
        Times all = new Times();
        for (Map.Entry<String, Times> page : new TreeMap<>(times).entrySet()) {
            row(report, page.getKey(), page.getValue());
            all.addAll(page.getValue());
        }
        row(report, "all", all);
    }

    private static void row(Report report, String name, Times times) throws IOException {
        report.row(name, times.size(), times.median(), times.p95(), times.p99(), times.at(1));
    }

    private void person(Visitor visitor, CountDownLatch ready) {
        try {
            String inbox = visitor.get("/inbox");
            ready.countDown();
            while (!over) {
                inbox = open(visitor, "inbox", "/inbox", inbox);
                String list = open(visitor, "inbox, a list", "/inbox?view=" + List.of("mine", "claimable", "supervised", "done")
                        .get(ThreadLocalRandom.current().nextInt(4)), inbox);
                open(visitor, "task", first(TASK, list + inbox, "/inbox"), "");
                String issues = open(visitor, "issues", "/issues", "");
                open(visitor, "issue", first(ISSUE, issues, "/issues"), "");
                open(visitor, "inbox, search", "/inbox?view=supervised&q=%E7%A7%AF%E6%B0%B4", "");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            failures.incrementAndGet();
            ready.countDown();
        }
    }

    private String open(Visitor visitor, String page, String path, String otherwise) throws InterruptedException {
        Thread.sleep(ThreadLocalRandom.current().nextInt(500, 1500));
        long begun = System.nanoTime();
        try {
            String body = visitor.get(path);
            if (measuring && !over) {
                long took = System.nanoTime() - begun;
                Times kept = times.computeIfAbsent(page, name -> new Times());
                synchronized (kept) {
                    kept.add(took);
                }
            }
            return body;
        } catch (IOException e) {
            System.out.println(e.getMessage());
            failures.incrementAndGet();
            return otherwise;
        }
    }

    private static String first(Pattern pattern, String page, String otherwise) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(page);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found.isEmpty() ? otherwise : found.get(ThreadLocalRandom.current().nextInt(found.size()));
    }

    private static void weigh(Report report, String url) throws Exception {
        Visitor visitor = new Visitor(url).login(Population.HEAVY, BenchApplication.PASSWORD);
        report.head("page", "itself, KB compressed", "what it loads", "of these, KB", "all, KB");
        String inbox = visitor.get("/inbox?view=claimable");
        for (Map.Entry<String, String> page : Map.of(
                        "inbox", "/inbox?view=claimable",
                        "task", first(TASK, inbox, "/inbox"),
                        "issue", first(ISSUE, visitor.get("/issues"), "/issues"))
                .entrySet()) {
            TreeSet<String> assets = new TreeSet<>();
            Matcher matcher = ASSET.matcher(visitor.get(page.getValue()));
            while (matcher.find()) {
                assets.add(matcher.group(1));
            }
            double itself = visitor.compressed(page.getValue()) / 1024.0;
            double loaded = 0;
            for (String asset : assets) {
                loaded += visitor.compressed(asset) / 1024.0;
            }
            report.row(page.getKey(), itself, assets.size() + " files", loaded, itself + loaded);
        }
    }
}
