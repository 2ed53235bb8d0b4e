package org.manyi.bench;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How long the packaged program takes from its start to a healthy answer on a database that it knows, and what memory it holds a quarter
 * of a minute later: as documented, with the serial collector, and extracted with a class archive (AppCDS).
 */
public final class StartUp {

    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final Path JAR = Path.of("target", "manyi.jar").toAbsolutePath();

    private StartUp() {}

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        Report report = new Report("StartUp");
        Path directory = Files.createTempDirectory("manyi-start");
        try (BenchDatabase database = BenchDatabase.start()) {
            Path extracted = extract(directory);
            Map<String, List<String>> ways = new LinkedHashMap<>();
            ways.put("`java -Xmx1g -jar manyi.jar`", List.of("-Xmx1g", "-jar", JAR.toString()));
            ways.put("the same with `-XX:+UseSerialGC`", List.of("-Xmx1g", "-XX:+UseSerialGC", "-jar", JAR.toString()));
            List<String> archived = List.of(
                    "-Xmx1g", "-XX:+UseSerialGC", "-XX:SharedArchiveFile=manyi.jsa", "-jar", extracted.toString());
            ways.put("extracted, `-XX:+UseSerialGC`, AppCDS", archived);
            start(directory, database, ways.values().iterator().next(), new Times());
            archive(extracted, database);

            Map<String, Times> started = new LinkedHashMap<>();
            Map<String, Times> resident = new LinkedHashMap<>();
            for (int round = 0; round < ROUNDS; round++) {
                for (Map.Entry<String, List<String>> way : ways.entrySet()) {
                    Path at = way.getValue() == archived ? extracted.getParent() : directory;
                    long kilobytes = start(
                            at, database, way.getValue(), started.computeIfAbsent(way.getKey(), key -> new Times()));
                    // Megabytes in the place of milliseconds.
                    resident.computeIfAbsent(way.getKey(), key -> new Times()).add(kilobytes * 1_000_000 / 1024);
                }
            }
            report.head("how", "starts", "healthy after, s: median", "slowest", "resident when idle, MB: median", "most");
            for (String way : ways.keySet()) {
                Times times = started.get(way);
                Times memory = resident.get(way);
                report.row(
                        way, times.size(), times.median() / 1000, times.at(1) / 1000, memory.median(), memory.at(1));
            }
            report.line("");
            report.line("The jar is " + Files.size(JAR) / 1024 / 1024 + " MB.");
        }
    }

    private static Path extract(Path directory) throws Exception {
        run(directory, List.of("-Djarmode=tools", "-jar", JAR.toString(), "extract", "--destination", "extracted"), Map.of());
        return directory.resolve("extracted").resolve("manyi.jar");
    }

    private static void archive(Path extracted, BenchDatabase database) throws Exception {
        run(
                extracted.getParent(),
                List.of(
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "-XX:ArchiveClassesAtExit=manyi.jsa",
                        "-Dspring.context.exit=onRefresh",
                        "-jar",
                        extracted.toString()),
                environment(database, freePort()));
    }

    /** Starts the program, keeps how long that took, and returns how many kilobytes it holds when idle. */
    private static long start(Path directory, BenchDatabase database, List<String> options, Times times)
            throws Exception {
        int port = freePort();
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest health = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/health"))
                .timeout(Duration.ofSeconds(5))
                .build();
        long begun = System.nanoTime();
        Process process = process(directory, options, environment(database, port)).start();
        try {
            while (!healthy(http, health)) {
                if (!process.isAlive() || System.nanoTime() - begun > TimeUnit.MINUTES.toNanos(3)) {
                    throw new IllegalStateException("Did not start: " + directory.resolve("log"));
                }
                Thread.sleep(20);
            }
            times.add(System.nanoTime() - begun);
            Thread.sleep(15_000);
            return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElseThrow();
        } finally {
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private static boolean healthy(HttpClient http, HttpRequest health) throws InterruptedException {
        try {
            return http.send(health, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static Map<String, String> environment(BenchDatabase database, int port) {
        return Map.of(
                "SPRING_PROFILES_ACTIVE", "postgres",
                "MANYI_DB_URL", database.url(),
                "MANYI_DB_USER", database.user(),
                "MANYI_DB_PASSWORD", "",
                "MANYI_DATA", database.data().toString(),
                "MANYI_ADMIN_PASSWORD", BenchApplication.PASSWORD,
                "SERVER_PORT", String.valueOf(port));
    }

    private static void run(Path directory, List<String> options, Map<String, String> environment) throws Exception {
        int exit = process(directory, options, environment).start().waitFor();
        if (exit != 0) {
            throw new IllegalStateException(options + " ended with " + exit + ": " + directory.resolve("log"));
        }
    }

    private static ProcessBuilder process(Path directory, List<String> options, Map<String, String> environment) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        ProcessBuilder process = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        process.redirectOutput(ProcessBuilder.Redirect.appendTo(new File(directory.toFile(), "log")));
        process.environment().putAll(environment);
        return process;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
