package org.manyi.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.api.Test;
import org.manyi.engine.DecisionTable.Rule;
import org.manyi.engine.DecisionTables.Change;
import org.manyi.security.CurrentUser;

/** A decision table as rows and as DMN: both decide the same, and nothing that somebody typed becomes an expression. */
class DecisionTableTests {

    private static final byte[] SHIPPED = shipped();
    private static final Codes CODES = new Codes();

    @Test
    void theShippedTableIsReadAndWrittenWithoutLosingAnything() {
        DecisionTable table = new DecisionDmn(SHIPPED).read();

        assertThat(table.rules()).hasSize(33);
        assertThat(table.rules().get(0))
                .isEqualTo(new Rule(
                        "rule_consultSafety",
                        "咨询安全、食品、交通：安全科一个工作日内答复",
                        Map.of("category", List.of("transport", "food", "safety"), "kind", List.of("consultation")),
                        Map.of(
                                "department", "anquan",
                                "rectification", "immediate",
                                "workingDays", "1",
                                "urgency", "normal",
                                "note", "consultation")));
        assertThat(new DecisionDmn(new DecisionDmn(SHIPPED).write(table, CODES)).read())
                .isEqualTo(table);
    }

    @Test
    void theTrialDecidesAsTheEngineDoesWhateverTheTable() {
        Random random = new Random(20);
        for (int round = 0; round < 12; round++) {
            DecisionTable table = round == 0 ? new DecisionDmn(SHIPPED).read() : anyTable(random);
            DmnEngine engine =
                    DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
            DmnDecision decision = engine.parseDecision(
                    "issue-triage", new ByteArrayInputStream(new DecisionDmn(SHIPPED).write(table, CODES)));
            for (int i = 0; i < 60; i++) {
                Map<String, String> inputs = anyInputs(random);
                DmnDecisionTableResult answer =
                        engine.evaluateDecisionTable(decision, Variables.fromMap(new HashMap<>(inputs)));
                Map<String, String> judged = new HashMap<>();
                if (!answer.isEmpty()) {
                    answer.getSingleResult()
                            .getEntryMap()
                            .forEach((name, value) -> judged.put(name, String.valueOf(value)));
                }

                assertThat(table.decide(inputs).map(Rule::outputs).orElse(Map.of()))
                        .as("%s", inputs)
                        .isEqualTo(judged);
            }
        }
    }

