package org.manyi.org;

import java.util.Optional;

/**
 * Small numbers as people write them, in digits or in characters.
 *
 * @param digits the characters from zero to nine, never null
 * @param ten the character for ten, never null
 */
record Numerals(String digits, String ten) {

    /** A number from 1 to 99; empty for anything else. */
    Optional<Integer> parse(String text) {
        if (text.matches("[1-9][0-9]?")) {
            return Optional.of(Integer.parseInt(text));
        }
        int at = text.indexOf(ten);
        int units = digit(text.substring(at + 1));
        int tens = at < 0 ? 0 : at == 0 ? 1 : digit(text.substring(0, at));
        boolean sound = units >= 0 && tens >= 0 && (at <= 0 || tens > 0) && units + tens > 0;
        return sound ? Optional.of(10 * tens + units) : Optional.empty();
    }

    /** The one digit that the text is, 0 for none, -1 for anything else. */
    private int digit(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        return text.length() == 1 ? digits.indexOf(text) : -1;
    }
}
