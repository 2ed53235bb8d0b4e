package org.manyi.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a field is hidden, in the closed grammar that form-js reads as FEEL: {@code =field != "x" and other = true}, comparisons
 * with a text, a whole number, true, false or null, joined by {@code and} (binds first) and {@code or}.
 */
final class FormCondition {

    private static final Pattern COMPARISON =
            Pattern.compile("\\s*([A-Za-z][A-Za-z0-9]*)\\s*(!=|=)\\s*(\"[^\"\\\\]*\"|true|false|null|-?\\d{1,9})\\s*");
    private static final Pattern OR = Pattern.compile("\\s+or\\s+");
    private static final Pattern AND = Pattern.compile("\\s+and\\s+");

    private final List<List<Comparison>> anyOfAll;

    private FormCondition(List<List<Comparison>> anyOfAll) {
        this.anyOfAll = anyOfAll;
    }

    /** Both sides as text: a client may write a yes as {@code true} or as {@code "true"}. */
    private record Comparison(String field, boolean equal, String expected) {

        boolean holds(Function<String, Object> values) {
            return equal == Objects.equals(expected, Objects.toString(values.apply(field), null));
        }
    }

    /**
     * Reads a condition.
     *
     * @param text begins with {@code =}, never null
     * @throws IllegalArgumentException when it is outside the grammar
     */
    static FormCondition parse(String text) {
        if (!text.startsWith("=")) {
            throw new IllegalArgumentException("A condition begins with =: " + text);
        }
        List<List<Comparison>> anyOfAll = new ArrayList<>();
        for (String alternative : OR.split(text.substring(1))) {
            List<Comparison> all = new ArrayList<>();
            for (String part : AND.split(alternative)) {
                all.add(comparison(part, text));
            }
            anyOfAll.add(List.copyOf(all));
        }
        return new FormCondition(List.copyOf(anyOfAll));
    }

    private static Comparison comparison(String part, String whole) {
        Matcher matcher = COMPARISON.matcher(part);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Condition " + whole + " is outside the grammar");
        }
        String literal = matcher.group(3);
        String expected = literal.equals("null")
                ? null
                : literal.startsWith("\"") ? literal.substring(1, literal.length() - 1) : literal;
        return new Comparison(matcher.group(1), matcher.group(2).equals("="), expected);
    }

    /** Whether it holds; an absent field's value is null. */
    boolean holds(Function<String, Object> values) {
        return anyOfAll.stream().anyMatch(all -> all.stream().allMatch(part -> part.holds(values)));
    }
}