    @Test
    void whatIsNeitherCodeNorNumberNeverBecomesAnExpression() {
        for (String hostile : List.of(
                "food\", \"x", "food\") or true or (\"", "${x}", "#{x}", "a b", "", "-", "not(\"food\")", "食品")) {
            Rule asked = new Rule("rule_a", "x", Map.of("category", List.of(hostile)), outputs("1"));
            Rule decided = new Rule("rule_a", "x", Map.of(), outputs(hostile));
            Rule named = new Rule("rule\"" + hostile, "x", Map.of(), outputs("1"));
            for (Rule rule : List.of(asked, decided, named)) {
                assertThatThrownBy(() -> new DecisionDmn(SHIPPED).write(new DecisionTable(List.of(rule)), CODES))
                        .as(hostile)
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void aDescriptionIsTextWhateverItSays() {
        String hostile = "]]></description><rule id=\"x\"><script>${1+1}</script> & \"quoted\" ' <!-- -->";
        DecisionTable table = new DecisionTable(List.of(new Rule("rule_a", hostile, Map.of(), outputs("3"))));

        byte[] written = new DecisionDmn(SHIPPED).write(table, CODES);

        assertThat(new DecisionDmn(written).read()).isEqualTo(table);
        assertThat(new String(written, StandardCharsets.UTF_8)).doesNotContain("<script>");
    }

    @Test
    void aTableThatIsNoListOfCodesIsRefusedWhenItIsShipped() {
        String text = new String(SHIPPED, StandardCharsets.UTF_8);
        for (String other : List.of(
                text.replaceFirst("<text>\"safety\", \"food\", \"transport\"</text>", "<text>not(\"food\")</text>"),
                text.replaceFirst("hitPolicy=\"FIRST\"", "hitPolicy=\"COLLECT\""))) {
            assertThat(other).isNotEqualTo(text);
            assertThatThrownBy(() -> new DecisionDmn(other.getBytes(StandardCharsets.UTF_8)).read())
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aRuleThatEarlierOnesLeaveNothingIsNamedWithThem() {
        Rule low = new Rule("rule_low", "低", Map.of("severity", List.of("low")), outputs("1"));
        Rule other = new Rule("rule_other", "其余", Map.of("severity", List.of("medium", "high")), outputs("2"));
        Rule dead = new Rule("rule_dead", "轮不到", Map.of("category", List.of("food")), outputs("3"));

        assertThat(new DecisionReach(new DecisionTable(List.of(low, other, dead)), CODES.conditions()).covered())
                .isEqualTo(Map.of("rule_dead", List.of(1, 2)));
        assertThat(new DecisionReach(new DecisionTable(List.of(dead, low, other)), CODES.conditions()).covered())
                .isEmpty();
        assertThat(new DecisionReach(new DecisionDmn(SHIPPED).read(), CODES.conditions()).covered())
                .isEmpty();
    }

    @Test
    void whatDiffersIsSaidRuleByRuleAndOnlyTheOneThatWasMovedCounts() {
        List<Rule> before = IntStream.range(0, 5)
                .mapToObj(i -> new Rule("rule_" + i, "第" + i, Map.of(), outputs("1")))
                .toList();
        List<Rule> after = new ArrayList<>(before);
        after.add(1, after.remove(4));
        after.remove(before.get(2));
        after.set(0, new Rule("rule_0", "第0", Map.of("severity", List.of("low")), outputs("1")));
        after.add(new Rule("rule_new", "新", Map.of(), outputs("2")));

        assertThat(new DecisionComparison(new DecisionTable(before), new DecisionTable(after)).differences())
                .extracting(
                        DecisionTables.Difference::change,
                        DecisionTables.Difference::placeBefore,
                        DecisionTables.Difference::placeAfter)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Change.CHANGED, 1, 1),
                        org.assertj.core.groups.Tuple.tuple(Change.MOVED, 5, 2),
                        org.assertj.core.groups.Tuple.tuple(Change.ADDED, 0, 5),
                        org.assertj.core.groups.Tuple.tuple(Change.REMOVED, 3, 0));
    }

    private static DecisionTable anyTable(Random random) {
        List<Rule> rules = new ArrayList<>();
        int size = 1 + random.nextInt(15);
        for (int i = 0; i < size; i++) {
            Map<String, List<String>> conditions = new HashMap<>();
            for (DecisionSubject.Column column : CODES.conditions()) {
                if (random.nextBoolean()) {
                    conditions.put(
                            column.name(),
                            column.options().stream()
                                    .map(DecisionSubject.Option::code)
                                    .filter(code -> random.nextInt(3) > 0)
                                    .toList());
                }
            }
            rules.add(new Rule("rule_" + i, "随机" + i, conditions, outputs(String.valueOf(1 + i))));
        }
        return new DecisionTable(rules);
    }

    private static Map<String, String> anyInputs(Random random) {
        Map<String, String> inputs = new HashMap<>();
        for (DecisionSubject.Column column : CODES.conditions()) {
            inputs.put(
                    column.name(),
                    column.options()
                            .get(random.nextInt(column.options().size()))
                            .code());
        }
        return inputs;
    }

    private static Map<String, String> outputs(String days) {
        return Map.of(
                "department", "jijiao",
                "rectification", "dated",
                "workingDays", days,
                "urgency", "normal",
                "note", "ordinary");
    }

    private static byte[] shipped() {
        try (InputStream in = DecisionTableTests.class.getResourceAsStream("/processes/issue/issue-triage.dmn")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The codes without the application that has them. */
    private static final class Codes implements DecisionSubject {

        @Override
        public String key() {
            return "issue-triage";
        }

        @Override
        public String nameKey() {
            return "issue.decision";
        }

        @Override
        public List<Column> conditions() {
            return List.of(
                    column("category", "food", "safety", "transport", "ethics", "teaching", "other", "library"),
                    column("source", "phone", "hotline", "higherReport", "survey"),
                    column("severity", "low", "medium", "high"),
                    column("kind", "appeal", "complaint", "suggestion", "consultation"),
                    column("institutionKind", "kindergarten", "kindergarten-centre", "primary", "nine-year"));
        }

        @Override
        public List<Column> outputs() {
            return List.of(
                    column("department", "jijiao", "anquan"),
                    column("rectification", "immediate", "dated"),
                    new Column("workingDays", "x", List.of(), 60),
                    column("urgency", "normal", "urgent"),
                    column("note", "ordinary"));
        }

        private static Column column(String name, String... codes) {
            return new Column(
                    name,
                    "x",
                    List.of(codes).stream()
                            .map(code -> new Option(code, code, true))
                            .toList(),
                    0);
        }

        @Override
        public List<Tally> tally(Instant since) {
            return List.of();
        }

        @Override
        public List<Example> examples(
                Instant since, Predicate<Map<String, String>> wanted, int skip, int most, CurrentUser reader) {
            return List.of();
        }

        @Override
        public boolean counts(Map<String, String> inputs, String output) {
            return true;
        }
    }
}
