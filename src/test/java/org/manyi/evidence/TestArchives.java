package org.manyi.evidence;

import java.nio.file.Path;
import java.time.Duration;
import org.manyi.shared.MovableClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.unit.DataSize;

/** The files of another Manyi, in a directory of its own. */
public final class TestArchives {

    private TestArchives() {}

    /** Its archive; {@code jdbc} is the other's database. */
    public static EvidenceArchive at(Path directory, JdbcClient jdbc, MovableClock clock) {
        EvidenceSettings settings = new EvidenceSettings(
                directory, DataSize.ofMegabytes(20), 20, 100, 64_000_000, Duration.ofDays(7), Duration.ofMinutes(55));
        return new EvidenceArchive(new FileVault(settings), jdbc, clock);
    }
}
