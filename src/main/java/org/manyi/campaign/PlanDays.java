package org.manyi.campaign;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.manyi.calendar.WorkingDays;
import org.manyi.campaign.Plan.Node;
import org.manyi.campaign.Plan.Phase;
import org.springframework.stereotype.Component;

/** Works out on which days the nodes of a plan fall, by the calendar of working days. */
@Component
public class PlanDays {

    private static final int LAST_WEEK = 5;
    private static final int MONTHS_OF_QUARTER = 3;

    private final WorkingDays workingDays;

    PlanDays(WorkingDays workingDays) {
        this.workingDays = workingDays;
    }

    /** Works the days out by another calendar than the one in force. */
    public static PlanDays by(WorkingDays other) {
        return new PlanDays(other);
    }

    /**
     * The days of all planned nodes, in the nodes' order; a recurring node has one for each time. A node whose rule leads nowhere, which
     * {@link PlanRules} reports, has none.
     *
     * @param plan never null
     */
    public List<PlannedDay> of(Plan plan) {
        Map<String, PlannedDay> single = new LinkedHashMap<>();
        List<PlannedDay> days = new ArrayList<>();
        for (Node node : plan.plannedNodes()) {
            if (node.kind() == NodeKind.RECURRING) {
                days.addAll(recurring(plan, node));
            } else {
                PlannedDay day = single(plan, node, single, new ArrayList<>());
                if (day != null) {
                    days.add(day);
                }
            }
        }
        return List.copyOf(days);
    }

    private PlannedDay single(Plan plan, Node node, Map<String, PlannedDay> known, List<String> asking) {
        if (known.containsKey(node.id()) || asking.contains(node.id())) {
            return known.get(node.id());
        }
        asking.add(node.id());
        LocalDate named = named(plan, node, known, asking);
        PlannedDay day = named == null ? null : day(plan, node, named);
        known.put(node.id(), day);
        return day;
    }

    private LocalDate named(Plan plan, Node node, Map<String, PlannedDay> known, List<String> asking) {
        DueRule rule = node.due();
        if (rule instanceof DueRule.OnDay onDay) {
            return onDay.day().in(plan.year());
        }
        if (rule instanceof DueRule.PhaseEnd) {
            return plan.phase(node.phase())
                    .map(phase -> phase.ends().in(plan.year()))
                    .orElse(null);
        }
        if (rule instanceof DueRule.MonthEnd monthEnd) {
            return YearMonth.of(plan.year(), monthEnd.month()).atEndOfMonth();
        }
        if (rule instanceof DueRule.NthWeekday nth) {
            LocalDate first = LocalDate.of(plan.year(), nth.month(), 1);
            return first.with(
                    nth.week() == LAST_WEEK
                            ? TemporalAdjusters.lastInMonth(nth.weekday())
                            : TemporalAdjusters.dayOfWeekInMonth(nth.week(), nth.weekday()));
        }
        if (rule instanceof DueRule.After after) {
            PlannedDay before = plan.node(after.node())
                    .filter(other -> other.kind() != NodeKind.RECURRING)
                    .map(other -> single(plan, other, known, asking))
                    .orElse(null);
            return before == null
                    ? null
                    : workingDays.plus(before.due(), after.workingDays()).day();
        }
        return null;
    }

    private PlannedDay day(Plan plan, Node node, LocalDate named) {
        LocalDate due = onWorkingDay(named, node.restDay());
        LocalDate starts = node.starts() != null
                ? node.starts().in(plan.year())
                : plan.phase(node.phase())
                        .map(Phase::starts)
                        .map(day -> day.in(plan.year()))
                        .orElse(due);
        return new PlannedDay(
                node.id(),
                0,
                starts.isAfter(due) ? due : starts,
                named,
                due,
                null,
                null,
                null,
                provisional(named) || provisional(due));
    }

