package org.manyi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A guard of the house and how it is taken out ({@code mutations/guards.yaml}).
 *
 * @param name what it guards
 * @param file where it stands
 * @param text the guard as it stands there, exactly once
 * @param without what stands there without it
 * @param test class and method of the test that must fail then
 */
record Guard(String name, String file, String text, String without, String test) {

    /** All of the list, in its order. */
    static List<Guard> all() {
        List<Map<String, String>> entries =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(read(Path.of("mutations/guards.yaml")));
        return entries.stream()
                .map(entry -> new Guard(
                        entry.get("guard"),
                        entry.get("file"),
                        entry.get("text").stripTrailing(),
                        entry.get("without").stripTrailing(),
                        entry.get("test")))
                .toList();
    }

    /** The file without the guard. */
    String mutated() {
        return read(Path.of(file)).replace(text, without);
    }

    static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
