package org.manyi.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.manyi.evidence.AttachmentRows.Row;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ContentRefusedException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Service
class DefaultEvidenceStore implements EvidenceStore {

    private final EvidenceSettings settings;
    private final FileVault vault;
    private final AttachmentRows rows;
    private final ObjectProvider<EvidenceOwner> owners;
    private final MovableClock clock;

    DefaultEvidenceStore(
            EvidenceSettings settings,
            FileVault vault,
            AttachmentRows rows,
            ObjectProvider<EvidenceOwner> owners,
            MovableClock clock) {
        this.settings = settings;
        this.vault = vault;
        this.rows = rows;
        this.owners = owners;
        this.clock = clock;
    }

    @Override
    public Attachment store(String ownerType, String ownerId, String name, InputStream bytes, CurrentUser user) {
        if (!mayAttach(ownerType, ownerId, user)) {
            throw new NotFoundException();
        }
        if (rows.countOf(ownerType, ownerId, user.username()) >= settings.maxWaiting()) {
            throw ValidationException.of("file", "tooMany", "evidence.field.tooManyWaiting", settings.maxWaiting());
        }
        Path received = vault.newIncoming();
        Path kept = received;
        try {
            receive(bytes, received);
            FileKind kind = FileVault.writing(() -> FileInspector.inspect(received));
            String safeName = fittingName(name, kind);
            ImageFacts facts = ImageFacts.NONE;
            if (kind.isImage()) {
                kept = vault.newIncoming();
                facts = withoutMetadata(kind, received, kept);
            }
            return keep(kept, kind, safeName, facts, ownerType, ownerId, user);
        } finally {
            vault.discard(received);
            vault.discard(kept);
        }
    }

    private void receive(InputStream bytes, Path file) {
        try {
            long max = settings.maxSize().toBytes();
            long size = vault.receive(bytes, file, max);
            if (size > max) {
                throw ContentRefusedException.tooLarge(
                        "evidence.problem.tooLarge", settings.maxSize().toMegabytes());
            }
            if (size == 0) {
                throw ValidationException.of("file", "empty", "evidence.field.empty");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The sender went away", e);
        }
    }

    /** Among images the content decides on the ending, for chat apps rename them; everything else must be what it is called. */
    private static String fittingName(String sent, FileKind kind) {
        String name = SafeName.of(sent);
        String ending = SafeName.ending(name);
        if (kind.fits(ending)) {
            return name;
        }
        if (ending.isEmpty() || kind.isImage() && FileKind.isImageEnding(ending)) {
            return SafeName.withEnding(name, kind.ending());
        }
        throw ContentRefusedException.unsupported("evidence.problem.mismatch", name);
    }

    private ImageFacts withoutMetadata(FileKind kind, Path from, Path to) {
        return FileVault.writing(() -> {
            try {
                return ImageFilter.of(kind, settings.maxPixels()).copy(from, to);
            } catch (TooManyPixelsException e) {
                throw ContentRefusedException.unsupported("evidence.problem.pixels", settings.maxPixels() / 1_000_000);
            } catch (DamagedFileException e) {
                throw ContentRefusedException.unsupported("evidence.problem.damaged");
            }
        });
    }

    private Attachment keep(
            Path file,
            FileKind kind,
            String name,
            ImageFacts facts,
            String ownerType,
            String ownerId,
            CurrentUser user) {
        UUID id = UUID.randomUUID();
        String sha256 = FileVault.writing(() -> FileVault.sha256(file));
        Attachment attachment = new Attachment(
                id.toString(),
                name,
                FileVault.writing(() -> Files.size(file)),
                sha256,
                kind.mediaType(),
                user.username(),
                clock.instant(),
                facts.capturedAt(),
                facts.place(),
                rows.existsElsewhere(sha256, ownerType, ownerId));
        vault.keep(file, id);
        // When the insert fails the bytes stay for the sweeper: a lost connection does not tell whether the row is
        // there.
        rows.insert(new Row(attachment, ownerType, ownerId));
        return attachment;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void handOver(
            String field, Collection<String> ids, String fromType, String fromId, String toType, String toId) {
        if (ids == null || ids.isEmpty()) {
            return;
        }
        if (ids.size() > settings.maxFiles()) {
            throw ValidationException.of(field, "tooMany", "evidence.field.tooMany", settings.maxFiles());
        }
        Set<UUID> wanted = new LinkedHashSet<>();
        for (String id : ids) {
            wanted.add(uuid(id).orElseThrow(() -> unknown(field)));
        }
        rows.moveOwner(wanted, fromType, fromId, toType, toId);
        long there = rows.findAll(wanted).stream()
                .filter(row -> row.ownerType().equals(toType) && row.ownerId().equals(toId))
                .count();
        if (there < wanted.size()) {
            throw unknown(field);
        }
        rows.markRepeated(wanted);
    }

    @Override
    public List<Attachment> findAll(Collection<String> ids) {
        List<UUID> wanted = new ArrayList<>();
        ids.forEach(id -> uuid(id).ifPresent(wanted::add));
        Map<String, Attachment> found = rows.findAll(wanted).stream()
                .map(Row::attachment)
                .collect(Collectors.toMap(Attachment::id, Function.identity()));
        return wanted.stream()
                .map(UUID::toString)
                .filter(found::containsKey)
                .map(found::get)
                .toList();
    }

    @Override
    public List<Attachment> of(String ownerType, String ownerId) {
        return rows.of(ownerType, ownerId).stream().map(Row::attachment).toList();
    }

    @Override
    public Optional<Attachment> readable(String id, CurrentUser user) {
        return uuid(id).flatMap(rows::find)
                .filter(row -> mayRead(row.ownerType(), row.ownerId(), user))
                .map(Row::attachment);
    }

    @Override
    public Resource bytes(Attachment attachment) {
        return new FileSystemResource(vault.path(UUID.fromString(attachment.id())));
    }

    private boolean mayAttach(String ownerType, String ownerId, CurrentUser user) {
        return ownerType.equals(DRAFT)
                ? ownerId.equals(user.username())
                : owner(ownerType).mayAttach(user, ownerId);
    }

    private boolean mayRead(String ownerType, String ownerId, CurrentUser user) {
        return ownerType.equals(DRAFT)
                ? ownerId.equals(user.username())
                : owner(ownerType).mayRead(user, ownerId);
    }

    private EvidenceOwner owner(String type) {
        return owners.stream()
                .filter(owner -> owner.ownerType().equals(type))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nobody answers for evidence of " + type));
    }

    private static Optional<UUID> uuid(String id) {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException | NullPointerException e) {
            return Optional.empty();
        }
    }

    private static ValidationException unknown(String field) {
        return ValidationException.of(field, "unknown", "evidence.field.unknown");
    }
}
