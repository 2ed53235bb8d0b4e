package org.manyi.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.regex.Pattern;

/** Mail addresses: one, plain, and nothing that could be taken for two or for a header. */
final class Addresses {

    private static final int MAX = 254;
    private static final Pattern PLAIN = Pattern.compile("[!-~&&[^\"(),:;<>@\\[\\\\\\]]]+@[A-Za-z0-9.-]+");

    private Addresses() {}

    /**
     * The one address of a text.
     *
     * @throws AddressException when it is none, or more than one
     */
    static InternetAddress single(String text) throws AddressException {
        String trimmed = text.trim();
        if (trimmed.length() > MAX || !PLAIN.matcher(trimmed).matches()) {
            throw new AddressException("Not one plain address");
        }
        return new InternetAddress(trimmed, true);
    }

    static boolean isSound(String text) {
        try {
            single(text);
            return true;
        } catch (AddressException e) {
            return false;
        }
    }

    /** The address as shown to an administrator: {@code z***@example.cn}. */
    static String mask(String address) {
        int at = address.lastIndexOf('@');
        return at < 1 ? "***" : address.substring(0, address.offsetByCodePoints(0, 1)) + "***" + address.substring(at);
    }
}
