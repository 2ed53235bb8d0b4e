package org.manyi.security;

import com.bastiaanjansen.otp.SecretGenerator;
import com.bastiaanjansen.otp.TOTPGenerator;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.manyi.shared.MovableClock;
import org.manyi.shared.PersonalData;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The second factors: time-based codes (RFC 6238, six digits, thirty seconds) of a secret that the person's phone holds, and recovery
 * codes for the day the phone is gone. The secret is encrypted at rest and tied to its account; of recovery codes only hashes are kept.
 */
@Component
class SecondFactors {

    static final int RECOVERY_CODES = 10;

    private static final Duration PERIOD = Duration.ofSeconds(30);

    /** A clock half a minute off is forgiven; so is a code typed as it changes. */
    private static final int FORGIVEN_PERIODS = 1;

    private static final String ISSUER = "Manyi";
    private static final Pattern CODE = Pattern.compile("[0-9]{6}");

    /** Without letters and digits that look alike, since it is written down on paper. */
    private static final String LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    private static final int GROUPS = 4;
    private static final int GROUP = 4;

    private final JdbcClient jdbc;
    private final PersonalData personalData;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    SecondFactors(JdbcClient jdbc, PersonalData personalData, MovableClock clock) {
        this.jdbc = jdbc;
        this.personalData = personalData;
        this.clock = clock.system();
    }

    /** A new secret in base32, 160 bits. */
    String newSecret() {
        return new String(SecretGenerator.generate(), StandardCharsets.US_ASCII);
    }

    /** What a phone's camera reads: the secret with the names it is shown under. */
    static String address(String secret, String username) {
        try {
            URI uri = generator(secret).getURI(ISSUER, username);
            return uri.toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The period whose code this is, now or just before or after; empty when the code is of none. */
    Optional<Long> periodOf(String secret, String typed) {
        String code = normalised(typed);
        if (!CODE.matcher(code).matches()) {
            return Optional.empty();
        }
        TOTPGenerator generator = generator(secret);
        long now = clock.instant().getEpochSecond() / PERIOD.toSeconds();
        for (long period = now - FORGIVEN_PERIODS; period <= now + FORGIVEN_PERIODS; period++) {
            String expected = generator.at(Instant.ofEpochSecond(period * PERIOD.toSeconds()));
            if (MessageDigest.isEqual(
                    expected.getBytes(StandardCharsets.US_ASCII), code.getBytes(StandardCharsets.US_ASCII))) {
                return Optional.of(period);
            }
        }
        return Optional.empty();
    }

    /** Whether the code is one of the account's, and uses it up: on whatever node it comes again, it is refused. */
    boolean accepts(String username, String typed) {
        String secret = secretOf(username);
        if (secret == null || typed == null) {
            return false;
        }
        Optional<Long> period = periodOf(secret, typed);
        return period.isPresent()
                ? useUp(username, period.get())
                : jdbc.sql("delete from second_factor_recovery where username = :username and code_hash = :hash")
                                .param("username", username)
                                .param("hash", hash(normalised(typed)))
                                .update()
                        > 0;
    }

    private boolean useUp(String username, long period) {
        return jdbc.sql("""
                                update second_factor set last_step = :period
                                where username = :username and secret is not null and last_step < :period
                                """).param("period", period).param("username", username).update() > 0;
    }

    /** Stores a secret, whose code of this period has just been used, in place of any former one. */
    void store(String username, String secret, long period) {
        jdbc.sql("delete from second_factor where username = :username")
                .param("username", username)
                .update();
        jdbc.sql("""
                        insert into second_factor (username, secret, last_step, changed_at)
                        values (:username, :secret, :period, :now)
                        """)
                .param("username", username)
                .param("secret", personalData.encrypt(username + "\n" + secret))
                .param("period", period)
                .param("now", AccountStore.time(clock.instant()))
                .update();
    }

    /** New recovery codes in place of the former ones, shown this once. */
    List<String> newRecoveryCodes(String username) {
        forgetRecoveryCodes(username);
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < RECOVERY_CODES; i++) {
            String code = recoveryCode();
            jdbc.sql("insert into second_factor_recovery (username, code_hash) values (:username, :hash)")
                    .param("username", username)
                    .param("hash", hash(normalised(code)))
                    .update();
            codes.add(code);
        }
        return codes;
    }

    int recoveryCodesLeft(String username) {
        return jdbc.sql("select count(*) from second_factor_recovery where username = :username")
                .param("username", username)
                .query(Integer.class)
                .single();
    }

    /** Back to the password alone. */
    void remove(String username) {
        forgetRecoveryCodes(username);
        jdbc.sql("delete from second_factor where username = :username")
                .param("username", username)
                .update();
    }

    /** Takes it away for somebody whose phone is gone, and remembers who did so until it is set up anew. */
    void reset(String username, String by) {
        forgetRecoveryCodes(username);
        jdbc.sql("update second_factor set secret = null, reset_by = :by, changed_at = :now where username = :username")
                .param("by", by)
                .param("now", AccountStore.time(clock.instant()))
                .param("username", username)
                .update();
    }

    /** Who took it away; empty when nobody did since it was set up. */
    Optional<String> resetBy(String username) {
        return jdbc.sql("select reset_by from second_factor where username = :username and reset_by is not null")
                .param("username", username)
                .query(String.class)
                .optional();
    }

    private void forgetRecoveryCodes(String username) {
        jdbc.sql("delete from second_factor_recovery where username = :username")
                .param("username", username)
                .update();
    }

    private String secretOf(String username) {
        String[] kept = jdbc.sql("select secret from second_factor where username = :username and secret is not null")
                .param("username", username)
                .query(String.class)
                .optional()
                .map(personalData::decrypt)
                .map(plain -> plain.split("\n"))
                .orElse(null);
        if (kept == null) {
            return null;
        }
        if (!kept[0].equals(username)) {
            throw new IllegalStateException("A second factor was moved from one account to another");
        }
        return kept[1];
    }

    private String recoveryCode() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP; i++) {
            if (i > 0 && i % GROUP == 0) {
                code.append('-');
            }
            code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return code.toString();
    }

    private static TOTPGenerator generator(String secret) {
        return TOTPGenerator.withDefaultValues(secret.getBytes(StandardCharsets.US_ASCII));
    }

    /** Blanks, dashes, small letters and full-width digits are no mistakes. */
    private static String normalised(String typed) {
        return Normalizer.normalize(typed == null ? "" : typed, Normalizer.Form.NFKC)
                .replaceAll("[\\s-]", "")
                .toUpperCase(Locale.ROOT);
    }

    /** Of 79 random bits, which nobody tries out: no salt, no rounds. */
    private static String hash(String code) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
