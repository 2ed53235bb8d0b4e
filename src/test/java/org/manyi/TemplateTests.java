package org.manyi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a template may not hold: anything that would run what people typed, or that the content security policy refuses. */
class TemplateTests {

    private static final Map<String, Pattern> FORBIDDEN = Map.of(
            "unescaped text", Pattern.compile("utext|\\[\\("),
            "preprocessing", Pattern.compile("__\\s*[$#*@~]\\{"),
            "inline script",
                    Pattern.compile(
                            "<script(?![^>]*\\ssrc|[^>]*\\sth:src|[^>]*type=\"application/json\")|javascript:|th:inline=\"javascript\""),
            "event handler", Pattern.compile("\\s(th:)?on[a-z]+\\s*=|hx-on"),
            "inline style", Pattern.compile("<style|\\s(th:)?style(append)?\\s*="),
            "form without token",
                    Pattern.compile("<form(?=[^>]*method=\"post\")(?![^>]*th:action)[^>]*>", Pattern.CASE_INSENSITIVE),
            "other host", Pattern.compile("(src|href|action)=\"(https?:)?//"));

    static Stream<Path> pages() {
        return ProcessModel.files("src/main/resources/templates", ".html").stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aPageRunsNothingThatPeopleTyped(Path page) {
        assertThat(faults(ProcessModel.read(page))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            unescaped text     | <p th:utext="${title}"></p>
            unescaped text     | <p>[(${title})]</p>
            preprocessing      | <p th:text="__${title}__"></p>
            inline script      | <script>go()</script>
            inline script      | <a href="javascript:go()">
            event handler      | <button onclick="go()">
            event handler      | <button th:onclick="${go}">
            inline style       | <p style="color:red">
            inline style       | <p th:styleappend="${x}">
            form without token | <form method="post" action="/x">
            other host         | <script src="https://example.org/x.js"></script>
            """)
    void whatIsForbiddenIsFound(String fault, String page) {
        assertThat(faults(page)).containsExactly(fault);
    }

    private static List<String> faults(String page) {
        return FORBIDDEN.entrySet().stream()
                .filter(entry -> entry.getValue().matcher(page).find())
                .map(Map.Entry::getKey)
                .toList();
    }
}
