package org.manyi.faults;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL of the harness's own, in a directory of its own, that can be crashed, silenced and brought back. It goes when this JVM
 * goes, however that happens.
 */
final class PostgresServer implements AutoCloseable {

    private static final Path TOOLS = Path.of(System.getProperty("java.io.tmpdir"), "manyi-faults-postgres");

    private final Path home;
    private final Path bin;
    private final int port;

    private PostgresServer(Path home, Path bin, int port) {
        this.home = home;
        this.bin = bin;
        this.port = port;
    }

    /** Makes and starts one, in the bureau's zone. */
    static PostgresServer create() {
        try {
            Path home = Files.createTempDirectory("manyi-faults-pg");
            EmbeddedPostgres first = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(TOOLS.toFile())
                    .setDataDirectory(home.resolve("data"))
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setServerConfig("timezone", "Asia/Shanghai")
                    .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                    .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (Stream<Path> unpacked = Files.list(TOOLS)) {
                Path bin = unpacked.map(path -> path.resolve("bin"))
                        .filter(Files::isDirectory)
                        .findFirst()
                        .orElseThrow();
                PostgresServer server = new PostgresServer(home, bin, first.getPort());
                server.guard();
                return server;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens on this machine. */
    int port() {
        return port;
    }

    /** Ends at once as in a crash: connections break, and the next start has to recover. */
    void stopImmediate() {
        control("stop", "-m", "immediate");
    }

    /** Starts again on the same port. */
    void start() {
        control("start", "-l", home.resolve("log").toString(), "-o", "-p " + port + " -c timezone=Asia/Shanghai");
    }

    /** Falls silent: connections stand, and nothing answers on them. */
    void pause() {
        signal("-STOP");
    }

    /** Speaks again. */
    void resume() {
        signal("-CONT");
    }

    @Override
    public void close() {
        resume();
        stopImmediate();
        try {
            FileSystemUtils.deleteRecursively(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signal(String signal) {
        try {
            long postmaster = Long.parseLong(
                    Files.readAllLines(home.resolve("data/postmaster.pid")).get(0));
            List<String> command = new ArrayList<>(List.of("kill", signal, String.valueOf(postmaster)));
            ProcessHandle.of(postmaster).stream()
                    .flatMap(ProcessHandle::descendants)
                    .forEach(backend -> command.add(String.valueOf(backend.pid())));
            Commands.run(Duration.ofSeconds(5), command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void control(String verb, String... more) {
        List<String> command = pgCtl();
        command.addAll(List.of("-w", verb));
        command.addAll(List.of(more));
        Commands.run(Duration.ofSeconds(60), command);
    }

    private List<String> pgCtl() {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            // PostgreSQL refuses to be root; in a user namespace of its own it is nobody.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(
                bin.resolve("pg_ctl").toString(), "-D", home.resolve("data").toString()));
        return command;
    }

    /** Ends the server when this JVM has gone without closing it. */
    private void guard() throws IOException {
        String stop = String.join(" ", pgCtl()) + " -m immediate stop; rm -rf " + home;
        new ProcessBuilder(
                        "sh",
                        "-c",
                        "while kill -0 %d && [ -d %s ]; do sleep 1; done; [ ! -d %s ] || { %s; }"
                                .formatted(ProcessHandle.current().pid(), home, home, stop))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
