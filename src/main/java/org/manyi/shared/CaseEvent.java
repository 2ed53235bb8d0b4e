package org.manyi.shared;

import java.time.Instant;
import java.util.Map;

/**
 * News of a case: who did what, when, to which case. Published in the transaction that changes the case and handled in
 * it; the audit trail keeps every one.
 */
public interface CaseEvent {

    /** When it happened in business time; never null. */
    Instant at();

    /** The username of who did it; null when the system did (a timer, a rule). */
    String actor();

    /** The natural number of the case ({@code 2026-WT-00042}), or the key of another object such as an account; never null. */
    String caseNumber();

    /** What kind of object it is about, such as {@code issue} or {@code account}; never null. */
    default String objectType() {
        return "issue";
    }

    /** The event's name in the trail, the record's simple name; never null. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** False when it was tried and refused, such as a login with a wrong password. */
    default boolean success() {
        return true;
    }

    /**
     * What changed, without personal data: ids, statuses, dates, codes. Never null; kept as JSON.
     */
    default Map<String, Object> detail() {
        return Map.of();
    }
}
