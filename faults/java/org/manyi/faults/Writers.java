package org.manyi.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.manyi.faults.NodeClient.Answer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** People who raise issues without a pause, each keeping a log of what was acknowledged. */
final class Writers implements AutoCloseable {

    private final List<Thread> threads = new ArrayList<>();
    private final ConcurrentLinkedQueue<Write> log = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    private Writers() {}

    /**
     * One try.
     *
     * @param title unlike every other's
     * @param number as acknowledged; null when it was not
     */
    record Write(String title, Answer answer, String number, Instant began, Duration took) {}

    /** Starts so many, at a node and whatever is started again at its address. */
    static Writers start(int count, NodeClient client) {
        Writers writers = new Writers();
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(() -> writers.write(client), "writer-" + i);
            thread.setDaemon(true);
            thread.start();
            writers.threads.add(thread);
        }
        return writers;
    }

    /** An issue that is like no other. */
    static Map<String, Object> issue(String title) {
        return Map.of(
                "title", title,
                "kind", "appeal",
                "source", "hotline",
                "category", "facilities",
                "severity", "medium",
                "schoolCode", "S0001",
                "confirmNotDuplicate", true);
    }

    private void write(NodeClient client) {
        while (!stopped) {
            String key = UUID.randomUUID().toString();
            String title = "故障演练 " + key;
            Instant began = Instant.now();
            Answer answer = client.with("Idempotency-Key", key).post("/api/v1/issues", issue(title));
            Duration took = Duration.between(began, Instant.now());
            log.add(new Write(title, answer, answer.done() ? answer.text("/number") : null, began, took));
            if (!answer.done()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }

    /** What was tried so far. */
    List<Write> log() {
        return List.copyOf(log);
    }

    /** How many were acknowledged so far. */
    long acknowledged() {
        return log.stream().filter(write -> write.number() != null).count();
    }

    /** Waits until so many more have been acknowledged. */
    void awaitMore(long more) {
        long goal = acknowledged() + more;
        Awaitility.await("writes that are acknowledged")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> acknowledged() >= goal);
    }

    /** Ends them, and waits for the answers still under way. */
    @Override
    public void close() {
        stopped = true;
        threads.forEach(thread -> {
            try {
                thread.join(Duration.ofSeconds(70).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        });
    }

    /** What was acknowledged is there once, under its number; what was not is there once or not at all. */
    void assertKept(JdbcClient jdbc) {
        Map<String, List<String>> kept = new HashMap<>();
        jdbc.sql("select title, number from issue where title like '故障演练 %'")
                .query((row, n) -> kept.computeIfAbsent(row.getString("title"), title -> new ArrayList<>())
                        .add(row.getString("number")))
                .list();
        for (Write write : log) {
            List<String> numbers = kept.getOrDefault(write.title(), List.of());
            if (write.number() != null) {
                assertThat(numbers).as("acknowledged: " + write.title()).containsExactly(write.number());
            } else {
                assertThat(numbers).as("not acknowledged: " + write.title()).hasSizeLessThanOrEqualTo(1);
            }
        }
    }
}
