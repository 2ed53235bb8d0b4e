package org.manyi.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.manyi.ManyiApplication;

/**
 * Manyi as a process of its own, from the classes of this build, on a free port: to be killed, stopped, silenced and started again. It
 * goes when this JVM goes, however that happens. Its log is kept under {@code target/faults}.
 */
final class Node implements AutoCloseable {

    /** The data key of every node of a run. */
    static final String KEY = "bWFueWktZmF1bHRzLWtleS0zMi1ieXRlcy1sb25nISE=";

    private static final Path LOGS = Path.of("target", "faults");
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final Setup setup;
    private final Process process;
    private final Path log;

    private Node(Setup setup, Process process, Path log) {
        this.setup = setup;
        this.process = process;
        this.log = log;
    }

    /** A node on PostgreSQL that does not load the demonstration itself, with the key and the directory of all nodes of that database. */
    static Setup on(Database database) {
        return new Setup("node", freePort())
                .env("SPRING_PROFILES_ACTIVE", "postgres")
                .env("MANYI_DB_URL", database.url())
                .env("MANYI_DB_USER", "postgres")
                .env("MANYI_DB_PASSWORD", "")
                .env("MANYI_DATA", database.data().toString())
                // On a database that holds the demonstration this switches on what belongs to it; none is loaded twice.
                .set("manyi.demo", true);
    }

    /** A node on an H2 file, with the demonstration. */
    static Setup onH2(Path data) {
        return new Setup("h2", freePort()).env("MANYI_DATA", data.toString());
    }

    /** How a node is started; each call changes it and answers it. */
    static final class Setup {

        private final Map<String, String> environment = new LinkedHashMap<>();
        private final Map<String, String> properties = new LinkedHashMap<>();
        private final List<String> options = new ArrayList<>();
        private boolean leavesArchive;
        private String name;
        private int port;

        private Setup(String name, int port) {
            this.name = name;
            this.port = port;
            env("MANYI_KEY", KEY);
            // A sixtieth of the real cost: logins are not what is measured here.
            set("manyi.security.hash-iterations", 10_000);
            set("manyi.security.slow-address-after", 100_000);
            // Few people, who never pause.
            set("manyi.limits.everything.per-minute", 10_000_000);
            set("manyi.limits.everything.at-once", 10_000_000);
        }

        /** What its log is called. */
        Setup named(String newName) {
            name = newName;
            return this;
        }

        /** A port instead of any free one. */
        Setup port(int newPort) {
            port = newPort;
            return this;
        }

        /** An environment variable. */
        Setup env(String variable, String value) {
            environment.put(variable, value);
            return this;
        }

        /** A setting of the application. */
        Setup set(String property, Object value) {
            properties.put(property, String.valueOf(value));
            return this;
        }

        /** Leaves, when it is stopped, the archive of its classes with which all later nodes start in half the time. */
        Setup leavingArchive() {
            leavesArchive = true;
            return this;
        }

        /** Has its JVM compile as a server's does, which pays where the demonstration is loaded; the others live too short. */
        Setup loading() {
            return option("-XX:TieredStopAtLevel=4");
        }

        /** An option of the JVM, such as {@code -Xmx256m}. */
        Setup option(String option) {
            options.add(option);
            return this;
        }

        /** What happens at which point, as {@link FaultPoints} says; only until the node has done it. */
        Setup faults(String instructions) {
            return set("manyi.faults", instructions);
        }

        /** Starts the process and does not wait for it. */
        Node start() {
            Path log = LOGS.resolve("%03d-%s.log".formatted(NUMBER.incrementAndGet(), name));
            return new Node(this, launch(log), log);
        }

        /** Runs one of the program's commands to its end, such as {@code check}. */
        Ended run(String... command) {
            Path log = LOGS.resolve("%03d-%s-%s.log".formatted(NUMBER.incrementAndGet(), name, command[0]));
            Process process = launch(log, command);
            try {
                if (!process.waitFor(5, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    throw new AssertionError("`%s` did not end: %s".formatted(String.join(" ", command), read(log)));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
            return new Ended(process.exitValue(), read(log));
        }

        /** Compares the books by the program's own command and fails with what it found. */
        void assertBooksAgree() {
            Ended check = run("check");
            assertThat(check.exit()).as(check.output()).isZero();
            assertThat(check.output()).contains("The books agree.");
        }

        private Process launch(Path log, String... arguments) {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-Xmx512m",
                    "-Dfile.encoding=UTF-8",
                    "-Dmanyi.faults.parent=" + ProcessHandle.current().pid()));
            command.addAll(options);
            properties.forEach((property, value) -> command.add("-D" + property + "=" + value));
            command.addAll(leavesArchive ? Program.leavingArchive() : Program.options());
            command.addAll(List.of("-cp", Program.classPath(), ManyiApplication.class.getName()));
            command.addAll(List.of(arguments));
            try {
                Files.createDirectories(LOGS);
                ProcessBuilder builder =
                        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
                builder.environment().keySet().removeIf(variable -> variable.startsWith("MANYI_"));
                builder.environment().put("SERVER_PORT", String.valueOf(port));
                builder.environment().putAll(environment);
                return builder.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** What became of a command. */
    record Ended(int exit, String output) {}

    /** Its address without a slash at the end. */
    String url() {
        return "http://localhost:" + setup.port;
    }

    /** How it was started; starting that again is this node after its restart. */
    Setup setup() {
        return setup;
    }

    /** Its process id. */
    long pid() {
        return process.pid();
    }

    /** Whether the process runs. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** What it has written so far. */
    String log() {
        return read(log);
    }

    /** The status of its health, or 0 when it does not answer within two seconds. */
    int health() {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/actuator/health"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /**
     * Waits until it is healthy, at most ten minutes (a busy machine loads the demonstration slowly), and says how long that took; fails at
     * once when the process has ended.
     */
    Duration awaitHealthy() {
        Instant began = Instant.now();
        Awaitility.await("a healthy node, see " + log)
                .atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofMillis(100))
                .failFast(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("The node has ended with " + process.exitValue() + ":\n" + tail());
                    }
                })
                .until(() -> health() == 200);
        return Duration.between(began, Instant.now());
    }

    /** Waits until the process has ended by itself. */
    int awaitEnd(Duration atMost) {
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("The node still runs after " + atMost + ":\n" + tail());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** SIGKILL: gone at once, nothing tidied up. */
    void kill() {
        process.destroyForcibly();
        awaitEnd(Duration.ofSeconds(10));
    }

    /** SIGTERM, as systemd sends it; waits until the node has ended and says how long that took. */
    Duration stop() {
        Instant began = Instant.now();
        process.destroy();
        awaitEnd(Duration.ofSeconds(60));
        return Duration.between(began, Instant.now());
    }

    /** SIGTERM without waiting. */
    void beginStop() {
        process.destroy();
    }

    /** Stands still, as a machine that hangs. */
    void pause() {
        signal("-STOP");
    }

    /** Goes on. */
    void resume() {
        signal("-CONT");
    }

    private void signal(String signal) {
        Commands.run(Duration.ofSeconds(5), List.of("kill", signal, String.valueOf(process.pid())));
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }

    private String tail() {
        List<String> lines = log().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port that was free a moment ago. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
