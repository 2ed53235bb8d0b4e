package org.manyi.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manyi.shared.ValidationException;

class FormSchemaTests {

    private static final Map<String, List<TaskHandler.Option>> OFFERED =
            Map.of("units", List.of(new TaskHandler.Option("S0001", "第一小学"), new TaskHandler.Option("S0002", "第二小学")));
    private static final Set<String> FILES = Set.of("file-a", "file-b");

    static Stream<Path> everyFormWeShip() throws IOException {
        List<Path> forms = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("forms"))) {
            files.filter(file -> file.toString().endsWith(".form")).forEach(forms::add);
        }
        return forms.stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("everyFormWeShip")
    void everyFormWeShipIsHeldByTheServer(Path form) throws IOException {
        assertThat(FormSchema.parse(Files.readString(form)).keys()).isNotEmpty();
    }

    @Test
    void aTextIsTrimmedAndABlankOneIsAbsent() {
        FormSchema form = form(text("note", ""), text("reason", ""));

        assertThat(take(form, Map.of("note", "  已到位 \n", "reason", "  \n ")).values())
                .isEqualTo(Map.of("note", "已到位"));
    }

    @Test
    void aFieldThatTheFormDoesNotKnowIsIgnored() {
        assertThat(take(form(text("note", "")), Map.of("assignee", "chair", "dueDate", "2030-01-01"))
                        .values())
                .isEmpty();
    }

    @Test
    void whatIsRequiredIsAskedForAndSaidPerField() {
        FormSchema form = form(
                text("note", "'required': true"),
                "{'type': 'files', 'key': 'afterFiles', 'validate': {'required': true}}",
                "{'type': 'checkbox', 'key': 'read', 'validate': {'required': true}}");

        assertThat(problems(form, Map.of("read", false)))
                .containsExactly("note required", "afterFiles required", "read required");
    }

    @Test
    void aTextHasLimitsAndADefaultLimit() {
        FormSchema form = form(text("reason", "'minLength': 2, 'maxLength': 5"), text("note", ""));

        assertThat(problems(form, Map.of("reason", "短", "note", "长".repeat(4001))))
                .containsExactly("reason tooShort", "note tooLong");
        assertThat(problems(form, Map.of("reason", "六个字那么长"))).containsExactly("reason tooLong");
        assertThat(take(form, Map.of("note", "长".repeat(4000))).values()).containsKey("note");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "a\uD800b", "\uDC00"})
    void aTextThatNoDatabaseKeepsIsRefusedInWords(String text) {
        assertThat(problems(form(text("note", "")), Map.of("note", text))).containsExactly("note characters");
    }

    @Test
    void anythingElseIsKeptAsItIs() {
        String text = "${''.getClass()} #{7*7} *{x} __${x}__:: {{x}} <script>alert(1)</script> ' or 1=1 -- \u200b😀";

        assertThat(take(form(text("note", "")), Map.of("note", text)).values()).containsEntry("note", text);
    }

    @Test
    void aTextFieldTakesNothingButText() {
        assertThat(problems(form(text("note", "")), Map.of("note", List.of("a"))))
                .containsExactly("note text");
    }

    @Test
    void aPatternIsHeldAndOnlyHarmlessOnesAreRead() {
        FormSchema form = form(text("phone", "'pattern': '^1[3-9]\\\\d{9}$'"));

        assertThat(problems(form, Map.of("phone", "123"))).containsExactly("phone pattern");
        assertThat(take(form, Map.of("phone", "13800001234")).values()).containsEntry("phone", "13800001234");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "a|b", "(?=x)", "\\1", "a*b*c*d", "[a", "a{1,9999}"})
    void aPatternThatCouldRunAwayIsNotRead(String pattern) {
        assertThatIllegalArgumentException().isThrownBy(() -> SafePattern.compile(pattern));
    }

    @Test
    void aNumberIsWholeAndWithinItsLimits() {
        FormSchema form = form("{'type': 'number', 'key': 'workingDays', 'validate': {'min': 1, 'max': 10}}");

        assertThat(take(form, Map.of("workingDays", 10)).values()).containsEntry("workingDays", 10);
        assertThat(take(form, Map.of("workingDays", 3.0)).values()).containsEntry("workingDays", 3);
        for (Object wrong : List.of(0, 11, 2.5, "many", true, 99999999999L)) {
            assertThat(problems(form, Map.of("workingDays", wrong)))
                    .as("%s", wrong)
                    .containsExactly("workingDays number");
        }
    }

    @Test
    void aDayIsADay() {
        FormSchema form = form("{'type': 'datetime', 'subtype': 'date', 'key': 'completedOn', 'dateLabel': '完成日期'}");

        assertThat(take(form, Map.of("completedOn", "2026-02-28")).values()).containsEntry("completedOn", "2026-02-28");
        for (Object wrong : List.of("2026-02-30", "28.02.2026", "20260228", "+999999-01-01", 5)) {
            assertThat(problems(form, Map.of("completedOn", wrong)))
                    .as("%s", wrong)
                    .containsExactly("completedOn date");
        }
    }

    @Test
    void aChoiceIsOneOfThoseOffered() {
        FormSchema form = form(
                "{'type': 'radio', 'key': 'decision', 'values': [{'value': 'sign', 'label': '签收'}]}",
                "{'type': 'select', 'key': 'unitCode', 'valuesKey': 'units'}",
                "{'type': 'taglist', 'key': 'coUnitCodes', 'valuesKey': 'units'}");

        assertThat(problems(
                        form,
                        Map.of("decision", "decline", "unitCode", "S9999", "coUnitCodes", List.of("S0001", "S9999"))))
                .containsExactly("decision choice", "unitCode choice", "coUnitCodes choice");
        assertThat(take(
                                form,
                                Map.of(
                                        "decision",
                                        "sign",
                                        "unitCode",
                                        "S0001",
                                        "coUnitCodes",
                                        List.of("S0002", "S0001", "S0002")))
                        .values())
                .isEqualTo(Map.of("decision", "sign", "unitCode", "S0001", "coUnitCodes", List.of("S0002", "S0001")));
    }

    @Test
    void aChoiceOfYesOrNoIsAYesOrNoHoweverItIsWritten() {
        FormSchema form = form("{'type': 'radio', 'key': 'reached', 'validate': {'required': true},"
                + " 'values': [{'value': true, 'label': '通了'}, {'value': false, 'label': '没通'}]}");

        assertThat(take(form, Map.of("reached", false)).values()).containsEntry("reached", false);
        assertThat(take(form, Map.of("reached", "true")).values()).containsEntry("reached", true);
        assertThat(problems(form, Map.of("reached", "yes"))).containsExactly("reached choice");
    }

    @Test
    void aHiddenFieldIsNeitherRequiredNorTaken() {
        FormSchema form = form(
                "{'type': 'radio', 'key': 'decision', 'values': [{'value': 'grant', 'label': '同意'}, {'value': 'refuse', 'label': '不同意'}]}",
                "{'type': 'number', 'key': 'workingDays', 'validate': {'required': true},"
                        + " 'conditional': {'hide': '=decision != \\\"grant\\\"'}}");

        assertThat(take(form, Map.of("decision", "refuse", "workingDays", 5)).values())
                .isEqualTo(Map.of("decision", "refuse"));
        assertThat(problems(form, Map.of("decision", "grant"))).containsExactly("workingDays required");
    }

    @Test
    void whatAHiddenFieldSaysHidesNothing() {
        FormSchema form = form(
                "{'type': 'checkbox', 'key': 'reached'}",
                "{'type': 'checkbox', 'key': 'solved', 'conditional': {'hide': '=reached != true'}}",
                "{'type': 'textarea', 'key': 'why', 'conditional': {'hide': '=solved != true'}}");

        assertThat(take(form, Map.of("reached", false, "solved", true, "why", "因为"))
                        .values())
                .isEqualTo(Map.of("reached", false));
    }

    @Test
    void andBindsBeforeOr() {
        FormCondition condition = FormCondition.parse("=a = 1 and b = \"x\" or c = true");

        assertThat(condition.holds(Map.<String, Object>of("a", 1, "b", "x")::get))
                .isTrue();
        assertThat(condition.holds(Map.<String, Object>of("a", 1, "b", "y")::get))
                .isFalse();
        assertThat(condition.holds(Map.<String, Object>of("c", true)::get)).isTrue();
        assertThat(FormCondition.parse("=a = null").holds(Map.<String, Object>of()::get))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"decision != \"x\"", "=not(decision)", "=decision > 1", "=a = 1 and", "=a = \"b\\\"\" or 1 = 1"})
    void aConditionOutsideTheGrammarIsNotRead(String condition) {
        assertThatIllegalArgumentException().isThrownBy(() -> FormCondition.parse(condition));
    }

    @Test
    void everyRowOfAListIsReadAndItsFaultsAreNamed() {
        FormSchema form = form(
                "{'type': 'dynamiclist', 'path': 'points', 'label': '要点', 'validate': {'minItems': 1, 'maxItems': 2},"
                        + " 'components': [" + text("point", "'required': true")
                        + ", {'type': 'checkbox', 'key': 'ok'}]}");

        assertThat(problems(form, Map.of())).containsExactly("points required");
        assertThat(problems(form, Map.of("points", List.of(Map.of("point", "a"), Map.of("ok", true)))))
                .containsExactly("points[1].point required");
        assertThat(problems(form, Map.of("points", List.of(Map.of(), Map.of(), Map.of()))))
                .containsExactly("points list");
        assertThat(problems(form, Map.of("points", List.of("a")))).containsExactly("points list");
        assertThat(take(form, Map.of("points", List.of(Map.of("point", "到岗", "ok", false, "more", 1))))
                        .values())
                .isEqualTo(Map.of("points", List.of(Map.of("point", "到岗", "ok", false))));
    }

    @Test
    void filesAreThoseOfTheTaskAndNoMoreThanAllowed() {
        FormSchema form = form("{'type': 'files', 'key': 'afterFiles', 'max': 2}");

        assertThat(take(form, Map.of("afterFiles", List.of("file-a", "file-a"))).values())
                .containsEntry("afterFiles", List.of("file-a"));
        assertThat(problems(form, Map.of("afterFiles", List.of("somebody-elses"))))
                .containsExactly("afterFiles file");
        assertThat(problems(form, Map.of("afterFiles", List.of("1", "2", "3")))).containsExactly("afterFiles tooMany");
        assertThat(problems(form, Map.of("afterFiles", "file-a"))).containsExactly("afterFiles file");
    }

    @Test
    void whatWasSubmittedIsKeptWithItsLabels() {
        FormSchema form = form(
                "{'type': 'radio', 'key': 'decision', 'label': '结论', 'values': [{'value': 'pass', 'label': '通过'}]}",
                "{'type': 'dynamiclist', 'path': 'points', 'components': [{'type': 'textfield', 'key': 'point', 'label': '内容'}]}");

        assertThat(take(form, Map.of("decision", "pass", "points", List.of(Map.of("point", "到岗"))))
                        .lines())
                .containsExactly(
                        new SubmittedLine(
                                "decision", null, "结论", SubmittedLine.Kind.CHOICE, List.of("通过"), List.of("pass")),
                        new SubmittedLine("points.point", 1, "内容", SubmittedLine.Kind.TEXT, List.of("到岗"), List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type': 'html', 'content': '<b>x</b>'}",
                "{'type': 'textfield', 'key': 'a.b'}",
                "{'type': 'textfield', 'key': 'note', 'label': '=secret'}",
                "{'type': 'text', 'text': 'Hello {{name}}'}",
                "{'type': 'textfield', 'key': 'note', 'validate': {'validationType': 'email'}}",
                "{'type': 'textfield', 'key': 'note', 'validate': {'required': '=x'}}",
                "{'type': 'textfield', 'key': 'note', 'disabled': true}",
                "{'type': 'select', 'key': 'a', 'valuesExpression': '=b'}",
                "{'type': 'radio', 'key': 'a'}",
                "{'type': 'datetime', 'key': 'a', 'subtype': 'datetime'}",
                "{'type': 'number', 'key': 'a', 'decimalDigits': 2}",
                "{'type': 'group', 'path': 'inner', 'components': []}",
                "{'type': 'textfield', 'key': 'a', 'conditional': {'show': '=b = 1'}}"
            })
    void aFormWithSomethingTheServerWouldNotHoldIsNotRead(String component) {
        assertThatIllegalArgumentException().isThrownBy(() -> form(component));
    }

    @Test
    void twoFieldsOfOneKeyAreNotRead() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> form(text("note", ""), "{'type': 'group', 'components': [" + text("note", "") + "]}"));
    }

    private static FormSchema form(String... components) {
        String json = "{'type': 'default', 'components': [" + String.join(", ", components) + "]}";
        return FormSchema.parse(json.replace('\'', '"'));
    }

    private static String text(String key, String rules) {
        return "{'type': 'textarea', 'key': '" + key + "', 'label': '" + key + "', 'validate': {" + rules + "}}";
    }

    private static FormValues take(FormSchema form, Map<String, Object> submitted) {
        return form.take(submitted, () -> OFFERED, FILES::contains);
    }

    private static List<String> problems(FormSchema form, Map<String, Object> submitted) {
        ValidationException refused = catchThrowableOfType(ValidationException.class, () -> take(form, submitted));
        assertThat(refused).as("refused").isNotNull();
        return refused.fields().stream()
                .map(problem -> problem.field() + " " + problem.code())
                .toList();
    }
}
