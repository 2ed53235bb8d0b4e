package org.manyi.evidence;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names of files as people may safely see and download them. Where the bytes lie never depends on them. */
public final class SafeName {

    /** The longest name, in characters. */
    static final int MAX = 200;

    private static final int MAX_ENDING = 10;

    /** Control and format characters (right-to-left override, zero width), private use, lone surrogates, line and paragraph ends. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Cn}\\p{Zl}\\p{Zp}]");

    private static final Pattern FORBIDDEN = Pattern.compile("[<>:\"|?*]");
    private static final Pattern RESERVED = Pattern.compile("(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\\..*)?");

    private SafeName() {}

    /**
     * The name without path, unseen characters and what a computer of the receiver might trip over.
     *
     * @param sent as the client sent it, null when it did not
     * @return 1 to {@link #MAX} characters
     */
    public static String of(String sent) {
        String name = sent == null ? "" : sent;
        name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        name = UNSEEN.matcher(name).replaceAll("");
        name = Normalizer.normalize(name, Normalizer.Form.NFC);
        name = FORBIDDEN.matcher(name).replaceAll("_").replaceAll("\\s+", " ");
        name = name.replaceAll("^[. ]+|[. ]+$", "");
        if (name.isEmpty()) {
            name = "file";
        }
        if (RESERVED.matcher(name).matches()) {
            name = "_" + name;
        }
        return shorten(name, MAX);
    }

    /** The ending in lower case without its dot; "" when there is none. */
    public static String ending(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 || name.length() - dot - 1 > MAX_ENDING
                ? ""
                : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** The same name with another ending, or with one where it had none. */
    static String withEnding(String name, String ending) {
        String old = ending(name);
        String stem = old.isEmpty() ? name : name.substring(0, name.length() - old.length() - 1);
        return shorten(stem + "." + ending, MAX);
    }

    private static String shorten(String name, int max) {
        if (name.length() <= max) {
            return name;
        }
        String ending = ending(name);
        String tail = ending.isEmpty() ? "" : name.substring(name.length() - ending.length() - 1);
        int cut = max - tail.length();
        if (Character.isHighSurrogate(name.charAt(cut - 1))) {
            cut--;
        }
        return name.substring(0, cut) + tail;
    }
}
