package org.manyi.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * An account as stored, phone and mail still encrypted.
 *
 * @param passwordHash null when there is no password
 * @param passwordChangedAt null when there is no password
 */
record AccountRow(
        String username,
        String name,
        String phone,
        String email,
        Role role,
        String locale,
        boolean active,
        String passwordHash,
        PasswordState passwordState,
        Instant passwordChangedAt,
        int epoch) {

    /** Whether the person must choose another password before anything else is open to him. */
    boolean mustChangePassword(Clock system, Duration maxAge) {
        return switch (passwordState) {
            case NONE, DEMONSTRATION -> false;
            case INITIAL, TEMPORARY -> true;
            case OWN -> isOlderThan(system, maxAge);
        };
    }

    /** As {@link #mustChangePassword}, for programs, which are let in with the installer's password. */
    boolean programsMustChangePassword(Clock system, Duration maxAge) {
        return passwordState == PasswordState.INITIAL
                ? isOlderThan(system, maxAge)
                : mustChangePassword(system, maxAge);
    }

    private boolean isOlderThan(Clock system, Duration maxAge) {
        return passwordChangedAt.plus(maxAge).isBefore(system.instant());
    }
}
