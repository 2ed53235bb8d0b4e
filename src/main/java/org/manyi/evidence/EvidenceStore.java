package org.manyi.evidence;

import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.manyi.security.CurrentUser;
import org.springframework.core.io.Resource;

/** Stored files. Bytes first, row second: a row always has its bytes, bytes without a row are swept after an hour. */
public interface EvidenceStore {

    /** The owner type of files uploaded before their case exists; owned by the uploader alone. */
    String DRAFT = "draft";

    /**
     * Stores a file under an owner.
     *
     * @param ownerType {@link #DRAFT} (ownerId is then the username) or an {@link EvidenceOwner}'s
     * @param name as sent by the client, made safe here
     * @param bytes read once, refused beyond the limit
     * @throws org.manyi.shared.ContentRefusedException 413 too large, 415 a type that is not allowed or does not fit its content, 507
     *     no room
     * @throws org.manyi.shared.ValidationException an empty file, or too many of one person wait under the owner
     * @throws org.manyi.shared.NotFoundException when the owner is not the person's to add to
     */
    Attachment store(String ownerType, String ownerId, String name, InputStream bytes, CurrentUser user);

    /**
     * Hands files over to a case; called in the transaction that takes them in. Bytes that other evidence has are marked, not refused.
     *
     * @param field the form's field, never null
     * @param ids ids as sent by a client; null or empty does nothing
     * @param fromType the owner type that the files must have now, with {@code fromId}, or be the target already
     * @throws org.manyi.shared.ValidationException when an id is unknown or another owner's, or there are too many; names the {@code field}
     */
    void handOver(String field, Collection<String> ids, String fromType, String fromId, String toType, String toId);

    /** The files with these ids in the order given; unknown ids are left out. No right is checked. */
    List<Attachment> findAll(Collection<String> ids);

    /** The files of an owner, oldest first. No right is checked. */
    List<Attachment> of(String ownerType, String ownerId);

    /** The file when the person may see it (owner's check), else empty. */
    Optional<Attachment> readable(String id, CurrentUser user);

    /** The bytes of an attachment that {@link #readable} answered; never null. No right is checked. */
    Resource bytes(Attachment attachment);
}
