package org.manyi.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPatternParser;

class AccessPolicyFileTests {

    private static final Path PAGE = Path.of("docs/access-policy.md");

    /** Run with {@code MANYI_WRITE_DOCS=true} in the environment to write the page anew. */
    @Test
    void thePageForReadersSaysWhatTheFilesSay() throws IOException {
        String page = page(AccessPolicy.load());
        if ("true".equals(System.getenv("MANYI_WRITE_DOCS"))) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static String page(AccessPolicy policy) {
        StringBuilder page = new StringBuilder("""
                # Who may reach what

                Written from `src/main/resources/access/*.yaml`; `AccessPolicyFileTests` fails when the two differ. What has no line is
                denied. PUBLIC is everybody; AUTHENTICATED everybody who is logged in; CASE everybody who handles cases, which are all but
                the three administrators; LOOPBACK programs on the machine itself; NOBODY what only the server's own dispatch reaches.
                Whether a case behind a door is the person's to see is decided row by row: what is not his is a 404.

                | room | method | path | who |
                |---|---|---|---|
                """);
        policy.lines().stream()
                .sorted(Comparator.comparing(AccessPolicy.Line::room)
                        .thenComparing(AccessPolicy.Line::path)
                        .thenComparing(AccessPolicy.Line::method))
                .map(line -> "| %s | %s | `%s` | %s |%n".formatted(line.room(), line.method(), line.path(), who(line)))
                .forEach(page::append);
        return page.toString().replace("\r\n", "\n");
    }

    private static String who(AccessPolicy.Line line) {
        return Stream.concat(
                        line.groups().stream().sorted(), line.roles().stream().sorted())
                .map(Object::toString)
                .collect(Collectors.joining(", "));
    }

    @Test
    void aSecondLineForOneDoorIsRefused() {
        AccessPolicy.Line line = line("GET", "/x/{id}", Role.CHAIR);

        assertThatThrownBy(() -> new AccessPolicy(List.of(line, line))).hasMessageContaining("GET /x/{id}");
    }

    @Test
    void theMoreParticularLineDecides() {
        AccessPolicy policy =
                new AccessPolicy(List.of(line("GET", "/x/{id}", Role.CHAIR), line("GET", "/x/new", Role.DEPARTMENT)));

        assertThat(policy.find("GET", PathContainer.parsePath("/x/new"))
                        .orElseThrow()
                        .roles())
                .containsExactly(Role.DEPARTMENT);
        assertThat(policy.find("GET", PathContainer.parsePath("/x/1"))
                        .orElseThrow()
                        .roles())
                .containsExactly(Role.CHAIR);
        assertThat(policy.find("POST", PathContainer.parsePath("/x/1"))).isEmpty();
        assertThat(policy.methods(PathContainer.parsePath("/x/1"))).containsExactly("GET");
    }

    @Test
    void theThreeAdministratorsHaveNoPartInCases() {
        for (Role administrator : List.of(Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR)) {
            assertThat(AccessPolicy.load().lines())
                    .filteredOn(line -> Set.of("inbox", "issue").contains(line.room()))
                    // What the categories of issues are called is no case.
                    .filteredOn(line -> administrator != Role.SYSADMIN
                            || !line.path().matches("/categories(/[{]code[}](/(up|retire|offer))?)?"))
                    .filteredOn(line -> line.admits(Set.of(administrator)))
                    .extracting(line -> line.method() + " " + line.path())
                    .as(administrator.name())
                    // The calendars are open to whoever knows an address, and hold what its owner may see.
                    .containsExactlyInAnyOrder("GET /", "GET /calendar/{token}.ics");
        }
    }

    @Test
    void theAuditorChangesNothingButTheOwnAccount() {
        // Imports ask each kind who may: see AccessPolicyTests. Verifying and exporting the trail are reading.
        assertThat(AccessPolicy.load().lines())
                .filteredOn(line -> !line.method().equals("GET") && line.admits(Set.of(Role.AUDITOR)))
                .extracting(AccessPolicy.Line::room)
                .containsOnly("security", "audit", "spreadsheet");
        assertThat(AccessPolicy.load().lines())
                .filteredOn(line -> line.roles().contains(Role.AUDITOR))
                .extracting(line -> line.room().equals("audit") ? "audit" : line.method() + " " + line.path())
                // Besides the trail: who was told when, which names no title.
                .containsOnly("audit", "GET /told");
    }

    private static AccessPolicy.Line line(String method, String path, Role role) {
        return new AccessPolicy.Line("test", method, new PathPatternParser().parse(path), Set.of(), Set.of(role));
    }
}
