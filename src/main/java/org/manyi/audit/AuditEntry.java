package org.manyi.audit;

import java.time.Instant;

/**
 * One thing that happened.
 *
 * @param id grows with time
 * @param at business time, never null
 * @param recordedAt system time, never null
 * @param actor username, null for the system
 * @param objectType such as {@code issue} or {@code account}, never null
 * @param objectKey such as {@code 2026-WT-00042}, never null
 * @param event the event's name, never null
 * @param success false when it was tried and refused
 * @param ip the client's address, null for the system
 * @param detail what changed, JSON, never null
 * @param seal the number of the seal over it, null until it is sealed
 */
public record AuditEntry(
        long id,
        Instant at,
        Instant recordedAt,
        String actor,
        String objectType,
        String objectKey,
        String event,
        boolean success,
        String ip,
        String detail,
        Long seal) {}
