package org.manyi.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.UUID;
import org.manyi.shared.MovableClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The bytes of all files for whoever copies them as a whole, and puts them back. */
@Component
public class EvidenceArchive {

    private final FileVault vault;
    private final JdbcClient jdbc;
    private final MovableClock clock;

    EvidenceArchive(FileVault vault, JdbcClient jdbc, MovableClock clock) {
        this.vault = vault;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Sees to it, on every node, that no file whose row is committed now goes for a while. Returns when whatever was just being removed is
     * gone, row and all; called again to go on.
     *
     * @param forHowLong from now by the system's clock, never null; zero ends it
     */
    @Transactional
    public void hold(Duration forHowLong) {
        Instant until = clock.system().instant().plus(forHowLong);
        jdbc.sql("update evidence_hold set held_until = :until where id = 1")
                .param("until", until.atOffset(ZoneOffset.UTC))
                .update();
    }

    /**
     * Opens the bytes of a file.
     *
     * @return null when there are none
     */
    public InputStream open(UUID id) throws IOException {
        Path file = vault.path(id);
        return Files.exists(file) ? Files.newInputStream(file) : null;
    }

    /** Whether no file is kept yet. */
    public boolean isEmpty() throws IOException {
        boolean[] found = {false};
        vault.walkKept(Instant.MAX, (file, id) -> found[0] = true);
        return !found[0];
    }

    /**
     * Puts the bytes of a file in their place; when this returns they outlive a power cut.
     *
     * @param bytes read to their end, not closed
     * @return their SHA-256 in 64 hex digits
     */
    public String put(UUID id, InputStream bytes) throws IOException {
        Path file = vault.newIncoming();
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), sha256)) {
                bytes.transferTo(out);
            }
            vault.keep(file, id);
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } finally {
            vault.discard(file);
        }
    }

    /** Takes back what {@link #put} put. */
    public void remove(UUID id) {
        vault.discard(vault.path(id));
    }
}
