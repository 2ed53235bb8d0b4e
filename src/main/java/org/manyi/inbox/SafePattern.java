package org.manyi.inbox;

import java.util.regex.Pattern;

/**
 * The patterns that a form may name: plain characters, classes and repetitions of a single one of them. Without groups,
 * alternatives and back references, and with at most two open-ended repetitions, matching stays quick for any input, and
 * the browser's reading and ours are the same.
 */
final class SafePattern {

    private static final String ATOM =
            "(?:\\\\[dws.+*?()\\[\\]{}|^$/-]|\\[\\^?(?:\\\\[dws\\]\\\\^-]|[^\\[\\]\\\\^])+\\]|[^\\\\\\[\\]()|*+?{}^$.])";
    private static final Pattern ALLOWED =
            Pattern.compile("\\^?(?:" + ATOM + "(?:[?*+]|\\{\\d{1,3}(?:,\\d{0,3})?\\})?)*\\$?");
    private static final Pattern OPEN_ENDED = Pattern.compile("(?<!\\\\)[*+]|\\{\\d{1,3},\\}");
    private static final int MOST_OPEN_ENDED = 2;

    private SafePattern() {}

    /**
     * Compiles a pattern.
     *
     * @throws IllegalArgumentException when it is not one of these
     */
    static Pattern compile(String pattern) {
        if (!ALLOWED.matcher(pattern).matches()
                || OPEN_ENDED.matcher(pattern).results().count() > MOST_OPEN_ENDED) {
            throw new IllegalArgumentException("Pattern " + pattern + " is not one of the safe ones");
        }
        return Pattern.compile(pattern);
    }
}
