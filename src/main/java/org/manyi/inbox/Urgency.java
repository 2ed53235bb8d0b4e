package org.manyi.inbox;

/** How much a task presses. */
public enum Urgency {
    /** In its turn. */
    NORMAL,
    /** Before others. */
    URGENT,
    /** At once. */
    CRITICAL;

    /** The name in the contract: {@code normal}, {@code urgent}, {@code critical}. */
    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The urgency of this name in the contract. */
    static Urgency of(String code) {
        return valueOf(code.toUpperCase(java.util.Locale.ROOT));
    }
}
