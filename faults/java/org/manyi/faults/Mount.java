package org.manyi.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.springframework.util.FileSystemUtils;

/** A small disk of its own, in memory, that can be filled to the last byte and freed again. */
final class Mount implements AutoCloseable {

    private static final long MEGABYTE = 1024 * 1024;

    private final Path directory;

    private Mount(Path directory) {
        this.directory = directory;
    }

    /** A disk that holds a copy of a directory and has so much room left; the test is skipped where mounting is not allowed. */
    static Mount copyOf(Path original, int megabytesLeft) {
        try {
            Path directory = Files.createTempDirectory("manyi-faults-disk");
            long size = sizeOf(original) + megabytesLeft * MEGABYTE;
            try {
                Commands.run(
                        Duration.ofSeconds(5),
                        List.of("mount", "-t", "tmpfs", "-o", "size=" + size, "manyi-faults", directory.toString()));
            } catch (AssertionError e) {
                Files.delete(directory);
                Assumptions.abort("A small disk cannot be mounted here, which needs root: " + e.getMessage());
            }
            FileSystemUtils.copyRecursively(original, directory);
            return new Mount(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path directory() {
        return directory;
    }

    /** Leaves no room at all. */
    void fill() {
        byte[] block = new byte[4096];
        try (var ballast = Files.newOutputStream(
                directory.resolve("ballast"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (true) {
                ballast.write(block);
            }
        } catch (IOException e) {
            // That was the last block.
        }
    }

    /** Gives the room back. */
    void free() {
        try {
            Files.deleteIfExists(directory.resolve("ballast"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long sizeOf(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            // A file takes whole blocks.
            return files.mapToLong(file -> (file.toFile().length() / 4096 + 1) * 4096)
                    .sum();
        }
    }

    @Override
    public void close() {
        Commands.run(Duration.ofSeconds(10), List.of("umount", "-l", directory.toString()));
    }
}
