package org.manyi.audit;

import java.time.LocalDate;

/**
 * What an auditor looks for; null where it does not matter.
 *
 * @param from the first day, business time
 * @param to the last day, business time
 * @param actor a username
 * @param objectType as stored
 * @param objectKey as stored
 * @param event as stored
 * @param cursor where the page starts
 * @param size 1 to 100
 */
public record AuditQuery(
        LocalDate from,
        LocalDate to,
        String actor,
        String objectType,
        String objectKey,
        String event,
        String cursor,
        int size) {

    /** The same from the first page. */
    AuditQuery fromStart() {
        return from(null);
    }

    /** The same from the page that a cursor begins. */
    AuditQuery from(String start) {
        return new AuditQuery(from, to, actor, objectType, objectKey, event, start, size);
    }
}
