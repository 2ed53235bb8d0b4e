package org.manyi.evidence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The table {@code attachment}. */
@Repository
class AttachmentRows {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    AttachmentRows(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    /** A row: the attachment and whose it is. */
    record Row(Attachment attachment, String ownerType, String ownerId) {}

    @Transactional
    void insert(Row row) {
        Attachment file = row.attachment();
        jdbc.sql("""
                        insert into attachment (id, owner_type, owner_id, name, size_bytes, sha256, media_type, uploader,
                            uploaded_at, captured_at, place, repeated)
                        values (:id, :ownerType, :ownerId, :name, :size, :sha256, :type, :uploader,
                            :uploadedAt, :capturedAt, :place, :repeated)
                        """)
                .param("id", UUID.fromString(file.id()))
                .param("ownerType", row.ownerType())
                .param("ownerId", row.ownerId())
                .param("name", file.name())
                .param("size", file.size())
                .param("sha256", file.sha256())
                .param("type", file.type())
                .param("uploader", file.uploader())
                .param("uploadedAt", offset(file.uploadedAt()))
                .param("capturedAt", offset(file.capturedAt()))
                .param("place", file.place())
                .param("repeated", file.repeated())
                .update();
        events.publishEvent(EvidenceStored.of(row));
    }

    Optional<Row> find(UUID id) {
        return jdbc.sql("select * from attachment where id = :id")
                .param("id", id)
                .query(AttachmentRows::row)
                .optional();
    }

    List<Row> findAll(Collection<UUID> ids) {
        return ids.isEmpty()
                ? List.of()
                : jdbc.sql("select * from attachment where id in (:ids)")
                        .param("ids", ids)
                        .query(AttachmentRows::row)
                        .list();
    }

    List<Row> of(String ownerType, String ownerId) {
        return jdbc.sql("""
                        select * from attachment where owner_type = :ownerType and owner_id = :ownerId
                        order by uploaded_at, id
                        """)
                .param("ownerType", ownerType)
                .param("ownerId", ownerId)
                .query(AttachmentRows::row)
                .list();
    }

    int countOf(String ownerType, String ownerId, String uploader) {
        return jdbc.sql("""
                        select count(*) from attachment
                        where owner_type = :ownerType and owner_id = :ownerId and uploader = :uploader
                        """)
                .param("ownerType", ownerType)
                .param("ownerId", ownerId)
                .param("uploader", uploader)
                .query(Integer.class)
                .single();
    }

    /** Whether the same bytes are evidence elsewhere; drafts are no evidence yet. */
    boolean existsElsewhere(String sha256, String ownerType, String ownerId) {
        return jdbc.sql("""
                        select 1 from attachment
                        where sha256 = :sha256 and owner_type <> 'draft' and not (owner_type = :ownerType and owner_id = :ownerId)
                        fetch first 1 rows only
                        """)
                .param("sha256", sha256)
                .param("ownerType", ownerType)
                .param("ownerId", ownerId)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    int moveOwner(Collection<UUID> ids, String fromType, String fromId, String toType, String toId) {
        return jdbc.sql("""
                        update attachment set owner_type = :toType, owner_id = :toId
                        where id in (:ids) and owner_type = :fromType and owner_id = :fromId
                        """)
                .param("ids", ids)
                .param("fromType", fromType)
                .param("fromId", fromId)
                .param("toType", toType)
                .param("toId", toId)
                .update();
    }

    /** Marks those of the files whose bytes other evidence has. */
    void markRepeated(Collection<UUID> ids) {
        jdbc.sql("""
                        update attachment set repeated = true
                        where id in (:ids) and exists (
                            select 1 from attachment other
                            where other.sha256 = attachment.sha256 and other.id <> attachment.id
                                and other.owner_type <> 'draft')
                        """).param("ids", ids).update();
    }

    List<UUID> draftsBefore(Instant before, int limit) {
        return jdbc.sql("""
                        select id from attachment where owner_type = 'draft' and uploaded_at < :before
                        order by uploaded_at fetch first :limit rows only
                        """)
                .param("before", offset(before))
                .param("limit", limit)
                .query(UUID.class)
                .list();
    }

    /**
     * Removes a draft unless a case has taken it in meanwhile or a backup holds the files. The lock on the hold's row makes a backup that
     * begins now wait until this row is gone, so that it does not look for its bytes.
     */
    @Transactional
    boolean deleteDraft(UUID id, Instant now, Instant systemNow) {
        Instant heldUntil = jdbc.sql("select held_until from evidence_hold where id = 1 for update")
                .query((row, n) -> row.getTimestamp(1).toInstant())
                .single();
        if (heldUntil.isAfter(systemNow)) {
            return false;
        }
        int deleted = jdbc.sql("delete from attachment where id = :id and owner_type = 'draft'")
                .param("id", id)
                .update();
        if (deleted == 1) {
            events.publishEvent(new EvidenceExpired(now, id.toString()));
        }
        return deleted == 1;
    }

    private static Row row(ResultSet rs, int number) throws SQLException {
        Timestamp captured = rs.getTimestamp("captured_at");
        Attachment attachment = new Attachment(
                rs.getString("id"),
                rs.getString("name"),
                rs.getLong("size_bytes"),
                rs.getString("sha256"),
                rs.getString("media_type"),
                rs.getString("uploader"),
                rs.getTimestamp("uploaded_at").toInstant(),
                captured == null ? null : captured.toInstant(),
                rs.getString("place"),
                rs.getBoolean("repeated"));
        return new Row(attachment, rs.getString("owner_type"), rs.getString("owner_id"));
    }

    private static OffsetDateTime offset(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
