package org.manyi.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.manyi.backup.Backups.Made;
import org.springframework.core.env.Environment;

/** The command {@code backup} where a running Manyi has the H2 database: it is asked by a file beside its data. */
public final class BackupCommand {

    private static final int H2_ALREADY_OPEN = 90020;
    private static final long TAKEN_WITHIN = TimeUnit.SECONDS.toNanos(60);

    private BackupCommand() {}

    /**
     * Whether the database is a file of H2 that another program has open.
     *
     * @param settings the application's, never null
     */
    public static boolean isServed(Environment settings) {
        String url = settings.getProperty("spring.datasource.url", "");
        if (!url.startsWith("jdbc:h2:file:")) {
            return false;
        }
        try (Connection connection = DriverManager.getConnection(
                url + ";IFEXISTS=TRUE",
                settings.getProperty("spring.datasource.username"),
                settings.getProperty("spring.datasource.password"))) {
            return connection.isClosed();
        } catch (SQLException e) {
            return e.getErrorCode() == H2_ALREADY_OPEN;
        }
    }

    /**
     * Has the running Manyi make a backup in its own directory, and moves it where it is wanted.
     *
     * @param directory of the running one's backups, never null
     * @param file must not exist
     * @throws BackupRefusedException when it does not answer or cannot make one
     */
    public static Made ask(Path directory, Path file) {
        if (Files.exists(file)) {
            throw new BackupRefusedException(file + " is there already; name another file.");
        }
        String name = Backups.ASKED + UUID.randomUUID();
        Path request = directory.resolve(name);
        Path archive = directory.resolve(name + ".zip");
        try {
            Files.createDirectories(directory);
            Files.createFile(request);
            List<String> answer = answer(request);
            move(archive, file);
            String[] counts = answer.get(0).split(" ");
            return new Made(
                    Long.parseLong(counts[0]),
                    Long.parseLong(counts[1]),
                    Long.parseLong(counts[2]),
                    answer.subList(1, answer.size()));
        } catch (IOException e) {
            throw new BackupRefusedException(
                    "The backup could not be moved to %s: %s".formatted(file, e.getMessage()), e);
        } finally {
            for (String ending : List.of("", ".taken", ".zip", ".done", ".failed")) {
                discard(directory.resolve(name + ending));
            }
        }
    }

    private static List<String> answer(Path request) throws IOException {
        Path done = request.resolveSibling(request.getFileName() + ".done");
        Path failed = request.resolveSibling(request.getFileName() + ".failed");
        long giveUp = System.nanoTime() + TAKEN_WITHIN;
        while (!Files.exists(done)) {
            if (Files.exists(failed)) {
                throw new BackupRefusedException(Files.readString(failed).strip());
            }
            if (Files.exists(request) && System.nanoTime() > giveUp) {
                throw new BackupRefusedException(
                        "Another program has the database open and does not answer; if it is no Manyi, stop it.");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
        return Files.readAllLines(done);
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (java.nio.file.AtomicMoveNotSupportedException e) {
            Path part = to.resolveSibling(to.getFileName() + ".part");
            Files.copy(from, part, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            System.err.println(file + " could not be removed");
        }
    }
}
