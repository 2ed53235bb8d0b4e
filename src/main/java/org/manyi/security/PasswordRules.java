package org.manyi.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import me.gosimple.nbvcxz.resources.ConfigurationBuilder;
import org.manyi.shared.FieldProblem;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/** What a password must be like (domain rule E2): also none of a hundred thousand that have leaked most often, whatever its capitals. */
@Component
class PasswordRules {

    static final int SHORTEST = 8;
    static final int LONGEST = 128;
    private static final int CLASSES = 3;

    private final Set<String> weak;
    private final Set<String> leaked;

    PasswordRules() {
        leaked = ConfigurationBuilder.getDefaultDictionaries().stream()
                .filter(dictionary -> dictionary.getDictionaryName().equals("passwords"))
                .findFirst()
                .map(dictionary -> Set.copyOf(dictionary.getDictonary().keySet()))
                .orElseThrow();
        try {
            weak = new ClassPathResource("security/weak-passwords.txt")
                    .getContentAsString(StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What is wrong with a password, the first of it.
     *
     * @param field the field's name for the problem
     * @param name null when unknown
     * @param phone null when unknown
     * @return empty when nothing is
     */
    Optional<FieldProblem> check(String field, String password, String username, String name, String phone) {
        String plain = Normalizer.normalize(password == null ? "" : password, Normalizer.Form.NFKC);
        int length = plain.codePointCount(0, plain.length());
        if (length < SHORTEST) {
            return Optional.of(FieldProblem.of(field, "too-short", "security.password.tooShort", SHORTEST));
        }
        if (length > LONGEST) {
            return Optional.of(FieldProblem.of(field, "too-long", "security.password.tooLong", LONGEST));
        }
        if (classes(plain) < CLASSES) {
            return Optional.of(FieldProblem.of(field, "classes", "security.password.classes"));
        }
        String lower = plain.toLowerCase(Locale.ROOT);
        if (contains(lower, username) || contains(lower, name) || contains(lower, phone)) {
            return Optional.of(FieldProblem.of(field, "personal", "security.password.personal"));
        }
        if (leaked.contains(lower) || weak.contains(lower) || weak.contains(core(lower))) {
            return Optional.of(FieldProblem.of(field, "weak", "security.password.weak"));
        }
        return Optional.empty();
    }

    private static long classes(String plain) {
        return IntStream.of(
                        plain.chars().anyMatch(c -> c >= 'a' && c <= 'z') ? 1 : 0,
                        plain.chars().anyMatch(c -> c >= 'A' && c <= 'Z') ? 1 : 0,
                        plain.chars().anyMatch(c -> c >= '0' && c <= '9') ? 1 : 0,
                        plain.chars().anyMatch(c -> !isAsciiLetterOrDigit(c)) ? 1 : 0)
                .sum();
    }

    private static boolean isAsciiLetterOrDigit(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static boolean contains(String password, String personal) {
        String known = personal == null ? "" : personal.strip().toLowerCase(Locale.ROOT);
        return known.length() >= 2 && password.contains(known);
    }

    /** The word behind the decoration: {@code P@ssw0rd2026!} is {@code password}. A Chinese word stays as it is. */
    private static String core(String lower) {
        String word = lower.replaceAll("[\\p{ASCII}&&[^a-z]]+$", "");
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(word)) {
            return word;
        }
        return word.replace('@', 'a')
                .replace('0', 'o')
                .replace('1', 'l')
                .replace('3', 'e')
                .replace('$', 's')
                .replaceAll("[^a-z]", "");
    }
}
