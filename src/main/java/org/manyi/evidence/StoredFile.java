package org.manyi.evidence;

/**
 * A stored file as the contract answers it.
 *
 * @param id a UUID, never null
 * @param name the safe name, never null
 * @param size in bytes
 * @param sha256 64 hex digits, never null
 * @param type the media type, never null
 */
public record StoredFile(String id, String name, long size, String sha256, String type) {

    /** The contract's part of an attachment. */
    public static StoredFile of(Attachment file) {
        return new StoredFile(file.id(), file.name(), file.size(), file.sha256(), file.type());
    }
}
