package org.manyi;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.FileSystemResource;
import tools.jackson.databind.json.JsonMapper;

/** Every text for people stands in the messages, in Chinese and in English, and nowhere else. */
class MessagesTests {

    /** A language is offered by its own name, in every language. */
    private static final String OWN_NAME = "中文";

    /** Dates: one language counts the month, the other names it. */
    private static final Pattern ARGUMENTS_BY_LANGUAGE = Pattern.compile("calendar\\.(day|date)(OfYear)?");

    private static final Map<String, String> CHINESE = MessageBundles.chinese();

    private static final Pattern KEY = Pattern.compile("[a-z]+(\\.[A-Za-z0-9-]+)+");
    private static final Pattern PREFIX = Pattern.compile("[a-z]+\\.([A-Za-z0-9-]+\\.)*");

    /** What looks like a key of ours and is not: Java packages and the mail library's own properties. */
    private static final Pattern FOREIGN = Pattern.compile(
            "(org\\.(manyi|springframework|camunda|h2|apache|thymeleaf)|mail\\.(smtp|mime|debug))\\b.*|.*\\.(html|txt|ya?ml|json|csv|xlsx?)");

    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d+)[^}]*}");
    private static final Pattern LOOKED_UP = Pattern.compile("#\\{([A-Za-z][\\w.-]*)");
    private static final Pattern COMPOSED = Pattern.compile("#\\{\\|([A-Za-z][\\w.-]*\\.)\\$\\{");

    static Stream<String> bundles() {
        return MessageBundles.names().stream();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void aBundleSaysTheSameThingsInBothLanguages(String bundle) {
        assertThat(unequal(chinese(bundle), english(bundle))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void aBundleHoldsOnlyKeysOfItsRoomEachOnce(String bundle) {
        List<String> prefixes = bundle.equals("forms") ? List.of("form.", "task.") : List.of(bundle + ".");

        assertThat(chinese(bundle).keySet()).allMatch(key -> prefixes.stream().anyMatch(key::startsWith));
        assertThat(MessageBundles.doubleKeys(ProcessModel.read(MessageBundles.file(bundle, false))))
                .isEmpty();
        assertThat(MessageBundles.doubleKeys(ProcessModel.read(MessageBundles.file(bundle, true))))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void textsAreWrittenAndCalm(String bundle) {
        Stream.of(chinese(bundle), english(bundle))
                .forEach(texts -> texts.forEach((key, text) -> {
                    assertThat(text).as(key).isNotBlank();
                    assertThat(text).as(key).doesNotContain("!", "！");
                }));
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void theEnglishIsEnglish(String bundle) {
        english(bundle).forEach((key, text) -> assertThat(SourceTexts.isChinese(text))
                .as("%s=%s", key, text)
                .isEqualTo(text.equals(OWN_NAME)));
    }

    @Test
    void everyBundleIsRead() throws Exception {
        var application = new YamlPropertySourceLoader()
                .load("application", new FileSystemResource("src/main/resources/application.yaml"))
                .get(0);
        List<String> read = List.of(String.valueOf(application.getProperty("spring.messages.basename"))
                .split(","));

        assertThat(read).containsAll(bundles().map(name -> "messages/" + name).toList());
    }

    @Test
    void noTextForPeopleStandsInJava() {
        assertThat(found("src/main/java", ".java", MessagesTests::chineseLiterals))
                .isEmpty();
    }

    @Test
    void noTextForPeopleStandsInTypeScript() {
        List<String> found = found("src/main/frontend", ".ts", MessagesTests::chineseLiterals);

        assertThat(found).isEmpty();
    }

    @Test
    void noTextForPeopleStandsInTemplates() {
        assertThat(found("src/main/resources/templates", ".html", SourceTexts::bareWords))
                .isEmpty();
        assertThat(found("src/main/resources/templates", ".txt", SourceTexts::bareWords))
                .isEmpty();
    }

    @Test
    void everyKeyThatIsLookedUpExists() {
        List<String> missing = new ArrayList<>();
        missing.addAll(found("src/main/java", ".java", source -> missing(SourceTexts.literals(source), CHINESE)));
        missing.addAll(found("src/main/resources/templates", ".html", page -> missing(lookedUp(page), CHINESE)));
        missing.addAll(found("src/main/resources/templates", ".txt", page -> missing(lookedUp(page), CHINESE)));

        assertThat(missing).isEmpty();
    }

    @Test
    void theWordsOfThePagesScriptStandInBothLanguages() {
        Map<String, String> chinese = words("zh");
        Map<String, String> english = words("en");

        assertThat(unequal(chinese, english)).isEmpty();
        assertThat(english.values()).noneMatch(SourceTexts::isChinese);
        assertThat(Stream.concat(chinese.values().stream(), english.values().stream()))
                .noneMatch(text -> text.contains("!") || text.contains("！"));
    }

    private static Map<String, String> words(String language) {
        Map<String, String> words = new TreeMap<>();
        JsonMapper.shared()
                .readTree(ProcessModel.read(Path.of("src/main/frontend/words", language + ".json")))
                .properties()
                .forEach(word -> words.put(word.getKey(), word.getValue().asString()));
        return words;
    }

    private static Map<String, String> chinese(String bundle) {
        return MessageBundles.read(MessageBundles.file(bundle, false));
    }

    private static Map<String, String> english(String bundle) {
        return MessageBundles.read(MessageBundles.file(bundle, true));
    }

    private static List<String> chineseLiterals(String source) {
        return SourceTexts.literals(source).stream()
                .filter(SourceTexts::isChinese)
                .toList();
    }

    private static List<String> found(
            String folder, String ending, java.util.function.Function<String, List<String>> search) {
        if (!Files.exists(Path.of(folder))) {
            return List.of();
        }
        List<String> found = new ArrayList<>();
        for (Path file : ProcessModel.files(folder, ending)) {
            search.apply(ProcessModel.read(file)).forEach(text -> found.add(file + ": " + text));
        }
        return found;
    }

    /** What one language says and the other does not, or says with other arguments. */
    private static List<String> unequal(Map<String, String> chinese, Map<String, String> english) {
        List<String> found = new ArrayList<>();
        Set<String> keys = new TreeSet<>(chinese.keySet());
        keys.addAll(english.keySet());
        for (String key : keys) {
            if (!chinese.containsKey(key) || !english.containsKey(key)) {
                found.add(key + " is missing in " + (chinese.containsKey(key) ? "English" : "Chinese"));
            } else if (!ARGUMENTS_BY_LANGUAGE.matcher(key).matches()
                    && !arguments(chinese.get(key)).equals(arguments(english.get(key)))) {
                found.add(key + " takes other arguments in English");
            }
        }
        return found;
    }

    private static Set<String> arguments(String text) {
        return new TreeSet<>(
                ARGUMENT.matcher(text).results().map(match -> match.group(1)).toList());
    }

    /** What a page looks up: whole keys, and beginnings of keys that end with a dot. */
    private static List<String> lookedUp(String page) {
        List<String> keys = new ArrayList<>();
        for (Pattern pattern : List.of(LOOKED_UP, COMPOSED)) {
            Matcher matcher = pattern.matcher(page);
            while (matcher.find()) {
                keys.add(matcher.group(1));
            }
        }
        return keys;
    }

    /** Of the texts that look like keys of ours, those that no text answers to. */
    private static List<String> missing(List<String> texts, Map<String, String> messages) {
        Set<String> rooms = new TreeSet<>(List.of("form", "task"));
        messages.keySet().forEach(key -> rooms.add(key.substring(0, key.indexOf('.'))));
        return texts.stream()
                .filter(text ->
                        KEY.matcher(text).matches() || PREFIX.matcher(text).matches())
                .filter(text -> rooms.contains(text.substring(0, text.indexOf('.'))))
                .filter(text -> !FOREIGN.matcher(text).matches())
                .filter(text -> text.endsWith(".")
                        ? messages.keySet().stream().noneMatch(key -> key.startsWith(text))
                        : !messages.containsKey(text))
                .distinct()
                .toList();
    }

    @Nested
    class EachCheckCanFail {

        @Test
        void literals() {
            assertThat(chineseLiterals("String a = \"请填写\"; // 注释\n/** 说明 \" */ char b = 'x';"))
                    .containsExactly("请填写");
            assertThat(chineseLiterals("String a = \"\\u8bf7\";")).hasSize(1);
            assertThat(chineseLiterals("String a = \"\"\"\n  一\n  \"\"\";")).hasSize(1);
            assertThat(chineseLiterals("@Schema(example = \"请代为办理\") @ExampleObject(name = \"a\", value = \"例\")"))
                    .isEmpty();
            assertThat(chineseLiterals("@Schema(description = \"请代为办理\")")).hasSize(1);
            assertThat(chineseLiterals("String a = \"// \" + \"\\\"\" + key; // 说明"))
                    .isEmpty();
        }

        @Test
        void templates() {
            assertThat(SourceTexts.bareWords("<p>Save</p>")).containsExactly("Save");
            assertThat(SourceTexts.bareWords("<p>保存 <b th:text=\"#{x.y}\"></b></p>"))
                    .containsExactly("保存");
            assertThat(SourceTexts.bareWords("<input placeholder=\"Name\">")).hasSize(1);
            assertThat(SourceTexts.bareWords("<input type=\"submit\" value=\"Go\">"))
                    .hasSize(1);
            assertThat(SourceTexts.bareWords("<p th:text=\"'Save'\"></p>")).hasSize(1);
            assertThat(SourceTexts.bareWords("<p th:text=\"|Hello ${name}|\"></p>"))
                    .hasSize(1);
            assertThat(SourceTexts.bareWords("<p th:class=\"${a > 1} ? '红'\"></p>"))
                    .hasSize(1);
            assertThat(SourceTexts.bareWords("""
                    <!-- 注释 --><p th:if="${a > 1 and b == 'x'}" class="wide" th:text="|#{x.y} (${n})|">&nbsp;·</p>
                    <p>[[#{x.y}]] [(${z})]</p><img alt="" th:alt="#{x.y}">
                    """)).isEmpty();
        }

        @Test
        void keys() {
            Map<String, String> messages = Map.of("issue.title", "标题", "issue.status.closed", "已销号");

            assertThat(missing(List.of("issue.titel", "issue.status.", "issue.state."), messages))
                    .containsExactly("issue.titel", "issue.state.");
            assertThat(missing(
                            lookedUp("<p th:text=\"#{issue.none(${n})}\" th:title=\"#{|issue.kind.${k}|}\">"),
                            messages))
                    .containsExactly("issue.none", "issue.kind.");
            assertThat(missing(List.of("issue.yaml", "other.thing", "Issue title", "issue"), messages))
                    .isEmpty();
        }

        @Test
        void languages() {
            assertThat(unequal(Map.of("a.b", "{0} 天", "a.c", "是"), Map.of("a.b", "days", "a.d", "yes")))
                    .containsExactly(
                            "a.b takes other arguments in English",
                            "a.c is missing in English",
                            "a.d is missing in Chinese");
            assertThat(MessageBundles.doubleKeys("a.b=1\na.c=2\na.b = 3\n")).containsExactly("a.b");
        }
    }
}
