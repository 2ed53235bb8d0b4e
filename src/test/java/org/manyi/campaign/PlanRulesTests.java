package org.manyi.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.manyi.ManyiTest;
import org.manyi.campaign.PlanWarning.Code;
import org.manyi.shared.FieldProblem;
import org.springframework.beans.factory.annotation.Autowired;

@ManyiTest
class PlanRulesTests {

    @Autowired
    private PlanRules rules;

    @Autowired
    private PlanFiles files;

    @Test
    void theShippedPlanKeepsAllRules() {
        assertThat(rules.problems(files.shipped("luozhuang-2022").in(2026))).isEmpty();
    }

    static Stream<Arguments> broken() {
        Plan.Node one = TestPlans.onDay("one", "03-11");
        return Stream.of(
                Arguments.of("an id with capitals", TestPlans.plan("Small Plan", null, one), "id"),
                Arguments.of("no node at all", TestPlans.plan(), "nodes"),
                Arguments.of("the same id twice", TestPlans.plan(one, one), "nodes[one].id"),
                Arguments.of(
                        "a phase that there is not",
                        TestPlans.plan(node(one, "spring", one.owner(), one.due(), one.restDay(), null)),
                        "nodes[one].phase"),
                Arguments.of(
                        "a post that nobody could hold",
                        TestPlans.plan(node(one, one.phase(), "dept:nowhere:staff", one.due(), one.restDay(), null)),
                        "nodes[one].owner"),
                Arguments.of(
                        "no due rule",
                        TestPlans.plan(node(one, one.phase(), one.owner(), null, one.restDay(), null)),
                        "nodes[one].due"),
                Arguments.of(
                        "a due rule that waits for itself",
                        TestPlans.plan(
                                node(one, one.phase(), one.owner(), new DueRule.After("one", 3), one.restDay(), null)),
                        "nodes[one].due"),
                Arguments.of(
                        "nodes that wait for each other",
                        TestPlans.plan(
                                TestPlans.node("one", NodeKind.MILESTONE, new DueRule.After("two", 1), null, null),
                                TestPlans.node("two", NodeKind.MILESTONE, new DueRule.After("one", 1), null, null)),
                        "nodes[one].due"),
                Arguments.of(
                        "a single day left out on a rest day",
                        TestPlans.plan(node(one, one.phase(), one.owner(), one.due(), RestDayRule.SKIP, null)),
                        "nodes[one].restDay"),
                Arguments.of(
                        "a recurring node without its rule",
                        TestPlans.plan(TestPlans.node("one", NodeKind.RECURRING, null, null, null)),
                        "nodes[one].recurrence"),
                Arguments.of(
                        "a mechanism that there is not",
                        TestPlans.plan(node(one, one.phase(), one.owner(), one.due(), one.restDay(), "homeVisits")),
                        "nodes[one].mechanism"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void aBrokenRuleIsNamedAtItsField(String what, Plan plan, String field) {
        assertThat(rules.problems(plan)).extracting(FieldProblem::field).contains(field);
    }

    @Test
    void aDayOnARestDayIsWarnedOfWithBothDays() {
        assertThat(rules.warnings(TestPlans.plan(TestPlans.onDay("one", "02-17"))))
                .extracting(PlanWarning::code, warning -> warning.day().toString(), warning -> warning.other()
                        .toString())
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Code.MOVED, "2026-02-17", "2026-02-24"));
    }

    @Test
    void timesThatAreLeftOutOnRestDaysAreCounted() {
        Recurrence monthly = new Recurrence(
                Recurrence.Every.MONTH,
                null,
                15,
                null,
                DayOfPlan.parse("08-01"),
                DayOfPlan.parse("11-30"),
                Recurrence.Period.SAME);

        assertThat(rules.warnings(
                        TestPlans.plan(TestPlans.node("one", NodeKind.RECURRING, null, monthly, RestDayRule.SKIP))))
                .extracting(PlanWarning::code, PlanWarning::word)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Code.SKIPPED, "2"));
    }

    @Test
    void whatSchoolsAreToDoInTheirHolidaysIsWarnedOf() {
        assertThat(rules.warnings(files.shipped("luozhuang-2022").in(2026)))
                .filteredOn(warning -> warning.code() == Code.IN_VACATION)
                .extracting(PlanWarning::node, PlanWarning::word)
                .contains(org.assertj.core.groups.Tuple.tuple("fileSchoolPlan", "寒假"));
    }

    @Test
    void whatIsDueBeforeWhatItWaitsForIsWarnedOf() {
        Plan.Node second = TestPlans.onDay("second", "03-10");
        Plan.Node waiting = TestPlans.node(
                "first",
                second.phase(),
                second.owner(),
                second.kind(),
                new DueRule.OnDay(DayOfPlan.parse("03-09")),
                null,
                null,
                List.of("second"),
                null);

        assertThat(rules.warnings(TestPlans.plan(waiting, second)))
                .extracting(PlanWarning::node, PlanWarning::code, PlanWarning::word)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("first", Code.BEFORE_DEPENDENCY, "节点 second"));
    }

    @Test
    void weightsThatDoNotAddUpAreWarnedOf() {
        Plan weighted = TestPlans.plan(
                "small-plan",
                List.of(
                        new Plan.Weight("one", "一", new BigDecimal("60"), null),
                        new Plan.Weight("two", "二", new BigDecimal("39.5"), null)),
                TestPlans.onDay("one", "03-11"));

        assertThat(rules.warnings(weighted))
                .extracting(PlanWarning::code, PlanWarning::word)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Code.WEIGHTS, "99.5"));
    }

    private static Plan.Node node(
            Plan.Node like, String phase, String owner, DueRule due, RestDayRule rule, String mechanism) {
        return TestPlans.node(like.id(), phase, owner, like.kind(), due, null, rule, null, mechanism);
    }
}
