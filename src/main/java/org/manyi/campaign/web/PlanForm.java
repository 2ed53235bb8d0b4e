package org.manyi.campaign.web;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.manyi.campaign.DayOfPlan;
import org.manyi.campaign.Plan;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ValidationException;

/**
 * What a plan says beside its nodes, by the names of the form's fields, such as {@code phase.spring-surveys.starts}; days are
 * yyyy-MM-dd.
 */
final class PlanForm {

    private PlanForm() {}

    /** The fields of a plan. */
    static Map<String, String> of(Plan plan) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("title", plan.title());
        fields.put("theme", plan.theme());
        fields.put("summary", plan.summary());
        plan.phases().forEach(phase -> {
            fields.put("phase." + phase.id() + ".starts", date(phase.starts(), plan));
            fields.put("phase." + phase.id() + ".ends", date(phase.ends(), plan));
        });
        for (int i = 0; i < plan.vacations().size(); i++) {
            fields.put("vacation." + i + ".from", date(plan.vacations().get(i).from(), plan));
            fields.put("vacation." + i + ".to", date(plan.vacations().get(i).to(), plan));
        }
        plan.goals().forEach(goal -> fields.put("goal." + goal.id(), plain(goal.value())));
        plan.weights().forEach(weight -> fields.put("weight." + weight.id(), plain(weight.percent())));
        plan.mechanisms()
                .forEach(mechanism -> fields.put("mechanism." + mechanism.id(), mechanism.on() ? "true" : null));
        return fields;
    }

    private static String date(DayOfPlan day, Plan plan) {
        return day.in(plan.year()).toString();
    }

    private static String plain(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }

    /**
     * The plan with what was entered.
     *
     * @throws ValidationException naming the fields that are no numbers or days
     */
    static Plan change(Plan plan, Map<String, String> typed) {
        Reader in = new Reader(plan.year(), typed);
        List<Plan.Vacation> vacations = new ArrayList<>();
        for (int i = 0; i < plan.vacations().size(); i++) {
            Plan.Vacation was = plan.vacations().get(i);
            String field = "vacation." + i;
            vacations.add(new Plan.Vacation(
                    was.name(), in.day(field + ".from", was.from()), in.day(field + ".to", was.to())));
        }
        Plan changed = new Plan(
                plan.id(),
                in.text("title"),
                in.text("theme"),
                plan.year(),
                plan.source(),
                in.text("summary"),
                plan.leadingGroup(),
                plan.participants(),
                plan.goals().stream()
                        .map(goal -> new Plan.Goal(
                                goal.id(),
                                goal.name(),
                                goal.comparison(),
                                in.number("goal." + goal.id(), goal.value()),
                                goal.unit(),
                                goal.source()))
                        .toList(),
                plan.phases().stream()
                        .map(phase -> new Plan.Phase(
                                phase.id(),
                                phase.name(),
                                in.day("phase." + phase.id() + ".starts", phase.starts()),
                                in.day("phase." + phase.id() + ".ends", phase.ends()),
                                phase.summary()))
                        .toList(),
                plan.nodes(),
                vacations,
                plan.weights().stream()
                        .map(weight -> new Plan.Weight(
                                weight.id(),
                                weight.name(),
                                in.number("weight." + weight.id(), weight.percent()),
                                weight.source()))
                        .toList(),
                plan.consequences(),
                plan.mechanisms().stream()
                        .map(mechanism -> new Plan.Mechanism(
                                mechanism.id(), mechanism.name(), in.flag("mechanism." + mechanism.id())))
                        .toList());
        in.done();
        return changed;
    }

    /** Reads typed values and gathers what cannot be read. */
    private static final class Reader {

        private final int year;
        private final Map<String, String> typed;
        private final List<FieldProblem> problems = new ArrayList<>();

        Reader(int year, Map<String, String> typed) {
            this.year = year;
            this.typed = typed;
        }

        String text(String field) {
            String text = typed.get(field);
            return text == null || text.isBlank() ? null : text.strip();
        }

        boolean flag(String field) {
            return "true".equals(typed.get(field));
        }

        /** The value as it was where it is the same number, so that 10 and 10.0 are no change. */
        BigDecimal number(String field, BigDecimal was) {
            try {
                BigDecimal number = new BigDecimal(String.valueOf(text(field)));
                if (number.precision() <= 12 && Math.abs(number.scale()) <= 4) {
                    return number.compareTo(was) == 0 ? was : number;
                }
            } catch (NumberFormatException e) {
                // Told below, like a number out of all proportion.
            }
            problems.add(FieldProblem.of(field, "format", "campaign.problem.number"));
            return was;
        }

        DayOfPlan day(String field, DayOfPlan was) {
            try {
                LocalDate date = LocalDate.parse(String.valueOf(text(field)));
                if (date.getYear() == year || date.getYear() == year + 1) {
                    return DayOfPlan.of(date, year);
                }
            } catch (DateTimeParseException e) {
                // Told below, like a day of another year.
            }
            problems.add(FieldProblem.of(
                    field, "range", "campaign.problem.dayOfYear", String.valueOf(year), String.valueOf(year + 1)));
            return was;
        }

        void done() {
            if (!problems.isEmpty()) {
                throw new ValidationException(problems);
            }
        }
    }
}
