package org.manyi.security;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a bureau may set about login; the defaults are those of domain rules E2 to E4.
 *
 * @param hashIterations rounds of PBKDF2 for a new password hash
 * @param passwordMaxAge a password older than this must be changed at the next login
 * @param passwordHistory how many former passwords may not come back
 * @param lockAfter failed logins in a row that lock an account
 * @param lockFor how long the first lock lasts; each further one twice as long, at most {@link #lockAtMost}
 * @param lockAtMost the longest lock
 * @param slowAddressAfter failed logins from one address after which it must wait longer and longer
 * @param tokenLifetime how long an API token lives
 * @param sessionMaxAge how long a browser session lives however busy it is
 * @param secondFactor who must give a code beside the password (domain rule E6); everybody else may
 */
@ConfigurationProperties("manyi.security")
record SecuritySettings(
        @DefaultValue("600000") int hashIterations,
        @DefaultValue("90d") Duration passwordMaxAge,
        @DefaultValue("5") int passwordHistory,
        @DefaultValue("5") int lockAfter,
        @DefaultValue("30m") Duration lockFor,
        @DefaultValue("4h") Duration lockAtMost,
        @DefaultValue("20") int slowAddressAfter,
        @DefaultValue("12h") Duration tokenLifetime,
        @DefaultValue("12h") Duration sessionMaxAge,
        @DefaultValue("administrators") SecondFactorFor secondFactor) {

    /** Of whom a second factor is required. */
    enum SecondFactorFor {
        /** The three administrators. */
        ADMINISTRATORS,
        /** Everybody. */
        EVERYONE,
        /** Nobody. */
        VOLUNTEERS
    }
}
