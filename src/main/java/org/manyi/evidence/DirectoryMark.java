package org.manyi.evidence;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.manyi.shared.StartRefusedException;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Refuses to start where the evidence directory is not this database's: a second node that does not see the first one's files, or a
 * volume that is not mounted. A file in the directory and a row in the database hold the same mark.
 */
@Component
@ConditionalOnBooleanProperty(name = "manyi.serving", matchIfMissing = true)
class DirectoryMark implements SmartInitializingSingleton {

    private static final String FILE = "manyi-evidence.id";

    private final JdbcClient jdbc;
    private final FileVault vault;
    private final Path directory;
    private final Path file;

    DirectoryMark(JdbcClient jdbc, FileVault vault, EvidenceSettings settings) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.directory = settings.directory().toAbsolutePath().normalize();
        this.file = directory.resolve(FILE);
    }

    @Override
    public void afterSingletonsInstantiated() {
        try {
            UUID kept = kept().orElseGet(this::keep);
            if (!Files.exists(file) && holdsTheEvidence()) {
                // Brought here by a restore, which knows of the files that have rows.
                write(kept);
            }
            if (!kept.toString().equals(read())) {
                throw refused(kept);
            }
        } catch (IOException e) {
            throw new StartRefusedException(
                    "The evidence directory %s cannot be used: %s".formatted(directory, e.getMessage()),
                    "Let the user that runs Manyi read and write it.");
        }
    }

    private StartRefusedException refused(UUID kept) {
        return new StartRefusedException(
                "The evidence directory %s is not the one of this database: its file %s does not say %s."
                        .formatted(directory, FILE, kept),
                "Mount the directory that the nodes share, or name it with MANYI_DATA. Where it is the right one after all,"
                        + " write that id into the file.");
    }

    private Optional<UUID> kept() {
        return jdbc.sql("select mark from evidence_directory where id = 1")
                .query(UUID.class)
                .optional();
    }

    /** The first start with this database. */
    private UUID keep() {
        try {
            Files.createDirectories(directory);
            write(UUID.randomUUID());
            jdbc.sql("insert into evidence_directory (id, mark) values (1, :mark)")
                    .param("mark", UUID.fromString(read()))
                    .update();
        } catch (DuplicateKeyException e) {
            // Another node starts at the same time; the directory is compared with what it has kept.
        } catch (IOException e) {
            throw new StartRefusedException(
                    "The evidence directory %s cannot be written: %s".formatted(directory, e.getMessage()),
                    "Let the user that runs Manyi read and write it.");
        }
        return kept().orElseThrow();
    }

    private boolean holdsTheEvidence() {
        List<UUID> newest = jdbc.sql("select id from attachment order by uploaded_at desc fetch first 5 rows only")
                .query(UUID.class)
                .list();
        return !newest.isEmpty() && newest.stream().allMatch(id -> Files.exists(vault.path(id)));
    }

    private void write(UUID mark) throws IOException {
        try {
            Files.writeString(file, mark.toString(), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            // Another node starts at the same time, or the database was emptied and the directory was not.
        }
    }

    /** What the file says; one that another node is just writing is waited for. */
    private String read() throws IOException {
        String found = Files.exists(file) ? Files.readString(file).strip() : null;
        for (int tries = 0; found != null && found.isEmpty() && tries < 50; tries++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            found = Files.readString(file).strip();
        }
        return found;
    }
}
