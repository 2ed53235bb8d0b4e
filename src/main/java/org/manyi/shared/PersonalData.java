package org.manyi.shared;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Encrypts names and phones at rest (AES-256-GCM, a fresh nonce each, an integrity tag) and masks them on screen. The
 * key never lies in the database: it comes from {@code MANYI_KEY} or from a file beside the data (domain rule E12). What is encrypted
 * names its key, so that the key can be changed: new text is written with the new one, and the former ones, given in {@code
 * MANYI_KEY_FORMER}, still read what they wrote.
 */
@Component
public class PersonalData {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final String MAC = "HmacSHA256";

    /** Without the name of its key, as it was written at first. */
    private static final String UNNAMED = "1:";

    private static final String NAMED = "2:";

    private final String keyName;

    /** By their names, the one that writes first. */
    private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();

    /** The last one given: what was sealed with it must be the same after a change of the key. */
    private final SecretKeySpec eldest;

    private final SecureRandom random = new SecureRandom();

    PersonalData(
            @Value("${manyi.key:}") String configured,
            @Value("${manyi.key-former:}") List<String> former,
            @Value("${manyi.data}") Path data) {
        this.keyName = know(configured.isBlank() ? fromFile(data.resolve("manyi.key")) : decode(configured));
        former.stream().filter(key -> !key.isBlank()).map(PersonalData::decode).forEach(this::know);
        this.eldest = List.copyOf(keys.values()).get(keys.size() - 1);
    }

    private String know(byte[] bytes) {
        String name = nameOf(bytes);
        keys.putIfAbsent(name, new SecretKeySpec(bytes, "AES"));
        return name;
    }

    /** Tells keys apart and betrays nothing of them. */
    private static String nameOf(byte[] key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("manyi key name".getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(key), 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The text encrypted, about 4/3 of its length plus 50 characters.
     *
     * @param plain null stays null
     */
    public String encrypt(String plain) {
        if (plain == null) {
            return null;
        }
        try {
            byte[] nonce = new byte[NONCE];
            random.nextBytes(nonce);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, keys.get(keyName), new GCMParameterSpec(TAG_BITS, nonce));
            byte[] sealed = cipher.doFinal(plain.getBytes(StandardCharsets.UTF_8));
            byte[] all = ByteBuffer.allocate(NONCE + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return NAMED + keyName + ":" + Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Encryption failed", e);
        }
    }

    /**
     * The plain text.
     *
     * @param sealed what {@link #encrypt} returned; null stays null
     * @throws IllegalStateException when it was changed or the key is another
     */
    public String decrypt(String sealed) {
        if (sealed == null) {
            return null;
        }
        String[] parts = sealed.split(":");
        if (sealed.startsWith(NAMED) && parts.length == 3 && keys.containsKey(parts[1])) {
            return decrypt(parts[2], keys.get(parts[1])).orElseThrow(() -> unreadable("it was changed"));
        }
        if (sealed.startsWith(UNNAMED) && parts.length == 2) {
            return keys.values().stream()
                    .flatMap(key -> decrypt(parts[1], key).stream())
                    .findFirst()
                    .orElseThrow(() -> unreadable("it was changed, or MANYI_KEY is another"));
        }
        throw unreadable("neither MANYI_KEY nor MANYI_KEY_FORMER is the key it names, or it was changed");
    }

    private static IllegalStateException unreadable(String why) {
        return new IllegalStateException("Personal data cannot be decrypted: " + why);
    }

    private static Optional<String> decrypt(String sealed, SecretKeySpec key) {
        try {
            byte[] all = Base64.getDecoder().decode(sealed);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, all, 0, NONCE));
            return Optional.of(new String(cipher.doFinal(all, NONCE, all.length - NONCE), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /**
     * Computes an HMAC-SHA-256 that nobody can compute who has the database but not the key.
     *
     * @param purpose each purpose has a key of its own, derived from the data key; never null
     */
    public Mac mac(String purpose) {
        try {
            Mac derive = Mac.getInstance(MAC);
            derive.init(new SecretKeySpec(eldest.getEncoded(), MAC));
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(derive.doFinal(("manyi/" + purpose).getBytes(StandardCharsets.UTF_8)), MAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("No HMAC", e);
        }
    }

    /** The names of the keys, the one that writes first; betrays nothing of them; never null. */
    public String keyFingerprint() {
        return String.join("+", keys.keySet());
    }

    /**
     * Whether what was written elsewhere can be read here: all of its keys are known, and what was sealed is sealed by the same.
     *
     * @param fingerprint from there, never null
     */
    public boolean reads(String fingerprint) {
        List<String> theirs = List.of(fingerprint.split("\\+"));
        List<String> ours = List.copyOf(keys.keySet());
        return ours.containsAll(theirs) && theirs.get(theirs.size() - 1).equals(ours.get(ours.size() - 1));
    }

    /** A phone as shown by default: {@code 138****1234}; null stays null. */
    public static String maskPhone(String phone) {
        if (phone == null) {
            return null;
        }
        return phone.length() < 8 ? "****" : phone.substring(0, 3) + "****" + phone.substring(phone.length() - 4);
    }

    /** A name as shown by default: the family name and a star; null stays null. */
    public static String maskName(String name) {
        if (name == null || name.isBlank()) {
            return name;
        }
        return name.substring(0, name.offsetByCodePoints(0, 1)) + "*";
    }

    private static byte[] decode(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64.trim());
        if (bytes.length != 32) {
            throw new IllegalStateException("MANYI_KEY and MANYI_KEY_FORMER must be 32 bytes in base64 each");
        }
        return bytes;
    }

    private static byte[] fromFile(Path file) {
        try {
            Files.createDirectories(file.getParent());
            byte[] fresh = new byte[32];
            new SecureRandom().nextBytes(fresh);
            try {
                Files.writeString(file, Base64.getEncoder().encodeToString(fresh), StandardOpenOption.CREATE_NEW);
                if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
                }
                return fresh;
            } catch (FileAlreadyExistsException e) {
                return decode(Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The data key " + file + " cannot be read or made", e);
        }
    }
}
