package org.manyi.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.manyi.shared.ContentRefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The bytes: {@code <directory>/ab/cd/<uuid>}, written under {@code incoming/} first, forced to the disk and then renamed, so that a
 * file under its own name is whole whatever happens.
 */
@Component
class FileVault {

    private static final Logger log = LoggerFactory.getLogger(FileVault.class);

    private final Path directory;
    private final Path incoming;

    FileVault(EvidenceSettings settings) {
        this.directory = settings.directory().toAbsolutePath().normalize();
        this.incoming = directory.resolve("incoming");
    }

    /** Does the work of a step that writes; when the disk refuses, the person is told that there is no room. */
    interface Writing<T> {

        T write() throws IOException;
    }

    /**
     * Runs a step that writes files.
     *
     * @throws ContentRefusedException 507 when the disk refuses
     */
    static <T> T writing(Writing<T> step) {
        try {
            return step.write();
        } catch (IOException e) {
            log.error("Evidence cannot be written; is the disk full?", e);
            throw ContentRefusedException.storageFull("evidence.problem.storageFull");
        }
    }

    /** A fresh name for a file under way. */
    Path newIncoming() {
        return writing(() -> {
            Files.createDirectories(incoming);
            return incoming.resolve(UUID.randomUUID().toString());
        });
    }

    /**
     * Writes what comes in to a file.
     *
     * @param max the most bytes
     * @return how many bytes came; {@code max + 1} when there were more
     * @throws IOException when the sender went away
     */
    long receive(InputStream in, Path file, long max) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long size = 0;
        try (OutputStream out = writing(() -> Files.newOutputStream(file, StandardOpenOption.CREATE_NEW))) {
            int n = in.read(buffer);
            while (n >= 0 && size <= max) {
                int count = (int) Math.min(n, max + 1 - size);
                writing(() -> {
                    out.write(buffer, 0, count);
                    return null;
                });
                size += count;
                n = in.read(buffer);
            }
        }
        return size;
    }

    /** The SHA-256 of a file in 64 hex digits. */
    static String sha256(Path file) throws IOException {
        try (DigestInputStream in =
                new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Moves a finished file to its place; when this returns it outlives a power cut. */
    void keep(Path file, UUID id) {
        writing(() -> {
            Path place = path(id);
            Files.createDirectories(place.getParent());
            force(file, StandardOpenOption.WRITE);
            Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
            force(place.getParent(), StandardOpenOption.READ);
            return place;
        });
    }

    /** Where the bytes of an attachment lie. */
    Path path(UUID id) {
        String name = id.toString();
        return directory
                .resolve(name.substring(0, 2))
                .resolve(name.substring(2, 4))
                .resolve(name);
    }

    /** Removes bytes; what cannot be removed now is swept later. */
    void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("{} could not be removed", file.getFileName(), e);
        }
    }

    /** Removes files under way that nobody will finish. */
    void discardIncoming(Instant before) throws IOException {
        walk(incoming, before, Instant.MIN, (file, id) -> discard(file));
    }

    /** Shows every kept file last written before an instant; files that are not named by a UUID are not ours. */
    void walkKept(Instant before, BiConsumer<Path, UUID> visitor) throws IOException {
        walk(directory, before, Instant.MIN, visitor);
    }

    /** The same, but for the directories in which nothing has come or gone since an instant. */
    void walkKept(Instant before, Instant since, BiConsumer<Path, UUID> visitor) throws IOException {
        walk(directory, before, since, visitor);
    }

    private void walk(Path root, Instant before, Instant since, BiConsumer<Path, UUID> visitor) throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                boolean another = dir.equals(incoming) && !root.equals(incoming);
                boolean quiet = holdsFiles(dir)
                        && attributes.lastModifiedTime().toInstant().isBefore(since);
                return another || quiet ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                UUID id = idOf(file);
                if (id != null && attributes.lastModifiedTime().toInstant().isBefore(before)) {
                    visitor.accept(file, id);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                // Another node may sweep at the same time.
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
    }

    /** Whether it is an {@code ab/cd}, whose own time says when a file last came or went. */
    private boolean holdsFiles(Path dir) {
        return dir.getNameCount() == directory.getNameCount() + 2;
    }

    private static UUID idOf(Path file) {
        try {
            return UUID.fromString(file.getFileName().toString());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void force(Path path, StandardOpenOption option) throws IOException {
        if (option == StandardOpenOption.READ
                && path.getFileSystem().getSeparator().equals("\\")) {
            // Windows forces no directory, and needs none forced.
            return;
        }
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }
}
