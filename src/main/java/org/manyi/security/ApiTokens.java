package org.manyi.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import org.manyi.shared.MovableClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Bearer tokens: 256 random bits, of which only the hash is stored, so that a copy of the database opens nothing. */
@Component
class ApiTokens {

    private static final String PREFIX = "mny_";

    private final JdbcClient jdbc;
    private final AccountStore accounts;
    private final Logins logins;
    private final SecuritySettings settings;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    ApiTokens(JdbcClient jdbc, AccountStore accounts, Logins logins, SecuritySettings settings, MovableClock clock) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.logins = logins;
        this.settings = settings;
        this.clock = clock.system();
    }

    /**
     * A token fresh from the press.
     *
     * @param token shown this once, never null
     * @param expiresAt system time, never null
     */
    record Issued(String token, Instant expiresAt) {}

    Issued issue(Login login) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        Instant expiresAt = now.plus(settings.tokenLifetime()).truncatedTo(ChronoUnit.SECONDS);
        jdbc.sql("""
                        insert into api_token (token_hash, username, epoch, created_at, expires_at)
                        values (:hash, :username, :epoch, :now, :expiresAt)
                        """)
                .param("hash", hash(token))
                .param("username", login.user().username())
                .param("epoch", login.epoch())
                .param("now", AccountStore.time(now))
                .param("expiresAt", AccountStore.time(expiresAt))
                .update();
        return new Issued(token, expiresAt);
    }

    private record Held(String username, int epoch) {}

    /** Whose token this is; null when it is unknown, expired or ended. */
    Login find(String token) {
        Held held = jdbc.sql("select username, epoch from api_token where token_hash = :hash and expires_at > :now")
                .param("hash", hash(token))
                .param("now", AccountStore.time(clock.instant()))
                .query((row, n) -> new Held(row.getString("username"), row.getInt("epoch")))
                .optional()
                .orElse(null);
        return held == null
                ? null
                : accounts.find(held.username())
                        .map(account -> logins.renew(account, held.epoch(), Logins.Door.TOKEN, true))
                        .orElse(null);
    }

    void revoke(String token) {
        jdbc.sql("delete from api_token where token_hash = :hash")
                .param("hash", hash(token))
                .update();
    }

    /** Removes what has expired. */
    void tidy() {
        jdbc.sql("delete from api_token where expires_at <= :now")
                .param("now", AccountStore.time(clock.instant()))
                .update();
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
