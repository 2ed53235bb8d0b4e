package org.manyi.issue.process;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How alike two issues of one school look: by the pairs of characters that their titles share, and by their category. */
final class Likeness {

    private static final double WEIGHT_OF_TITLE = 0.85;
    private static final Pattern NUMBERS = Pattern.compile("\\d+");

    private Likeness() {}

    /** 0 for nothing in common, 1 for the same. */
    static double of(String title, String category, String otherTitle, String otherCategory) {
        String one = normal(title);
        String other = normal(otherTitle);
        if (nameDifferentNumbers(one, other)) {
            return 0;
        }
        double ofTitle = !one.isEmpty() && one.equals(other) ? 1 : dice(pairs(one), pairs(other));
        return WEIGHT_OF_TITLE * ofTitle + (category.equals(otherCategory) ? 1 - WEIGHT_OF_TITLE : 0);
    }

    /** Class 2 and class 3 are two matters, however alike the rest of the words. */
    private static boolean nameDifferentNumbers(String one, String other) {
        Set<String> numbers = numbers(one);
        Set<String> others = numbers(other);
        return !numbers.isEmpty() && !others.isEmpty() && !numbers.equals(others);
    }

    private static Set<String> numbers(String text) {
        return NUMBERS.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private static String normal(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private static Map<String, Integer> pairs(String text) {
        Map<String, Integer> pairs = new HashMap<>();
        for (int i = 0; i + 1 < text.length(); i++) {
            pairs.merge(text.substring(i, i + 2), 1, Integer::sum);
        }
        return pairs;
    }

    private static double dice(Map<String, Integer> one, Map<String, Integer> other) {
        int all = one.values().stream().mapToInt(Integer::intValue).sum()
                + other.values().stream().mapToInt(Integer::intValue).sum();
        int shared = one.entrySet().stream()
                .mapToInt(pair -> Math.min(pair.getValue(), other.getOrDefault(pair.getKey(), 0)))
                .sum();
        return all == 0 ? 0 : 2.0 * shared / all;
    }
}