    private List<PlannedDay> recurring(Plan plan, Node node) {
        Recurrence recurrence = node.recurrence();
        if (recurrence == null) {
            return List.of();
        }
        LocalDate from = recurrence.from().in(plan.year());
        LocalDate until = recurrence.until().in(plan.year());
        List<PlannedDay> days = new ArrayList<>();
        named(recurrence, from, until).forEach(named -> {
            if (node.restDay() == RestDayRule.SKIP && !workingDays.isWorkingDay(named)) {
                return;
            }
            Span span = Span.of(recurrence, named);
            LocalDate due = onWorkingDay(named, node.restDay());
            LocalDate opens = Span.around(recurrence.every(), named).first();
            LocalDate starts = opens.isBefore(from) ? from : opens;
            days.add(new PlannedDay(
                    node.id(),
                    days.size() + 1,
                    starts.isAfter(due) ? due : starts,
                    named,
                    due,
                    recurrence.at(),
                    span.first(),
                    span.last(),
                    provisional(named) || provisional(due)));
        });
        return days;
    }

    /** How many times of a recurring node are left out because they fall on rest days. */
    long leftOut(Plan plan, Node node) {
        Recurrence recurrence = node.recurrence();
        if (recurrence == null || node.restDay() != RestDayRule.SKIP) {
            return 0;
        }
        return named(
                        recurrence,
                        recurrence.from().in(plan.year()),
                        recurrence.until().in(plan.year()))
                .filter(named -> !workingDays.isWorkingDay(named))
                .count();
    }

    private static Stream<LocalDate> named(Recurrence recurrence, LocalDate from, LocalDate until) {
        if (from.isAfter(until)) {
            return Stream.empty();
        }
        if (recurrence.every() == Recurrence.Every.WEEK) {
            LocalDate first = from.with(TemporalAdjusters.nextOrSame(recurrence.weekday()));
            return Stream.iterate(first, day -> !day.isAfter(until), day -> day.plusWeeks(1));
        }
        boolean quarterly = recurrence.every() == Recurrence.Every.QUARTER;
        return Stream.iterate(
                        YearMonth.from(from),
                        month -> !month.isAfter(YearMonth.from(until)),
                        month -> month.plusMonths(1))
                .filter(month -> !quarterly || month.getMonthValue() % MONTHS_OF_QUARTER == 0)
                .map(month -> month.atDay(Math.min(recurrence.dayOfMonth(), month.lengthOfMonth())))
                .filter(day -> !day.isBefore(from) && !day.isAfter(until));
    }

    private LocalDate onWorkingDay(LocalDate named, RestDayRule rule) {
        if (workingDays.isWorkingDay(named) || rule == RestDayRule.KEEP || rule == RestDayRule.SKIP) {
            return named;
        }
        return rule == RestDayRule.PREVIOUS ? workingDays.previous(named) : workingDays.next(named);
    }

    private boolean provisional(LocalDate day) {
        return !workingDays.isOfficial(day.getYear());
    }

    /** A week, a month or a quarter. */
    private record Span(LocalDate first, LocalDate last) {

        static Span around(Recurrence.Every every, LocalDate day) {
            return switch (every) {
                case WEEK -> {
                    LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                    yield new Span(monday, monday.plusDays(6));
                }
                case MONTH ->
                    new Span(day.withDayOfMonth(1), YearMonth.from(day).atEndOfMonth());
                case QUARTER -> {
                    YearMonth first = YearMonth.from(day).minusMonths((day.getMonthValue() - 1) % MONTHS_OF_QUARTER);
                    yield new Span(first.atDay(1), first.plusMonths(2).atEndOfMonth());
                }
            };
        }

        static Span of(Recurrence recurrence, LocalDate day) {
            Span around = around(recurrence.every(), day);
            return switch (recurrence.period()) {
                case SAME -> around;
                case PREVIOUS -> around(recurrence.every(), around.first().minusDays(1));
                case NEXT -> around(recurrence.every(), around.last().plusDays(1));
            };
        }
    }
}
