package org.manyi.shared;

/** What can be kept of what people type. */
public final class Texts {

    private Texts() {}

    /** A pattern for {@code like … escape '!'} that finds the text anywhere, its own wildcards taken literally; never null. */
    public static String containing(String text) {
        return "%" + text.strip().replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }

    /** Whether a database can keep it: no NUL, no half of a surrogate pair. */
    public static boolean storable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return false;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }
}
