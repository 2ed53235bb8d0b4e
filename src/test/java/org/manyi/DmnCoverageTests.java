package org.manyi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.dmn.engine.delegate.DmnDecisionTableEvaluationEvent;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The triage table in a bare decision engine: a case for every rule, an answer for everything that can be raised. */
class DmnCoverageTests {

    private static final String TABLE = "issue-triage";

    /** The case that shows a rule | category source severity kind institutionKind | department class workingDays urgency note. */
    private static final String CASES = """
                consultSafety            | food          phone          high   consultation primary             | anquan   immediate 1  normal   consultation
                consultEthics            | ethics        hotline        low    consultation kindergarten        | renshi   immediate 1  normal   consultation
                consultMoney             | aid           phone          low    consultation junior              | jicai    immediate 1  normal   consultation
                consultSport             | sport         phone          low    consultation primary             | tiyu     immediate 1  normal   consultation
                consultKindergarten      | enrolment     phone          low    consultation kindergarten-centre | xueqian  immediate 1  normal   consultation
                consultSchool            | enrolment     phone          low    consultation primary             | jijiao   immediate 1  normal   consultation
                safetyHigh               | transport     hotline        high   complaint    kindergarten        | anquan   immediate 1  critical safetyHigh
                foodComplaint            | food          hotline        low    complaint    primary             | anquan   immediate 2  urgent   food
                safetyUrgentSource       | safety        higherReport   low    appeal       junior              | anquan   immediate 3  urgent   safetyUrgent
                safetyMedium             | safety        inspection     medium suggestion   primary             | anquan   immediate 3  urgent   safetyUrgent
                safetyOrdinary           | food          selfCheck      low    suggestion   primary             | anquan   dated     5  normal   ordinary
                ethicsHigh               | ethics        hotline        high   complaint    primary             | renshi   dated     5  critical ethicsHigh
                ethicsUrgentSource       | ethics        hotline        medium complaint    kindergarten        | renshi   dated     5  urgent   urgentSource
                ethicsOrdinary           | ethics        homeVisit      low    complaint    senior              | renshi   dated     7  normal   complex
                moneyHigh                | fees          phone          high   complaint    primary             | jicai    immediate 3  urgent   moneyHigh
                moneyUrgentSource        | aid           higherReport   low    appeal       junior              | jicai    immediate 3  urgent   urgentSource
                moneyOrdinary            | fees          survey         medium appeal       kindergarten        | jicai    dated     5  normal   ordinary
                facilitiesHigh           | facilities    phone          high   suggestion   primary             | jicai    dated     5  urgent   high
                facilitiesSuggestion     | facilities    hotline        low    suggestion   teaching-point      | jicai    longTerm  15 normal   longTerm
                facilitiesUrgentSource   | facilities    hotline        medium appeal       primary             | jicai    dated     5  urgent   urgentSource
                facilitiesOrdinary       | facilities    receptionDay   low    appeal       kindergarten        | jicai    dated     7  normal   complex
                sportHigh                | sport         phone          high   appeal       kindergarten        | tiyu     dated     3  urgent   high
                sportUrgentSource        | sport         hotline        low    complaint    primary             | tiyu     dated     3  urgent   urgentSource
                sportOrdinary            | sport         publicFeedback medium suggestion   primary             | tiyu     dated     5  normal   ordinary
                kindergartenHigh         | teaching      phone          high   complaint    kindergarten        | xueqian  dated     3  urgent   high
                kindergartenUrgentSource | homework      hotline        low    appeal       kindergarten        | xueqian  dated     3  urgent   urgentSource
                kindergartenOrdinary     | management    survey         medium complaint    kindergarten-centre | xueqian  dated     5  normal   ordinary
                mentalHealthHigh         | mentalHealth  phone          high   appeal       junior              | jijiao   immediate 1  critical mentalHealthHigh
                schoolHigh               | homework      phone          high   complaint    primary             | jijiao   dated     3  urgent   high
                schoolUrgentSource       | teaching      higherReport   low    appeal       special             | jijiao   dated     3  urgent   urgentSource
                quickFix                 | afterSchool   survey         low    appeal       primary             | jijiao   immediate 3  normal   quickFix
                schoolComplex            | teaching      homeVisit      medium suggestion   nine-year           | jijiao   dated     7  normal   complex
                otherwise                | communication survey         low    appeal       vocational          | jijiao   dated     5  normal   ordinary
                """;

