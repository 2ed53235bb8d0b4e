package org.manyi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.manyi.security.SecurityEvent;

/**
 * Reads, after all other tests, what the whole run has logged: nothing in it may tell who somebody is, or let anybody in. The tests
 * use passwords, tokens, phones and names all the time, in good requests and in such that fail.
 */
@Tag("afterwards")
class LogSecretsTests {

    private static final Map<String, Pattern> SECRETS = new TreeMap<>(Map.of(
            "a password",
            Pattern.compile(Pattern.quote(TestDistrict.PASSWORD)
                    + "|Test-admin-2026|Right-horse-7|(?i)passwor[dt]\\s*[=:]\\s*[^\\s*,;)]{6,}"),
            "a token",
            Pattern.compile("(?i)bearer\\s+[\\w-]{20,}|\"token\"\\s*:\\s*\""),
            "a session or CSRF cookie",
            Pattern.compile("(SESSION|CSRF|DEVICE)=[\\w+/=-]{16,}"),
            "a second factor",
            Pattern.compile("otpauth://|\\b[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}\\b"),
            "a phone",
            Pattern.compile("(?<![\\w.-])1\\d{10}(?![\\w.-])"),
            "a mail address",
            Pattern.compile("[\\w.+-]+@[\\w-]+(\\.[\\w-]+)*\\.(cn|example|org|com)\\b"),
            "a reporter's name",
            Pattern.compile("\\p{IsHan}某")));

    private static final Pattern EVENT = Pattern.compile(" : (\\w+) (done|refused)");

    @Test
    void nothingInTheLogOfTheRunIsSecret() throws IOException {
        List<Path> logs = logs();
        assertThat(logs).isNotEmpty();
        for (Path log : logs) {
            try (Stream<String> lines = Files.lines(log)) {
                assertThat(lines.flatMap(line -> SECRETS.entrySet().stream()
                                .filter(secret ->
                                        secret.getValue().matcher(line).find())
                                .map(secret -> secret.getKey() + ": " + line)))
                        .isEmpty();
            }
        }
    }

    @Test
    void everyKindOfSecurityEventHappenedInTheRunAndLeftItsLine() throws IOException {
        Set<String> missing = Arrays.stream(SecurityEvent.Kind.values())
                .map(SecurityEvent.Kind::eventName)
                .collect(Collectors.toSet());
        for (Path log : logs()) {
            try (Stream<String> lines = Files.lines(log)) {
                lines.map(EVENT::matcher).filter(Matcher::find).forEach(event -> missing.remove(event.group(1)));
            }
        }

        assertThat(missing).isEmpty();
    }

    private static List<Path> logs() throws IOException {
        List<Path> logs = new ArrayList<>(TestNotes.files("h2", "log"));
        logs.addAll(TestNotes.files("postgres", "log"));
        return logs;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a password               | failed for chair with Manyi-2026!
            a password               | {username=chair, password=Other-secret-1}
            a token                  | Authorization: Bearer 3v8Hk2LqPz7Wm4XcTn9BdR
            a session or CSRF cookie | Cookie: SESSION=ZmQ0YjBhZTctNGY1Ni00
            a second factor          | recovery code ABCD-EFGH-JKMN-PQRS
            a phone                  | no such account: 13912345678
            a mail address           | cannot send to chair@qinghe.example
            a reporter's name        | 周某 called
            """)
    void aSecretIsFound(String secret, String line) {
        assertThat(SECRETS.get(secret).matcher(line).find()).isTrue();
    }
}
