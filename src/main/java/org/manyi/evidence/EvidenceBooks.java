package org.manyi.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.manyi.shared.MovableClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Compares the rows of stored files with the bytes on the disk. */
@Component
public class EvidenceBooks {

    private final JdbcClient jdbc;
    private final FileVault vault;
    private final EvidenceSettings settings;
    private final MovableClock clock;

    EvidenceBooks(JdbcClient jdbc, FileVault vault, EvidenceSettings settings, MovableClock clock) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.settings = settings;
        this.clock = clock;
    }

    private record Kept(UUID id, long size, String sha256) {}

    /**
     * Reads every stored file once.
     *
     * @return a line for each row without its bytes, with other bytes, and for bytes that have lain without a row for too long; empty
     *     when all is well
     */
    public List<String> differences() {
        List<String> differences = new ArrayList<>();
        Set<UUID> known = new HashSet<>();
        jdbc.sql("select id, size_bytes, sha256 from attachment order by id")
                .query((row, n) ->
                        new Kept(row.getObject("id", UUID.class), row.getLong("size_bytes"), row.getString("sha256")))
                .list()
                .forEach(kept -> {
                    known.add(kept.id());
                    String fault = faultOf(kept);
                    if (fault != null) {
                        differences.add("attachment " + kept.id() + ": " + fault);
                    }
                });
        try {
            vault.walkKept(
                    clock.system().instant().minus(settings.orphanAge()).minus(Duration.ofMinutes(1)), (file, id) -> {
                        if (!known.contains(id)) {
                            differences.add("file " + id + ": no row");
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return differences;
    }

    private String faultOf(Kept kept) {
        Path file = vault.path(kept.id());
        try {
            if (!Files.exists(file)) {
                return "no bytes";
            }
            if (Files.size(file) != kept.size()) {
                return "%d bytes, the row says %d".formatted(Files.size(file), kept.size());
            }
            return FileVault.sha256(file).equals(kept.sha256()) ? null : "other bytes than the row's hash says";
        } catch (IOException e) {
            return "cannot be read";
        }
    }
}
