package org.manyi.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The last seal that this machine has made, in a file beside the data key: whoever has the database alone cannot take the end of the
 * trail away unseen.
 */
@Component
class SealAnchor {

    private static final Logger LOG = LoggerFactory.getLogger(SealAnchor.class);

    private final Path file;

    SealAnchor(@Value("${manyi.data}") Path data) {
        this.file = data.resolve("audit-seal");
    }

    /** A seal as remembered. */
    record Remembered(long id, String digest) {}

    /** Empty on a machine that has made no seal yet. */
    Optional<Remembered> read() {
        try {
            String[] parts = Files.readString(file).strip().split(" ");
            return Optional.of(new Remembered(Long.parseLong(parts[0]), parts[1]));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    void write(Seal seal) {
        try {
            Files.createDirectories(file.getParent());
            Path next = file.resolveSibling("audit-seal.new");
            Files.writeString(next, seal.id() + " " + seal.digest() + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("The last seal of the trail cannot be noted in {}", file, e);
        }
    }
}