    private static final Map<String, List<String>> VALUES = Map.of(
            "category",
            List.of(
                    "teaching",
                    "ethics",
                    "fees",
                    "homework",
                    "afterSchool",
                    "enrolment",
                    "facilities",
                    "safety",
                    "food",
                    "transport",
                    "management",
                    "communication",
                    "aid",
                    "mentalHealth",
                    "sport",
                    "other"),
            "source",
            List.of(
                    "survey",
                    "homeVisit",
                    "phone",
                    "hotline",
                    "inspection",
                    "receptionDay",
                    "selfCheck",
                    "publicFeedback",
                    "higherReport"),
            "severity",
            List.of("low", "medium", "high"),
            "kind",
            List.of("appeal", "complaint", "suggestion", "consultation"),
            "institutionKind",
            List.of("kindergarten", "kindergarten-centre", "primary", "nine-year", "private-training"));

    private static final Set<String> HIT = new HashSet<>();
    private static final List<String> MATCHED = new ArrayList<>();
    private static final Map<Map<String, Object>, Judgement> JUDGED = new HashMap<>();
    private static final DmnModelInstance MODEL = Dmn.readModelFromStream(open());
    private static final DmnEngine ENGINE = engine();
    private static final DmnDecision DECISION = ENGINE.parseDecision(TABLE, MODEL);

