package org.manyi.security;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.springframework.stereotype.Component;

/**
 * PBKDF2 with HMAC-SHA-256 and a salt each. Takes passwords of any length and script, where bcrypt stops at 72 bytes, which are 24
 * Chinese characters. Passwords are normalised (NFKC), so that full-width letters of an input method are the same as plain ones.
 */
@Component
class PasswordHasher {

    private static final String SCHEME = "pbkdf2-sha256";
    private static final int BITS = 256;

    private final int iterations;
    private final SecureRandom random = new SecureRandom();
    private final String nobodys;

    PasswordHasher(SecuritySettings settings) {
        this.iterations = settings.hashIterations();
        byte[] unknown = new byte[24];
        random.nextBytes(unknown);
        this.nobodys = hash(Base64.getEncoder().encodeToString(unknown));
    }

    /** The hash with all that is needed to check it; about 100 characters. */
    String hash(String plain) {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        return SCHEME + "$" + iterations + "$" + base64(salt) + "$" + base64(derive(plain, salt, iterations));
    }

    /**
     * Whether the password is the one that was hashed.
     *
     * @param stored null to spend the same time for an account that does not exist or has no password; the answer is then false
     */
    boolean matches(String plain, String stored) {
        String[] parts = (stored == null ? nobodys : stored).split("\\$");
        byte[] salt = Base64.getDecoder().decode(parts[2]);
        byte[] expected = Base64.getDecoder().decode(parts[3]);
        int rounds = Integer.parseInt(parts[1]);
        boolean equal = MessageDigest.isEqual(expected, derive(plain, salt, rounds));
        if (rounds < iterations) {
            // A hash from before the rounds were raised must not tell by its time that the account exists.
            derive(plain, salt, iterations - rounds);
        }
        return equal && stored != null;
    }

    /** Whether the hash was made with other rounds than those set now. */
    boolean isOutdated(String stored) {
        return !stored.startsWith(SCHEME + "$" + iterations + "$");
    }

    private static byte[] derive(String plain, byte[] salt, int iterations) {
        PBEKeySpec spec =
                new PBEKeySpec(Normalizer.normalize(plain, Normalizer.Form.NFKC).toCharArray(), salt, iterations, BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Password hashing failed", e);
        } finally {
            spec.clearPassword();
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
