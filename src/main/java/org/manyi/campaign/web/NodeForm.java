package org.manyi.campaign.web;

import static org.manyi.campaign.web.TypedValues.trimmed;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.manyi.campaign.DayOfPlan;
import org.manyi.campaign.DueRule;
import org.manyi.campaign.FanOut;
import org.manyi.campaign.NodeKind;
import org.manyi.campaign.Plan;
import org.manyi.campaign.Recurrence;
import org.manyi.campaign.RestDayRule;
import org.manyi.shared.ValidationException;

/**
 * A node as the form shows it and as it comes back; what is missing is null. Days are yyyy-MM-dd, lists one element a line.
 *
 * @param rule {@code day}, {@code after}, {@code phaseEnd}, {@code monthEnd}, {@code nthWeekday} or {@code recurrence}
 * @param evidence a name a line, one with a star at its end is required
 */
record NodeForm(
        String id,
        String name,
        String phase,
        String owner,
        String kind,
        String starts,
        String rule,
        String day,
        String afterNode,
        String afterDays,
        String endOfMonth,
        String nthMonth,
        String nthWeek,
        String nthWeekday,
        String every,
        String everyWeekday,
        String everyDay,
        String everyAt,
        String everyFrom,
        String everyUntil,
        String period,
        String restDay,
        List<String> after,
        String fanOut,
        String evidence,
        String checkBy,
        String checkDays,
        String outputs,
        String template,
        String reminders,
        String mechanism,
        String note,
        Integer version) {

    private static final String REQUIRED = "*";

    /** The form of a node, or of a new one. */
    static NodeForm of(Plan plan, Plan.Node node, int version) {
        DueRule due = node.due();
        Recurrence recurrence = node.recurrence();
        DueRule.After after = due instanceof DueRule.After one ? one : null;
        DueRule.NthWeekday nth = due instanceof DueRule.NthWeekday one ? one : null;
        return new NodeForm(
                node.id(),
                node.name(),
                node.phase(),
                node.owner(),
                node.kind() == NodeKind.RECURRING
                        ? NodeKind.WINDOW.name()
                        : node.kind().name(),
                date(node.starts(), plan),
                rule(node),
                due instanceof DueRule.OnDay one ? date(one.day(), plan) : null,
                after == null ? null : after.node(),
                after == null ? null : String.valueOf(after.workingDays()),
                due instanceof DueRule.MonthEnd one ? String.valueOf(one.month()) : null,
                nth == null ? null : String.valueOf(nth.month()),
                nth == null ? null : String.valueOf(nth.week()),
                nth == null ? null : nth.weekday().name(),
                recurrence == null ? null : recurrence.every().name(),
                recurrence == null || recurrence.weekday() == null
                        ? null
                        : recurrence.weekday().name(),
                recurrence == null || recurrence.dayOfMonth() == null
                        ? null
                        : recurrence.dayOfMonth().toString(),
                recurrence == null || recurrence.at() == null
                        ? null
                        : recurrence.at().toString(),
                recurrence == null ? null : date(recurrence.from(), plan),
                recurrence == null ? null : date(recurrence.until(), plan),
                recurrence == null ? null : recurrence.period().name(),
                node.restDay().name(),
                node.after(),
                node.fanOut().name(),
                node.evidence().stream()
                        .map(one -> one.name() + (one.required() ? REQUIRED : ""))
                        .collect(Collectors.joining("\n")),
                node.check() == null ? null : node.check().by(),
                node.check() == null ? null : String.valueOf(node.check().workingDays()),
                String.join("\n", node.outputs()),
                node.template(),
                node.reminders().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                node.mechanism(),
                null,
                version);
    }

    private static String rule(Plan.Node node) {
        if (node.kind() == NodeKind.RECURRING) {
            return "recurrence";
        }
        DueRule due = node.due();
        if (due instanceof DueRule.After) {
            return "after";
        }
        if (due instanceof DueRule.PhaseEnd) {
            return "phaseEnd";
        }
        if (due instanceof DueRule.MonthEnd) {
            return "monthEnd";
        }
        return due instanceof DueRule.NthWeekday ? "nthWeekday" : "day";
    }

    private static String date(DayOfPlan day, Plan plan) {
        return day == null ? null : day.in(plan.year()).toString();
    }

    /**
     * The node that was entered.
     *
     * @param before the node as it was, whose runner and source stay; null for a new one
     * @throws ValidationException naming the fields that are no numbers, days or choices
     */
    Plan.Node asNode(Plan plan, Plan.Node before) {
        TypedValues in = new TypedValues(plan.year());
        boolean recurring = "recurrence".equals(rule);
        Plan.Node node = new Plan.Node(
                before == null ? trimmed(id) : before.id(),
                trimmed(name),
                trimmed(phase),
                trimmed(owner),
                recurring ? NodeKind.RECURRING : in.choice("kind", kind, NodeKind.class),
                in.optionalDay("starts", starts),
                recurring ? null : due(in),
                recurring ? recurrence(in) : null,
                in.choice("restDay", restDay, RestDayRule.class),
                after == null ? List.of() : after,
                in.choice("fanOut", fanOut, FanOut.class),
                evidence(before),
                trimmed(checkBy) == null ? null : new Plan.Check(trimmed(checkBy), in.number("checkDays", checkDays)),
                lines(outputs),
                trimmed(template),
                in.numbers("reminders", reminders),
                trimmed(mechanism),
                before == null ? null : before.runner(),
                before == null ? null : before.source());
        in.done();
        return node;
    }

    private DueRule due(TypedValues in) {
        return switch (rule == null ? "" : rule) {
            case "day" -> new DueRule.OnDay(in.requiredDay("day", day));
            case "after" -> new DueRule.After(trimmed(afterNode), in.number("afterDays", afterDays));
            case "phaseEnd" -> new DueRule.PhaseEnd();
            case "monthEnd" -> new DueRule.MonthEnd(in.number("endOfMonth", endOfMonth));
            case "nthWeekday" ->
                new DueRule.NthWeekday(
                        in.number("nthMonth", nthMonth),
                        in.number("nthWeek", nthWeek),
                        in.choice("nthWeekday", nthWeekday, DayOfWeek.class));
            default -> {
                in.wrong("rule", "campaign.problem.dueMissing");
                yield null;
            }
        };
    }

    private Recurrence recurrence(TypedValues in) {
        Recurrence.Every often = in.choice("every", every, Recurrence.Every.class);
        boolean weekly = often == Recurrence.Every.WEEK;
        return new Recurrence(
                often,
                weekly ? in.choice("everyWeekday", everyWeekday, DayOfWeek.class) : null,
                weekly ? null : in.number("everyDay", everyDay),
                in.time("everyAt", everyAt),
                in.requiredDay("everyFrom", everyFrom),
                in.requiredDay("everyUntil", everyUntil),
                in.choice("period", period, Recurrence.Period.class));
    }

    /** Evidence keeps its id as long as it keeps its name. */
    private List<Plan.Evidence> evidence(Plan.Node before) {
        Map<String, String> ids = before == null
                ? Map.of()
                : before.evidence().stream()
                        .collect(Collectors.toMap(Plan.Evidence::name, Plan.Evidence::id, (one, other) -> one));
        List<Plan.Evidence> all = new ArrayList<>();
        for (String line : lines(evidence)) {
            boolean required = line.endsWith(REQUIRED);
            String title = required
                    ? line.substring(0, line.length() - REQUIRED.length()).strip()
                    : line;
            int number = all.size() + 1;
            String free = "evidence" + number;
            all.add(new Plan.Evidence(
                    ids.getOrDefault(title, ids.containsValue(free) ? free + "b" : free), title, required));
        }
        return all;
    }

    private static List<String> lines(String text) {
        return text == null
                ? List.of()
                : text.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList();
    }
}
