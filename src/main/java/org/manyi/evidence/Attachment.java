package org.manyi.evidence;

import java.time.Instant;

/**
 * A stored file.
 *
 * @param id a UUID, never null
 * @param name the safe name for people, at most 200 characters, never null
 * @param size in bytes, at least 1
 * @param sha256 of the stored bytes, 64 hex digits, never null
 * @param type the media type found in the content, never null
 * @param uploader username, never null
 * @param uploadedAt business time, never null
 * @param capturedAt when a photograph says it was taken, null when it does not
 * @param place where it says it was taken, rounded to about a kilometre ({@code 34.98,118.29}), null when it does not
 * @param repeated true when the same bytes were stored before as other evidence
 */
public record Attachment(
        String id,
        String name,
        long size,
        String sha256,
        String type,
        String uploader,
        Instant uploadedAt,
        Instant capturedAt,
        String place,
        boolean repeated) {}
