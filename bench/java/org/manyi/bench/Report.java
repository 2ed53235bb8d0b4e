package org.manyi.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a benchmark found, as a Markdown page: printed line by line and kept in {@code target/bench/<name>.md}. */
public final class Report {

    private final Path file;
    private final List<String> lines = new ArrayList<>();

    /** A new one, with the day and the machine at its head. */
    public Report(String name) throws IOException {
        file = Path.of("target", "bench", name + ".md");
        Files.createDirectories(file.getParent());
        line("# " + name);
        line("");
        line(OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS) + ", " + machine());
    }

    /** A line of text. */
    public void line(String text) throws IOException {
        System.out.println(text);
        lines.add(text);
        Files.write(file, lines);
    }

    /** The head of a table, after an empty line. */
    public void head(String... columns) throws IOException {
        line("");
        row((Object[]) columns);
        line("|" + " --- |".repeat(columns.length));
    }

    /** A row of a table; numbers with a fraction are written with three digits that count. */
    public void row(Object... cells) throws IOException {
        StringBuilder row = new StringBuilder("|");
        for (Object cell : cells) {
            row.append(' ').append(cell instanceof Double number ? number(number) : cell).append(" |");
        }
        line(row.toString());
    }

    private static String number(double value) {
        double size = Math.abs(value);
        int digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    private static String machine() {
        return "%d cores, load %.1f, Java %s, %s %s, PostgreSQL on the same machine with fsync"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                        System.getProperty("java.version"),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"));
    }
}
