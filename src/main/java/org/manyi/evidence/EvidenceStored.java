package org.manyi.evidence;

import java.time.Instant;
import java.util.Map;
import org.manyi.shared.CaseEvent;

/**
 * A file was stored. The object of the event is the attachment; the case that takes it in tells of itself.
 *
 * @param at business time, never null
 * @param actor the uploader, never null
 * @param caseNumber the attachment's id, never null
 * @param detail owner, size, type and SHA-256, never null
 */
public record EvidenceStored(Instant at, String actor, String caseNumber, Map<String, Object> detail)
        implements CaseEvent {

    static EvidenceStored of(AttachmentRows.Row row) {
        Attachment file = row.attachment();
        return new EvidenceStored(
                file.uploadedAt(),
                file.uploader(),
                file.id(),
                Map.of(
                        "ownerType", row.ownerType(),
                        "ownerId", row.ownerId(),
                        "size", file.size(),
                        "type", file.type(),
                        "sha256", file.sha256()));
    }

    @Override
    public String objectType() {
        return "attachment";
    }
}
