package org.manyi.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * An account as stored, phone and mail still encrypted.
 *
 * @param passwordHash null when there is no password
 * @param passwordChangedAt null when there is no password
 * @param secondFactor whether a code is asked for beside the password
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
        int epoch,
        boolean secondFactor) {

    /** Whether the person must choose another password before anything else is open to him. */
    boolean mustChangePassword(Clock system, Duration maxAge) {
        return switch (passwordState) {
            case NONE, DEMONSTRATION -> false;
            case INITIAL, TEMPORARY -> true;
            case OWN -> isOlderThan(system, maxAge);
        };
    }

    /**
     * Whether the person must set up a second factor before anything else is open to him (domain rule E6). The demonstration's
     * accounts are shared by many people and one phone cannot serve them.
     */
    boolean mustSetUpSecondFactor(SecuritySettings.SecondFactorFor asked) {
        return !secondFactor && isAskedForSecondFactor(asked);
    }

    /** Whether the second factor is not left to the person's choice. */
    boolean isAskedForSecondFactor(SecuritySettings.SecondFactorFor asked) {
        return passwordState != PasswordState.DEMONSTRATION
                && switch (asked) {
                    case ADMINISTRATORS -> role != null;
                    case EVERYONE -> true;
                    case VOLUNTEERS -> false;
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
