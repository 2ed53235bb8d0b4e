package org.manyi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Takes the log of the last run away before the first test of this one, so that {@link LogSecretsTests} reads its own run only. */
public class FreshLog implements LauncherSessionListener {

    /** Where the tests' log goes ({@code application-test.yaml}). */
    static final Path FILE = Path.of("target/test-log/" + System.getProperty("manyi.test.db", "h2") + ".log");

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        try {
            Files.deleteIfExists(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
