package org.manyi.faults;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.manyi.ManyiApplication;
import org.springframework.util.FileSystemUtils;

/**
 * The program as child JVMs run it: the classes of this build and the fault points, packed, since a JVM keeps an archive of its loaded
 * classes for jars only. The tests themselves are left out: their helpers are components that a node must not find.
 */
final class Program {

    private static final Path DIRECTORY = Harness.temporaryDirectory();
    private static final Path ARCHIVE = DIRECTORY.resolve("classes.jsa");
    private static String classPath;

    private Program() {}

    static synchronized String classPath() {
        if (classPath == null) {
            try {
                Path tests = place(Program.class);
                Path points = DIRECTORY.resolve("points");
                for (String part : List.of("org/manyi/faults", "META-INF/spring")) {
                    FileSystemUtils.copyRecursively(tests.resolve(part), points.resolve(part));
                }
                Path program = place(ManyiApplication.class);
                Map<Path, Path> packed = Map.of(
                        tests,
                        jar("points.jar", points),
                        program,
                        Files.isDirectory(program) ? jar("program.jar", program) : program);
                String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
                classPath = Arrays.stream(all.split(File.pathSeparator))
                        .map(Path::of)
                        .map(entry -> packed.getOrDefault(entry, entry).toString())
                        .collect(Collectors.joining(File.pathSeparator));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return classPath;
    }

    /** What a JVM is told so that it loads its classes from the archive; nothing before there is one. */
    static List<String> options() {
        return Files.exists(ARCHIVE) ? List.of("-Xlog:cds=off", "-XX:SharedArchiveFile=" + ARCHIVE) : List.of();
    }

    /** What a JVM is told so that it leaves the archive when it ends in order, unless there is one. */
    static List<String> leavingArchive() {
        return Files.exists(ARCHIVE) ? options() : List.of("-Xlog:cds=off", "-XX:ArchiveClassesAtExit=" + ARCHIVE);
    }

    private static Path place(Class<?> type) {
        try {
            CodeSource source = type.getProtectionDomain().getCodeSource();
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path jar(String name, Path directory) {
        Path jar = DIRECTORY.resolve(name);
        int failed = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "--create",
                        "--no-compress",
                        "--file",
                        jar.toString(),
                        "-C",
                        directory.toString(),
                        ".");
        if (failed != 0) {
            throw new IllegalStateException("Could not pack " + directory);
        }
        return jar;
    }
}
