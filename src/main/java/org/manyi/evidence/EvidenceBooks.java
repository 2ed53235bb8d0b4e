package org.manyi.evidence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
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
     * @param difference gets a line for each row without its bytes or with other bytes, and for bytes that have lain without a row for
     *     too long; never null
     */
    public void compare(Consumer<String> difference) {
        Set<UUID> known = new HashSet<>();
        UUID last = null;
        List<Kept> page = page(null);
        while (!page.isEmpty()) {
            for (Kept kept : page) {
                known.add(kept.id());
                String fault = faultOf(kept);
                if (fault != null) {
                    difference.accept("attachment " + kept.id() + ": " + fault);
                }
                last = kept.id();
            }
            page = page(last);
        }
        try {
            vault.walkKept(
                    clock.system().instant().minus(settings.orphanAge()).minus(Duration.ofMinutes(1)), (file, id) -> {
                        if (!known.contains(id)) {
                            difference.accept("file " + id + ": no row");
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Kept> page(UUID after) {
        return jdbc.sql("select id, size_bytes, sha256 from attachment " + (after == null ? "" : "where id > :after ")
                        + "order by id fetch first 1000 rows only")
                .params(after == null ? Map.of() : Map.of("after", after))
                .query((row, n) ->
                        new Kept(row.getObject("id", UUID.class), row.getLong("size_bytes"), row.getString("sha256")))
                .list();
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
