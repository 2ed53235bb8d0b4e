package org.manyi.security;

import java.util.Locale;
import java.util.regex.Pattern;

/** What a username may look like. */
final class Usernames {

    private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9._-]{1,63}");

    private Usernames() {}

    /** What was typed as it would be stored: trimmed, lower case; null becomes empty. */
    static String normalise(String typed) {
        return typed == null ? "" : typed.strip().toLowerCase(Locale.ROOT);
    }

    static boolean isValid(String username) {
        return username != null && VALID.matcher(username).matches();
    }
}
