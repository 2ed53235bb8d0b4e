package org.manyi.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.manyi.ManyiTest;
import org.manyi.campaign.Recurrence.Every;
import org.manyi.campaign.Recurrence.Period;
import org.springframework.beans.factory.annotation.Autowired;

/** On which days nodes fall, by the calendar of 2026. */
@ManyiTest
class PlanDaysTests {

    @Autowired
    private PlanDays planDays;

    @Autowired
    private PlanFiles files;

    @ParameterizedTest(name = "17 February 2026, New Year''s Day, with {0} is {1}")
    @CsvSource({"NEXT, 2026-02-24", "PREVIOUS, 2026-02-14", "KEEP, 2026-02-17"})
    void aDayOnARestDayFollowsItsRule(RestDayRule rule, LocalDate due) {
        PlannedDay day = only(node(new DueRule.OnDay(DayOfPlan.parse("02-17")), rule));

        assertThat(day.named()).isEqualTo("2026-02-17");
        assertThat(day.due()).isEqualTo(due);
        assertThat(day.moved()).isEqualTo(rule != RestDayRule.KEEP);
    }

    @Test
    void theShippedPlanAsksSchoolsForTheirPlansOnTheFirstWorkingDayAfterTheSpringFestivalOf2026() {
        assertThat(planDays.of(files.shipped("luozhuang-2022").in(2026)))
                .filteredOn(day -> day.node().equals("fileSchoolPlan"))
                .extracting(PlannedDay::due)
                .containsExactly(LocalDate.parse("2026-02-24"));
        assertThat(planDays.of(files.shipped("luozhuang-2022")))
                .filteredOn(day -> day.node().equals("fileSchoolPlan"))
                .extracting(PlannedDay::due)
                .containsExactly(LocalDate.parse("2022-02-17"));
    }

    @Test
    void aNodeOfTheFollowingYearFallsInIt() {
        assertThat(only(node(new DueRule.OnDay(DayOfPlan.parse("next 02-26")), RestDayRule.KEEP))
                        .due())
                .isEqualTo("2027-02-26");
    }

    @Test
    void aNodeAfterAnotherCountsWorkingDaysFromTheDayOnWhichTheOtherIsDueAfterAll() {
        Plan.Node first = node("first", new DueRule.OnDay(DayOfPlan.parse("02-17")), RestDayRule.NEXT);
        Plan.Node second = node("second", new DueRule.After("first", 5), RestDayRule.NEXT);

        List<PlannedDay> days = planDays.of(plan(second, first));

        assertThat(days).extracting(PlannedDay::node).containsExactly("second", "first");
        assertThat(days.get(0).due()).isEqualTo("2026-03-02");
    }

    @Test
    void nodesThatWaitForEachOtherHaveNoDay() {
        Plan plan = plan(
                node("one", new DueRule.After("two", 1), RestDayRule.NEXT),
                node("two", new DueRule.After("one", 1), RestDayRule.NEXT));

        assertThat(planDays.of(plan)).isEmpty();
    }

    @Test
    void aMonthsEndAndAWeekdayOfAMonthAreFound() {
        assertThat(only(node(new DueRule.MonthEnd(2), RestDayRule.NEXT)).due()).isEqualTo("2026-02-28");
        assertThat(only(node(new DueRule.NthWeekday(3, 3, DayOfWeek.FRIDAY), RestDayRule.NEXT))
                        .due())
                .isEqualTo("2026-03-20");
        assertThat(only(node(new DueRule.NthWeekday(3, 5, DayOfWeek.TUESDAY), RestDayRule.NEXT))
                        .due())
                .isEqualTo("2026-03-31");
    }

    @Test
    void aPhasesEndIsTheEndOfTheNodesOwnPhase() {
        assertThat(only(node(new DueRule.PhaseEnd(), RestDayRule.PREVIOUS)).due())
                .isEqualTo("2026-12-31");
    }

    @Test
    void aWeeklyNodeComesEveryThursdayAtFiveAndSpeaksOfItsWeek() {
        List<PlannedDay> days = planDays.of(plan(recurring(
                new Recurrence(
                        Every.WEEK,
                        DayOfWeek.THURSDAY,
                        null,
                        LocalTime.of(17, 0),
                        DayOfPlan.parse("10-08"),
                        DayOfPlan.parse("10-31"),
                        Period.SAME),
                RestDayRule.NEXT)));

        assertThat(days)
                .extracting(PlannedDay::due)
                .containsExactly(
                        LocalDate.parse("2026-10-08"),
                        LocalDate.parse("2026-10-15"),
                        LocalDate.parse("2026-10-22"),
                        LocalDate.parse("2026-10-29"));
        assertThat(days).extracting(PlannedDay::occurrence).containsExactly(1, 2, 3, 4);
        assertThat(days.get(1).at()).isEqualTo("17:00");
        assertThat(days.get(1).periodStarts()).isEqualTo("2026-10-12");
        assertThat(days.get(1).periodEnds()).isEqualTo("2026-10-18");
    }

