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

    /** How many rows more than it has the form offers for deputies. */
    private static final int ROOM = 2;

    private PlanForm() {}

    /** How many rows of deputies the form has. */
    static int deputyRows(Plan plan) {
        return plan.leadingGroup().deputies().size() + ROOM;
    }

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
        group(plan.leadingGroup(), fields);
        participants(plan.participants(), fields);
        plan.goals().forEach(goal -> {
            fields.put("goal." + goal.id() + ".name", goal.name());
            fields.put("goal." + goal.id(), plain(goal.value()));
        });
        plan.weights().forEach(weight -> fields.put("weight." + weight.id(), plain(weight.percent())));
        plan.mechanisms()
                .forEach(mechanism -> fields.put("mechanism." + mechanism.id(), mechanism.on() ? "true" : null));
        return fields;
    }

    private static void group(Plan.LeadingGroup group, Map<String, String> fields) {
        fields.put("group.head", group.head());
        for (int i = 0; i < group.deputies().size(); i++) {
            fields.put("group.deputy." + i + ".post", group.deputies().get(i).post());
            fields.put("group.deputy." + i + ".remit", group.deputies().get(i).remit());
        }
        group.members().forEach(member -> fields.put("group.member." + member, "true"));
        fields.put("group.office", group.office());
    }

    private static void participants(Plan.Participants participants, Map<String, String> fields) {
        participants.kinds().forEach(kind -> fields.put("participants.kind." + kind, "true"));
        participants.districts().forEach(district -> fields.put("participants.district." + district, "true"));
        fields.put("participants.schools", String.join("、", participants.schools()));
        fields.put("participants.except", String.join("、", participants.except()));
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
                group(plan, typed),
                new Plan.Participants(
                        ticked(typed, "participants.kind."),
                        ticked(typed, "participants.district."),
                        codes(typed.get("participants.schools")),
                        codes(typed.get("participants.except"))),
                plan.goals().stream()
                        .map(goal -> new Plan.Goal(
                                goal.id(),
                                trimmed(typed.get("goal." + goal.id() + ".name")),
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

    private static Plan.LeadingGroup group(Plan plan, Map<String, String> typed) {
        List<Plan.Deputy> deputies = new ArrayList<>();
        for (int i = 0; i < deputyRows(plan); i++) {
            String post = trimmed(typed.get("group.deputy." + i + ".post"));
            if (post != null) {
                deputies.add(new Plan.Deputy(post, trimmed(typed.get("group.deputy." + i + ".remit"))));
            }
        }
        return new Plan.LeadingGroup(
                trimmed(typed.get("group.head")),
                deputies,
                ticked(typed, "group.member."),
                trimmed(typed.get("group.office")));
    }

    /** What stands behind the beginning of the names of the boxes that are ticked, in order. */
    private static List<String> ticked(Map<String, String> typed, String beginning) {
        return typed.entrySet().stream()
                .filter(field -> field.getKey().startsWith(beginning) && "true".equals(field.getValue()))
                .map(field -> field.getKey().substring(beginning.length()))
                .sorted()
                .toList();
    }

    private static List<String> codes(String typed) {
        return TypedValues.words(typed).distinct().toList();
    }

    private static DayOfPlan day(TypedValues in, Map<String, String> typed, String field) {
        return in.day(field, typed.get(field));
    }

    private static BigDecimal number(TypedValues in, Map<String, String> typed, String field, BigDecimal was) {
        return in.decimal(field, typed.get(field), was);
    }
}
