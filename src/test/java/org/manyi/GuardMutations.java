package org.manyi;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Takes the guards of the house out, one at a time, and looks whether the test that watches each of them fails. Works in a copy under
 * {@code target/mutations}, where {@code found.txt} keeps what it found. Run by the Maven profile
 * {@code mutations}, with {@code -Dguards=1-10,17} for a part of the list.
 */
final class GuardMutations {

    private static final Path SCRATCH = Path.of("target/mutations");
    private static final Path CLASSES = SCRATCH.resolve("target/classes");
    private static final Path FOUND = SCRATCH.resolve("found.txt");
    private static final int PATIENCE_SECONDS = 240;

    private GuardMutations() {}

    /** {@code 1-10,17}, or {@code all}; or {@code test class#method} in the child that runs one test without its guard. */
    public static void main(String[] args) throws Exception {
        if (args[0].equals("test")) {
            System.exit(runHere(Arrays.asList(args).subList(1, args.length)));
        }
        List<Guard> guards = Guard.all();
        List<Guard> chosen = args[0].equals("all") ? guards : chosen(guards, args[0]);
        copy();
        List<String> tests = chosen.stream().map(Guard::test).distinct().toList();
        if (test(tests) != 0) {
            throw new IllegalStateException("The tests fail with all guards in place: see " + SCRATCH + "/log.txt");
        }
        int caught = 0;
        for (Guard guard : chosen) {
            String verdict = without(guard);
            caught += verdict.startsWith("caught") ? 1 : 0;
            String line = String.format("%-8s | %s | %s", verdict, guard.name(), guard.test());
            System.out.println(line);
            Files.writeString(
                    FOUND,
                    line + "\n",
                    java.nio.file.StandardOpenOption.CREATE,
                    java.nio.file.StandardOpenOption.APPEND);
        }
        System.out.println(caught + " of " + chosen.size() + " guards were missed when they were gone");
        System.exit(caught == chosen.size() ? 0 : 1);
    }

    private static List<Guard> chosen(List<Guard> guards, String parts) {
        List<Guard> chosen = new ArrayList<>();
        for (String part : parts.split(",")) {
            String[] ends = part.split("-");
            int last = Integer.parseInt(ends[ends.length - 1]);
            chosen.addAll(guards.subList(Integer.parseInt(ends[0]) - 1, Math.min(last, guards.size())));
        }
        return chosen;
    }

    private static String without(Guard guard) throws Exception {
        Path source = SCRATCH.resolve(guard.file());
        Files.delete(source);
        Files.writeString(source, guard.mutated());
        try {
            if (!build(guard, source)) {
                return "invalid";
            }
            return switch (test(List.of(guard.test()))) {
                case 0 -> "SURVIVED";
                case 1 -> "caught";
                default -> "no answer";
            };
        } finally {
            copy();
        }
    }

    private static boolean build(Guard guard, Path source) throws IOException {
        if (guard.file().endsWith(".java")) {
            return ToolProvider.getSystemJavaCompiler()
                            .run(
                                    null,
                                    null,
                                    null,
                                    "-nowarn",
                                    "-proc:none",
                                    "-parameters",
                                    "--release",
                                    "17",
                                    "-encoding",
                                    "UTF-8",
                                    "-cp",
                                    classPath(),
                                    "-d",
                                    unlinked(guard).toString(),
                                    source.toString())
                    == 0;
        }
        Path target = CLASSES.resolve(guard.file().substring("src/main/resources/".length()));
        Files.delete(target);
        Files.copy(source, target);
        return true;
    }

    /** The classes' folder, those of the guard's file no longer linked to the originals. */
    private static Path unlinked(Guard guard) throws IOException {
        Path file = Path.of(guard.file().substring("src/main/java/".length()));
        String name = file.getFileName().toString().replace(".java", "");
        try (Stream<Path> compiled = Files.list(CLASSES.resolve(file.getParent()))) {
            for (Path path : compiled.toList()) {
                if (path.getFileName().toString().matches(name + "(\\$.*)?\\.class")) {
                    Files.delete(path);
                }
            }
        }
        return CLASSES;
    }

    /** 0 when the tests pass, 1 when one fails, anything else when there is no answer. */
    private static int test(List<String> tests) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1500m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Duser.timezone=Asia/Shanghai",
                "-Dfile.encoding=UTF-8",
                "-cp",
                classPath(),
                GuardMutations.class.getName(),
                "test"));
        command.addAll(tests);
        Process child = new ProcessBuilder(command)
                .directory(SCRATCH.toFile())
                .redirectErrorStream(true)
                .redirectOutput(SCRATCH.resolve("log.txt").toFile())
                .start();
        if (!child.waitFor((long) PATIENCE_SECONDS * (tests.size() > 1 ? 3 : 1), TimeUnit.SECONDS)) {
            child.destroyForcibly();
            return 2;
        }
        return child.exitValue();
    }

    private static int runHere(List<String> tests) throws ClassNotFoundException {
        List<DiscoverySelector> selectors = new ArrayList<>();
        for (String test : tests) {
            Class<?> type = Class.forName(test.substring(0, test.indexOf('#')));
            String name = test.substring(test.indexOf('#') + 1);
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> method.getName().equals(name))
                    .filter(method -> method.isAnnotationPresent(org.junit.jupiter.api.Test.class)
                            || method.isAnnotationPresent(ParameterizedTest.class))
                    .forEach(method -> selectors.add(selectMethod(type, method)));
        }
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectors)
                                .build(),
                        listener);
        TestExecutionSummary summary = listener.getSummary();
        summary.printFailuresTo(new PrintWriter(System.out, true), 3);
        if (summary.getTestsFoundCount() == 0) {
            return 3;
        }
        return summary.getTotalFailureCount() == 0 ? 0 : 1;
    }

    /** Our own class path with the copy's classes in place of the originals. */
    private static String classPath() {
        Path original = Path.of("target/classes").toAbsolutePath();
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath())
                .map(entry -> entry.equals(original) ? CLASSES.toAbsolutePath() : entry)
                .map(Path::toString)
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElseThrow();
    }

    /** Puts everything back as it is in the project. */
    private static void copy() throws IOException {
        for (String part : List.of("src", "docs", "processes", "forms", "mutations", "target/classes")) {
            Path from = Path.of(part);
            Files.walkFileTree(from, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                        throws IOException {
                    Files.createDirectories(SCRATCH.resolve(folder));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Path copy = SCRATCH.resolve(file);
                    if (!Files.exists(copy)
                            || Files.size(copy) != attributes.size()
                            || !Files.getLastModifiedTime(copy).equals(attributes.lastModifiedTime())) {
                        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        }
        for (String file : List.of("pom.xml", "package.json", "package-lock.json")) {
            Files.copy(Path.of(file), SCRATCH.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