    static Stream<Case> cases() {
        return CASES.lines().map(Case::of);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aCaseIsJudgedByItsRule(Case example) {
        Map<String, Object> answer = judge(example.inputs);

        assertThat(MATCHED).containsExactly("rule_" + example.rule);
        assertThat(answer).isEqualTo(example.outputs);
        HIT.addAll(MATCHED);
    }

    @Test
    void everyRuleHasACase() {
        assertThat(cases().map(example -> "rule_" + example.rule)).containsExactlyElementsOf(rules());
    }

    @Test
    void whateverCanBeRaisedGetsADepartmentALimitAndAnUrgencyFromExactlyOneRule() {
        Set<String> used = new TreeSet<>();
        for (Map<String, Object> inputs : everything()) {
            Map<String, Object> answer = judge(inputs);

            assertThat(MATCHED).as("%s", inputs).hasSize(1);
            assertThat(answer.get("department"))
                    .as("%s", inputs)
                    .isIn("jijiao", "xueqian", "renshi", "anquan", "jicai", "tiyu");
            assertThat((Integer) answer.get("workingDays")).as("%s", inputs).isBetween(1, 15);
            assertThat(answer.get("urgency")).as("%s", inputs).isIn("normal", "urgent", "critical");
            used.addAll(MATCHED);
        }
        assertThat(used).as("rules that an earlier one covers are dead").containsExactlyInAnyOrderElementsOf(rules());
    }

    @Test
    void whatIsToBePutRightAtOnceHasNoMoreThanThreeDays() {
        for (Map<String, Object> inputs : everything()) {
            Map<String, Object> answer = judge(inputs);
            if (answer.get("rectification").equals("immediate")) {
                assertThat((Integer) answer.get("workingDays")).as("%s", inputs).isLessThanOrEqualTo(3);
            }
        }
    }

    @Test
    void aSeriousMatterNeverWaitsLongerThanTheSameMatterThatIsNot() {
        for (Map<String, Object> inputs : everything()) {
            if (inputs.get("severity").equals("low") && !inputs.get("kind").equals("consultation")) {
                Map<String, Object> serious = new HashMap<>(inputs);
                serious.put("severity", "high");

                assertThat((Integer) judge(serious).get("workingDays"))
                        .as("%s", inputs)
                        .isLessThanOrEqualTo((Integer) judge(inputs).get("workingDays"));
                assertThat(judge(serious).get("urgency")).as("%s", inputs).isNotEqualTo("normal");
            }
        }
    }

    @Test
    void everyReasonHasItsTextInBothLanguages() {
        Set<String> reasons = new LinkedHashSet<>();
        cases().forEach(example -> reasons.add("form.triageIssue.suggestion." + example.outputs.get("note")));

        assertThat(MessageBundles.chinese().keySet()).containsAll(reasons);
        assertThat(MessageBundles.english().keySet()).containsAll(reasons);
        assertThat(MessageBundles.english().keySet().stream()
                        .filter(key -> key.startsWith("form.triageIssue.suggestion.")))
                .allMatch(reasons::contains);
    }

    @Test
    void theTableIsExplainedRuleByRule() {
        for (Rule rule : MODEL.getModelElementsByType(Rule.class)) {
            assertThat(rule.getDescription().getTextContent()).as(rule.getId()).containsPattern("\\p{IsHan}");
        }
        List<Rule> rules = List.copyOf(MODEL.getModelElementsByType(Rule.class));
        assertThat(rules.get(rules.size() - 1).getInputEntries())
                .as("the last rule takes what no other does")
                .extracting(InputEntry::getTextContent)
                .allMatch(String::isBlank);
    }

    @AfterAll
    static void printTheCoverage() {
        System.out.printf("%s: %d/%d rules%n", TABLE, HIT.size(), rules().size());
    }

    private record Judgement(Map<String, Object> answer, List<String> matched) {}

    /** The table's answer; every combination is asked once, however many tests look at it. */
    private static Map<String, Object> judge(Map<String, Object> inputs) {
        Judgement judgement = JUDGED.computeIfAbsent(inputs, asked -> {
            MATCHED.clear();
            Map<String, Object> answer = ENGINE.evaluateDecisionTable(DECISION, Variables.fromMap(asked))
                    .getSingleResult()
                    .getEntryMap();
            return new Judgement(answer, List.copyOf(MATCHED));
        });
        MATCHED.clear();
        MATCHED.addAll(judgement.matched());
        return judgement.answer();
    }

    private static List<String> rules() {
        return MODEL.getModelElementsByType(Rule.class).stream()
                .map(Rule::getId)
                .toList();
    }

    private static Collection<Map<String, Object>> everything() {
        Collection<Map<String, Object>> all = List.of(Map.of());
        for (Map.Entry<String, List<String>> input : VALUES.entrySet()) {
            Collection<Map<String, Object>> longer = new ArrayList<>();
            for (Map<String, Object> one : all) {
                for (String value : telling(input.getValue())) {
                    Map<String, Object> more = new HashMap<>(one);
                    more.put(input.getKey(), value);
                    longer.add(more);
                }
            }
            all = longer;
        }
        return all;
    }

    /** The values that the table names, and one that stands for all it does not: those are the same to every rule. */
    private static List<String> telling(List<String> values) {
        String named = MODEL.getModelElementsByType(InputEntry.class).stream()
                .map(InputEntry::getTextContent)
                .collect(Collectors.joining());
        List<String> telling = new ArrayList<>(values.stream()
                .filter(value -> named.contains('"' + value + '"'))
                .toList());
        values.stream().filter(value -> !telling.contains(value)).findFirst().ifPresent(telling::add);
        return telling;
    }

    private static java.io.InputStream open() {
        return DmnCoverageTests.class.getResourceAsStream("/processes/issue/" + TABLE + ".dmn");
    }

    private static DmnEngine engine() {
        DefaultDmnEngineConfiguration configuration =
                (DefaultDmnEngineConfiguration) DmnEngineConfiguration.createDefaultDmnEngineConfiguration();
        configuration.getCustomPostDecisionTableEvaluationListeners().add(DmnCoverageTests::remember);
        return configuration.buildEngine();
    }

    private static void remember(DmnDecisionTableEvaluationEvent event) {
        event.getMatchingRules().forEach(rule -> MATCHED.add(rule.getId()));
    }

    record Case(String rule, Map<String, Object> inputs, Map<String, Object> outputs) {

        static Case of(String line) {
            String[] parts = line.split("\\|");
            String[] in = parts[1].strip().split("\\s+");
            String[] out = parts[2].strip().split("\\s+");
            return new Case(
                    parts[0].strip(),
                    Map.of(
                            "category",
                            in[0],
                            "source",
                            in[1],
                            "severity",
                            in[2],
                            "kind",
                            in[3],
                            "institutionKind",
                            in[4]),
                    Map.of(
                            "department", out[0],
                            "rectification", out[1],
                            "workingDays", Integer.valueOf(out[2]),
                            "urgency", out[3],
                            "note", out[4]));
        }

        @Override
        public String toString() {
            return rule;
        }
    }
}
