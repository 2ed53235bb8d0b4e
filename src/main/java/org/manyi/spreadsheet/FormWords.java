package org.manyi.spreadsheet;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;

/** What the headers of forms mean, and what forms write below, and sometimes between, their rows. */
final class FormWords {

    private static final Properties WORDS = load();
    private static final Pattern SPACES = Pattern.compile("[\\s\\u00A0\\u200B]+");
    private static final Pattern ORDINAL =
            Pattern.compile("^\\(?(\\d{1,3}|[" + WORDS.getProperty("numerals") + "]{1,3})[\\u3001.)]\\.?");
    private static final Pattern REMARK = Pattern.compile("\\((" + oneOf("remarks") + ")\\)");
    private static final Pattern MARKS = Pattern.compile("^[*#]+|[*:]+$");
    private static final Pattern TOTAL = Pattern.compile("(" + oneOf("totals") + ")[:0-9.]*");
    private static final Pattern TOTAL_OF = Pattern.compile("(" + oneOf("totals") + ").{0,20}");
    private static final Pattern NOTE = Pattern.compile("(" + oneOf("notes") + ")([:0-9].*)?");
    private static final Pattern SIGNATURE = Pattern.compile("(" + oneOf("signatures") + ")(\\(.{1,4}\\))?(:.*)?");

    private FormWords() {}

    /**
     * A header without the differences that people do not see: in half width and small letters, without spaces and line breaks, a
     * number before it and remarks behind it.
     */
    static String header(String written) {
        String text =
                MARKS.matcher(REMARK.matcher(normal(written)).replaceAll("")).replaceAll("");
        String unnumbered = ORDINAL.matcher(text).replaceFirst("");
        return MARKS.matcher(unnumbered.isEmpty() ? text : unnumbered).replaceAll("");
    }

    /** Whether a row that begins so adds up others, whatever else it holds. */
    static boolean isTotal(String first) {
        return TOTAL.matcher(normal(first)).matches();
    }

    /** Whether a row that begins so adds up others, unless it is complete. */
    static boolean maybeTotal(String first) {
        return TOTAL_OF.matcher(normal(first)).matches();
    }

    /** Whether a row that begins so is a note or a signature, unless it is complete. */
    static boolean isNote(String first) {
        String text = normal(first);
        return NOTE.matcher(text).matches() || SIGNATURE.matcher(text).matches();
    }

    /** An entry that is one word, such as what stands behind a year. */
    static String word(String entry) {
        return WORDS.getProperty(entry);
    }

    private static String normal(String written) {
        return SPACES.matcher(Normalizer.normalize(written, Normalizer.Form.NFKC))
                .replaceAll("")
                .toLowerCase(Locale.ROOT);
    }

    private static String oneOf(String entry) {
        return Arrays.stream(WORDS.getProperty(entry).split(","))
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
    }

    private static Properties load() {
        Properties words = new Properties();
        try (Reader reader = new InputStreamReader(
                new ClassPathResource("spreadsheet/words.properties").getInputStream(), StandardCharsets.UTF_8)) {
            words.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }
}
