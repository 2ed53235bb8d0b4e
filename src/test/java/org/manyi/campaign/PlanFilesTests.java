package org.manyi.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manyi.shared.ContentRefusedException;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ValidationException;

class PlanFilesTests {

    private final PlanFiles files = new PlanFiles();

    @Test
    void theShippedPlanNamesEveryMechanismOfTheYearThatItIsMadeFrom() {
        Plan plan = files.shipped("luozhuang-2022");

        assertThat(plan.phases())
                .extracting(Plan.Phase::id)
                .containsExactly("february-planning", "spring-surveys", "autumn-visits", "year-end-review");
        assertThat(plan.nodes())
                .extracting(Plan.Node::source)
                .contains(
                        "S0-03", "S0-07", "S0-09", "S0-12", "S0-13", "S0-14", "S0-15", "S0-16", "S0-17", "S0-18",
                        "S0-19", "S0-20", "S0-21", "S0-22", "S0-23", "S0-24", "S0-25", "S0-26", "S0-27", "S0-28",
                        "S0-29", "S0-30", "S0-31", "S0-32", "S0-33", "S0-34", "S0-36");
        assertThat(plan.weights())
                .extracting(weight -> weight.percent().intValueExact())
                .containsExactly(10, 20, 20, 20, 20, 10);
    }

    @Test
    void whatIsWrittenIsReadBackAsTheSamePlan() {
        Plan plan = files.shipped("luozhuang-2022").in(2026);

        assertThat(files.read(files.write(plan).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(plan);
        assertThat(files.kept(files.keep(plan))).isEqualTo(plan);
    }

    @Test
    void aFieldThatThereIsNotIsNamedWithItsPlace() {
        String yaml = files.write(files.shipped("luozhuang-2022")).replaceFirst("(?m)^theme:", "motto:");

        assertThat(problems(yaml)).anySatisfy(problem -> {
            assertThat(problem.messageKey()).isEqualTo("campaign.problem.file.schema");
            assertThat(problem.args().toString()).contains("motto");
        });
    }

    @Test
    void aNodeWithoutADueRuleAndADayThatIsNoneAreNamed() {
        String yaml = """
                id: a-plan
                title: 方案
                year: 2026
                phases: [{id: one, name: 一, starts: 02-31, ends: 13-01}]
                nodes: [{id: first, name: 一, phase: one, owner: "bureau:chair"}]
                """;

        assertThat(problems(yaml))
                .extracting(problem -> problem.args().get(0).toString())
                .anyMatch(place -> place.contains("phases/0/ends"))
                .anyMatch(place -> place.contains("nodes/0"));
    }

    @Test
    void theThirtyFirstOfFebruaryIsRefusedWithAPlace() {
        assertThat(problems("""
                id: a-plan
                title: 方案
                year: 2026
                phases: [{id: one, name: 一, starts: 02-31, ends: 12-01}]
                nodes: [{id: first, name: 一, phase: one, owner: "bureau:chair", due: {rule: phaseEnd}}]
                """)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "just a text",
                "[1, 2]",
                "a: [",
                "a: 1\na: 2",
                "\u0000",
                "!!java.lang.Runtime {}",
                "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]",
                "{{{{{{"
            })
    void whatIsNoPlanIsRefusedInWords(String yaml) {
        assertThat(problems(yaml)).isNotEmpty().allMatch(problem -> problem.messageKey()
                .startsWith("campaign.problem.file"));
    }

    @Test
    void aFileThatIsTooLargeIsNotRead() {
        assertThatThrownBy(() -> files.read(new byte[PlanFiles.LARGEST + 1]))
                .isInstanceOf(ContentRefusedException.class);
    }

    @Test
    void aThousandNestedListsAreRefusedInWords() {
        assertThat(problems("a: " + "[".repeat(2_000) + "]".repeat(2_000))).isNotEmpty();
    }

    private List<FieldProblem> problems(String yaml) {
        try {
            files.read(yaml.getBytes(StandardCharsets.UTF_8));
            return List.of();
        } catch (ValidationException e) {
            return e.fields();
        }
    }
}
