package org.manyi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keeps the pages on security true: what they name as proof exists, and no item is left out. */
class SecurityPageTests {

    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Tests)((?:\\.[A-Z]\\w*)?)(?:\\.([a-z]\\w*))?`");
    private static final Pattern ITEM =
            Pattern.compile("(?m)^\\| (\\d+\\.\\d+\\.\\d+) \\| ([12]) \\| .+ \\| (.+) \\| (.+) \\|$");

    @ParameterizedTest
    @ValueSource(strings = {"docs/security.md", "docs/known-cves.md", "docs/abuse.md", "docs/faults.md"})
    void everyTestNamedThereExists(String page) throws IOException {
        Map<String, String> sources = sources();

        assertThat(TEST.matcher(Files.readString(Path.of(page))).results().toList())
                .isNotEmpty()
                .allSatisfy(named -> {
                    assertThat(sources).containsKey(named.group(1));
                    if (named.group(3) != null) {
                        assertThat(sources.get(named.group(1))).contains("void " + named.group(3) + "(");
                    }
                });
    }

    @Test
    void everyItemOfLevelsOneAndTwoHasItsVerdictAndNoneOfLevelOneIsUnmet() throws IOException {
        List<MatchResult> items = ITEM.matcher(Files.readString(Path.of("docs/security.md")))
                .results()
                .toList();

        assertThat(items).extracting(item -> item.group(1)).doesNotHaveDuplicates();
        assertThat(items.stream().collect(Collectors.groupingBy(item -> item.group(2), Collectors.counting())))
                .isEqualTo(Map.of("1", 70L, "2", 183L));
        assertThat(items).allSatisfy(item -> {
            assertThat(Set.of("met", "in part", "does not apply", "unmet")).contains(item.group(3));
            assertThat(item.group(4)).isNotBlank();
        });
        assertThat(items)
                .filteredOn(item -> item.group(2).equals("1"))
                .extracting(item -> item.group(3))
                .doesNotContain("unmet");
    }

    /** The sources of all tests by the name of their class. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        for (String folder : List.of("src/test/java", "faults/java")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(path -> path.toString().endsWith("Tests.java"))
                        .toList()) {
                    sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
                }
            }
        }
        return sources;
    }
}
