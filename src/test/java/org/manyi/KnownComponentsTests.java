package org.manyi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Nothing is shipped that nobody has looked at for known holes (docs/known-cves.md), and nothing older than looked at. */
class KnownComponentsTests {

    private static final Pattern FLOOR = Pattern.compile("(?m)^\\| `([^`]+)` \\| (\\S+) \\| .+ \\|$");

    /** A shipped component: a Maven group or an npm package, with its version. */
    private record Component(String name, String version) {}

    private static List<Component> shipped() throws IOException {
        JsonNode list = JsonMapper.shared()
                .readTree(Files.readString(Path.of("target/classes/META-INF/sbom/application.cdx.json")));
        return StreamSupport.stream(list.get("components").spliterator(), false)
                .map(it -> new Component(
                        it.has("group")
                                ? it.get("group").asString()
                                : it.get("name").asString(),
                        it.get("version").asString()))
                .toList();
    }

    private static Map<String, String> floors() throws IOException {
        Map<String, String> floors = new HashMap<>();
        for (MatchResult row : FLOOR.matcher(Files.readString(Path.of("docs/known-cves.md")))
                .results()
                .toList()) {
            assertThat(floors.put(row.group(1), row.group(2)))
                    .as("two rows for " + row.group(1))
                    .isNull();
        }
        return floors;
    }

    @Test
    void everyComponentShippedHasBeenLookedAtAndIsNotOlderThanItsPatch() throws IOException {
        Map<String, String> floors = floors();

        assertThat(shipped()).hasSizeGreaterThan(100).allSatisfy(component -> {
            assertThat(floors).containsKey(component.name());
            assertThat(Version.parse(component.version()))
                    .isGreaterThanOrEqualTo(Version.parse(floors.get(component.name())));
        });
    }

    @Test
    void nothingBannedIsShipped() throws IOException {
        assertThat(shipped())
                .extracting(Component::name)
                .noneMatch(name -> name.contains("groovy")
                        || name.contains("graalvm")
                        || name.equals("org.camunda.bpm.webapp")
                        || name.contains("nashorn"));
        assertThat(Files.readString(Path.of("target/classes/META-INF/sbom/application.cdx.json")))
                .doesNotContain(
                        "camunda-engine-rest", "camunda-webapp", "starter-webapp", "starter-rest", "log4j-core");
    }

    @Test
    void aVersionIsComparedByItsNumbers() {
        assertThat(Version.parse("11.0.27")).isGreaterThan(Version.parse("11.0.9"));
        assertThat(Version.parse("3.1.4.RELEASE")).isLessThan(Version.parse("3.1.5"));
        assertThat(Version.parse("3.1.5.RELEASE")).isGreaterThanOrEqualTo(Version.parse("3.1.5"));
    }
}
