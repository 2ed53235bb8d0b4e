package org.manyi.campaign.web;

import static org.manyi.campaign.web.TypedValues.trimmed;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.manyi.campaign.DayOfPlan;
import org.manyi.campaign.Plan;
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
        TypedValues in = new TypedValues(plan.year());
        List<Plan.Vacation> vacations = new ArrayList<>();
        for (int i = 0; i < plan.vacations().size(); i++) {
            Plan.Vacation was = plan.vacations().get(i);
            String field = "vacation." + i;
            vacations.add(
                    new Plan.Vacation(was.name(), day(in, typed, field + ".from"), day(in, typed, field + ".to")));
        }
        Plan changed = new Plan(
                plan.id(),
                trimmed(typed.get("title")),
                trimmed(typed.get("theme")),
                plan.year(),
                plan.source(),
                trimmed(typed.get("summary")),
                plan.leadingGroup(),
                plan.participants(),
                plan.goals().stream()
                        .map(goal -> new Plan.Goal(
                                goal.id(),
                                goal.name(),
                                goal.comparison(),
                                number(in, typed, "goal." + goal.id(), goal.value()),
                                goal.unit(),
                                goal.source()))
                        .toList(),
                plan.phases().stream()
                        .map(phase -> new Plan.Phase(
                                phase.id(),
                                phase.name(),
                                day(in, typed, "phase." + phase.id() + ".starts"),
                                day(in, typed, "phase." + phase.id() + ".ends"),
                                phase.summary()))
                        .toList(),
                plan.nodes(),
                vacations,
                plan.weights().stream()
                        .map(weight -> new Plan.Weight(
                                weight.id(),
                                weight.name(),
                                number(in, typed, "weight." + weight.id(), weight.percent()),
                                weight.source()))
                        .toList(),
                plan.consequences(),
                plan.mechanisms().stream()
                        .map(mechanism -> new Plan.Mechanism(
                                mechanism.id(),
                                mechanism.name(),
                                "true".equals(typed.get("mechanism." + mechanism.id()))))
                        .toList());
        in.done();
        return changed;
    }

    private static DayOfPlan day(TypedValues in, Map<String, String> typed, String field) {
        return in.day(field, typed.get(field));
    }

    private static BigDecimal number(TypedValues in, Map<String, String> typed, String field, BigDecimal was) {
        return in.decimal(field, typed.get(field), was);
    }
}