    @ParameterizedTest(name = "due on 15 November, about the {0} month: {1} to {2}")
    @CsvSource({"PREVIOUS, 2026-10-01, 2026-10-31", "SAME, 2026-11-01, 2026-11-30", "NEXT, 2026-12-01, 2026-12-31"})
    void aMonthlyNodeSpeaksOfTheMonthThatThePlanSays(Period period, LocalDate from, LocalDate to) {
        PlannedDay day = only(recurring(monthly(15, "11-01", "11-30", period), RestDayRule.KEEP));

        assertThat(day.due()).isEqualTo("2026-11-15");
        assertThat(day.periodStarts()).isEqualTo(from);
        assertThat(day.periodEnds()).isEqualTo(to);
    }

    @Test
    void theLastDaysOfShortMonthsStandForThe31st() {
        assertThat(planDays.of(plan(recurring(monthly(31, "01-01", "04-30", Period.SAME), RestDayRule.KEEP))))
                .extracting(PlannedDay::due)
                .containsExactly(
                        LocalDate.parse("2026-01-31"),
                        LocalDate.parse("2026-02-28"),
                        LocalDate.parse("2026-03-31"),
                        LocalDate.parse("2026-04-30"));
    }

    @Test
    void aQuarterlyNodeComesInTheQuartersLastMonthAndSpeaksOfTheQuarter() {
        List<PlannedDay> days = planDays.of(plan(recurring(
                new Recurrence(
                        Every.QUARTER, null, 28, null, DayOfPlan.parse("01-01"), DayOfPlan.parse("12-31"), Period.SAME),
                RestDayRule.KEEP)));

        assertThat(days)
                .extracting(PlannedDay::due)
                .containsExactly(
                        LocalDate.parse("2026-03-28"),
                        LocalDate.parse("2026-06-28"),
                        LocalDate.parse("2026-09-28"),
                        LocalDate.parse("2026-12-28"));
        assertThat(days.get(1).periodStarts()).isEqualTo("2026-04-01");
        assertThat(days.get(1).periodEnds()).isEqualTo("2026-06-30");
    }

    @Test
    void timesOnRestDaysAreLeftOutWhereThePlanSaysSo() {
        assertThat(planDays.of(plan(recurring(monthly(15, "08-01", "11-30", Period.SAME), RestDayRule.SKIP))))
                .extracting(PlannedDay::due, PlannedDay::occurrence)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(LocalDate.parse("2026-09-15"), 1),
                        org.assertj.core.groups.Tuple.tuple(LocalDate.parse("2026-10-15"), 2));
    }

    @Test
    void aNodeOfAMechanismThatIsSwitchedOffIsNotPlanned() {
        Plan plan = files.shipped("luozhuang-2022").in(2026);
        Plan without = new Plan(
                plan.id(),
                plan.title(),
                plan.theme(),
                plan.year(),
                plan.source(),
                plan.summary(),
                plan.leadingGroup(),
                plan.participants(),
                plan.goals(),
                plan.phases(),
                plan.nodes(),
                plan.vacations(),
                plan.weights(),
                plan.consequences(),
                List.of(
                        new Plan.Mechanism("homeVisits", "万师访万家", false),
                        new Plan.Mechanism("mentors", "全员导师制", true),
                        new Plan.Mechanism("phoneSurvey", "电话访问", true),
                        new Plan.Mechanism("publicity12340", "12340 宣传", true),
                        new Plan.Mechanism("honours", "群众最满意学校", true)));

        assertThat(planDays.of(without))
                .extracting(PlannedDay::node)
                .contains("assignMentors")
                .doesNotContain("springVisits", "planVisits", "inspectVisits");
    }

    @Test
    void aDayInAYearWithoutAHolidayNoticeIsProvisional() {
        assertThat(only(node(new DueRule.OnDay(DayOfPlan.parse("03-11")), RestDayRule.NEXT))
                        .provisional())
                .isFalse();
        assertThat(planDays.of(plan(node(new DueRule.OnDay(DayOfPlan.parse("03-11")), RestDayRule.NEXT))
                                .in(2090))
                        .get(0)
                        .provisional())
                .isTrue();
    }

    private static Recurrence monthly(int day, String from, String until, Period period) {
        return new Recurrence(Every.MONTH, null, day, null, DayOfPlan.parse(from), DayOfPlan.parse(until), period);
    }

    private PlannedDay only(Plan.Node node) {
        List<PlannedDay> days = planDays.of(plan(node));
        assertThat(days).hasSize(1);
        return days.get(0);
    }

    private static Plan.Node node(DueRule due, RestDayRule rule) {
        return node("one", due, rule);
    }

    private static Plan.Node node(String id, DueRule due, RestDayRule rule) {
        return TestPlans.node(id, NodeKind.MILESTONE, due, null, rule);
    }

    @Test
    void aTimeThatIsMovedBeforeTheFirstDayOpensOnTheDayItIsDue() {
        PlannedDay day = only(recurring(monthly(1, "02-01", "02-28", Period.SAME), RestDayRule.PREVIOUS));

        assertThat(day.due()).isBefore("2026-02-01");
        assertThat(day.starts()).isEqualTo(day.due());
    }

    private static Plan.Node recurring(Recurrence recurrence, RestDayRule rule) {
        return TestPlans.node("one", NodeKind.RECURRING, null, recurrence, rule);
    }

    private static Plan plan(Plan.Node... nodes) {
        return TestPlans.plan(nodes);
    }
}
