package org.manyi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the tests of a run leave for those that run after all of them: their log ({@code application-test.yaml}) and what they note. The
 * build deals the tests out to several programs, each of which has files of its own here, and empties the folder before a run.
 */
final class TestNotes {

    private static final Path FOLDER = Path.of("target/test-notes");

    private TestNotes() {}

    /** Where this program notes what belongs under the name. */
    static Path file(String name) {
        return FOLDER.resolve("%s-%s.%s"
                .formatted(
                        System.getProperty("manyi.test.db", "h2"), System.getProperty("manyi.test.fork", "1"), name));
    }

    /** Adds a line to a file of this program's. */
    static synchronized void add(Path file, String line) {
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What all programs with this database have noted under the name. */
    static List<Path> files(String database, String name) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.getFileName().toString().matches(database + "-\\d+\\." + name))
                    .toList();
        }
    }
}
