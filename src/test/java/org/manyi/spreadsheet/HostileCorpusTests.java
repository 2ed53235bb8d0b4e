package org.manyi.spreadsheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What hostile files cost at the most; a longer run by {@code -Dmanyi.hostile.files=600}. */
class HostileCorpusTests {

    private static final int SLOWEST_MILLIS = 5_000;
    private static final Pattern SUMMARY = Pattern.compile("files=(\\d+) slowest=(\\d+) heap=(\\d+) MB");

    @Test
    void hostileFilesAreRefusedWithinFiveSecondsAnd128Megabytes() throws Exception {
        int files = Integer.getInteger("manyi.hostile.files", 48);

        String printed = run(files);

        Matcher summary = SUMMARY.matcher(printed);
        assertThat(summary.find()).as(printed).isTrue();
        assertThat(Integer.parseInt(summary.group(1))).isGreaterThan(files);
        assertThat(Integer.parseInt(summary.group(2))).as(printed).isLessThan(SLOWEST_MILLIS);
        System.out.println(printed);
    }

    private static String run(int files) throws IOException, InterruptedException {
        Process corpus = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HostileReading.class.getName(),
                        String.valueOf(files))
                .redirectErrorStream(true)
                .start();
        try {
            String printed = new String(corpus.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(corpus.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(corpus.exitValue()).as(printed).isZero();
            return printed;
        } finally {
            corpus.destroyForcibly();
        }
    }
}
