package org.manyi.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;

/** What all tests of a run share: one PostgreSQL, and the demonstration district loaded once and then copied. */
final class Harness {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static PostgresServer server;
    private static Database district;
    private static Path h2District;

    private Harness() {}

    /** How much more than in CI a test should do: {@code -Dfaults.rounds=n}, where given, in place of {@code usual}. */
    static int rounds(int usual) {
        return Integer.getInteger("faults.rounds", usual);
    }

    /** The day, or the Monday after it. */
    static LocalDate weekday(LocalDate day) {
        return day.getDayOfWeek().getValue() > 5 ? weekday(day.plusDays(1)) : day;
    }

    /** The run's PostgreSQL; a test that stops or silences it must bring it back. */
    static synchronized PostgresServer postgres() {
        if (server == null) {
            server = PostgresServer.create();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        }
        return server;
    }

    /** A new, empty database. */
    static Database emptyDatabase() {
        return create("empty", "");
    }

    /** A new database that holds the demonstration district, and a copy of its files. */
    static synchronized Database district() {
        if (district == null) {
            Database fresh = emptyDatabase();
            Node node =
                    Node.on(fresh).named("loader").loading().leavingArchive().start();
            node.awaitHealthy();
            node.stop();
            district = fresh;
        }
        Database copy = create("district", " template " + district.name());
        copy(district.data(), copy.data());
        return copy;
    }

    /** A new copy of a directory whose H2 file holds the demonstration district. */
    static synchronized Path h2District() {
        if (h2District == null) {
            Path fresh = temporaryDirectory();
            Node node = Node.onH2(fresh)
                    .named("loader-h2")
                    .loading()
                    .leavingArchive()
                    .start();
            node.awaitHealthy();
            node.stop();
            h2District = fresh;
        }
        Path copy = temporaryDirectory();
        copy(h2District, copy);
        return copy;
    }

    private static void copy(Path from, Path to) {
        try {
            FileSystemUtils.copyRecursively(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Database create(String kind, String template) {
        String name = kind + NUMBER.incrementAndGet();
        JdbcClient jdbc = new Database(postgres(), "postgres", null).jdbc();
        jdbc.sql("create database " + name + template).update();
        return new Database(postgres(), name, temporaryDirectory());
    }

    /** A directory that goes with this JVM. */
    static Path temporaryDirectory() {
        try {
            Path directory = Files.createTempDirectory("manyi-faults");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    FileSystemUtils.deleteRecursively(directory);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
