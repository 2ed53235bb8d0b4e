package org.manyi;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The texts as shipped, by language. */
class MessageBundles {

    private static final String FOLDER = "src/main/resources/messages";

    private MessageBundles() {}

    static Map<String, String> chinese() {
        return all(false);
    }

    static Map<String, String> english() {
        return all(true);
    }

    /** The bundles' base names, such as {@code inbox}. */
    static List<String> names() {
        return ProcessModel.files(FOLDER, ".properties").stream()
                .map(ProcessModel::name)
                .map(name -> name.replaceFirst("_en$", ""))
                .distinct()
                .toList();
    }

    static Path file(String name, boolean english) {
        return Path.of(FOLDER, name + (english ? "_en" : "") + ".properties");
    }

    static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> texts = new TreeMap<>();
        properties.forEach((key, text) -> texts.put((String) key, (String) text));
        return texts;
    }

    /** Keys that stand in a file more than once: the last one wins silently. */
    static List<String> doubleKeys(String content) {
        Map<String, Integer> counts = new HashMap<>();
        List<String> doubled = new ArrayList<>();
        boolean continued = false;
        for (String line : content.lines().toList()) {
            if (!continued && line.matches("[\\w.-]+\\s*=.*")) {
                String key = line.substring(0, line.indexOf('=')).strip();
                if (counts.merge(key, 1, Integer::sum) == 2) {
                    doubled.add(key);
                }
            }
            continued = line.endsWith("\\");
        }
        return doubled;
    }

    private static Map<String, String> all(boolean english) {
        Map<String, String> texts = new TreeMap<>();
        for (String name : names()) {
            Path file = file(name, english);
            if (Files.exists(file)) {
                texts.putAll(read(file));
            }
        }
        return texts;
    }
}
