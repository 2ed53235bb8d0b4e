package org.manyi.spreadsheet;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.manyi.spreadsheet.ImportKind.Column;
import org.manyi.spreadsheet.ImportKind.Form;
import org.springframework.core.io.ClassPathResource;

/** The headers of a workbook and what the words in its cells mean, from {@code import/<kind>.properties}. */
public final class ImportWords {

    private final Properties properties = new Properties();
    private final Map<String, Map<String, String>> meanings = new HashMap<>();

    /**
     * Reads the words of a kind of import.
     *
     * @throws UncheckedIOException when they are missing
     */
    public ImportWords(String kind) {
        try (Reader reader = new InputStreamReader(
                new ClassPathResource("import/" + kind + ".properties").getInputStream(), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (String entry : properties.stringPropertyNames()) {
            int dot = entry.lastIndexOf('.');
            if (!entry.startsWith("column.")) {
                Map<String, String> group = meanings.computeIfAbsent(entry.substring(0, dot), g -> new HashMap<>());
                words(entry).forEach(word -> group.put(normal(word), entry.substring(dot + 1)));
            }
        }
    }

    /** A column of texts as the shipped template has it. */
    public Column text(String field, boolean required) {
        return column(field, required, false, Form.TEXT);
    }

    /** A column of days. */
    public Column day(String field, boolean required) {
        return column(field, required, false, Form.DAY);
    }

    /** A column of codes, names to log in with or numbers to dial, where a blank may mean "as above". */
    public Column code(String field, boolean required, boolean inherits) {
        return column(field, required, inherits, Form.CODE);
    }

    private Column column(String field, boolean required, boolean inherits, Form form) {
        return new Column(
                field,
                properties.getProperty("column." + field),
                words("column." + field + ".aliases"),
                required,
                inherits,
                form);
    }

    /**
     * What a word means in a group such as {@code kind} or {@code role.SCHOOL}; empty when it is none of the group's words.
     */
    public Optional<String> meaning(String group, String word) {
        return Optional.ofNullable(meanings.getOrDefault(group, Map.of()).get(normal(word)));
    }

    /** The words of an entry such as {@code role.BUREAU.leader}, as written. */
    public List<String> words(String entry) {
        return List.of(properties.getProperty(entry).split(","));
    }

    /** An entry that is one word. */
    public String word(String entry) {
        return properties.getProperty(entry);
    }

    /** A word without the differences that people do not see: spaces, full and half width, case. */
    public static String normal(String word) {
        return Normalizer.normalize(word, Normalizer.Form.NFKC)
                .replaceAll("\\s+", "")
                .toLowerCase(Locale.ROOT);
    }

    /** The parts of a cell that holds several, parted by 、 or a comma or semicolon. */
    public static List<String> parts(String cell) {
        return java.util.Arrays.stream(cell.split("[、，,；;\\n]"))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .distinct()
                .toList();
    }
}
