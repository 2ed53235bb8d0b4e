package org.manyi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.core.io.ClassPathResource;

/**
 * What people with bad intentions type, one string a line of {@code injection/corpus.txt}: SQL, expressions, mark-up, headers, formulas,
 * paths, and characters that are no text. A line is escaped as Java escapes; {@code *300*x} is 300 times the rest.
 */
final class InjectionCorpus {

    /** Expressions of the corpus set it when somebody evaluates them. */
    static final String CANARY = "manyi.canary";

    /** Lines of the log must not begin with it. */
    static final String FORGED = "FORGED";

    private InjectionCorpus() {}

    static List<String> all() {
        try {
            return new ClassPathResource("injection/corpus.txt")
                    .getContentAsString(StandardCharsets.UTF_8)
                    .lines()
                    .map(InjectionCorpus::meant)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every {@code step}-th, beginning with another one for every door, so that all doors together meet all of them. */
    static List<String> some(List<String> all, int step, int door) {
        return IntStream.range(0, all.size())
                .filter(index -> (index + door) % step == 0)
                .mapToObj(all::get)
                .toList();
    }

    private static String meant(String line) {
        if (line.matches("\\*\\d+\\*.+")) {
            int star = line.indexOf('*', 1);
            return unescaped(line.substring(star + 1)).repeat(Integer.parseInt(line.substring(1, star)));
        }
        return unescaped(line);
    }

    private static String unescaped(String text) {
        StringBuilder meant = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                meant.append(c);
                continue;
            }
            i++;
            switch (text.charAt(i)) {
                case 'n' -> meant.append('\n');
                case 'r' -> meant.append('\r');
                case 't' -> meant.append('\t');
                case 'u' -> {
                    meant.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> meant.append(text.charAt(i));
            }
        }
        return meant.toString();
    }
}
