package org.manyi.campaign;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.manyi.calendar.WorkingDays;
import org.manyi.campaign.Plan.Node;
import org.manyi.campaign.Plan.Phase;
import org.manyi.org.Organisation;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.Texts;
import org.springframework.stereotype.Component;

/** What a plan has to keep to before it can be decided, and what its author should look at. */
@Component
public class PlanRules {

    /** What schools' ledgers and changes of plans are numbered by. */
    private static final Set<String> RESERVED = Set.of("ledger", "adjustment");

    private static final Pattern KEBAB = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final Pattern CAMEL = Pattern.compile("[a-z][a-zA-Z0-9]*");
    private static final int ID_LENGTH = 64;
    private static final int NAME_LENGTH = 100;
    private static final int TEXT_LENGTH = 2_000;
    private static final int MOST_NODES = 400;
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2999;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Organisation organisation;
    private final PlanDays planDays;
    private final WorkingDays workingDays;

    PlanRules(Organisation organisation, PlanDays planDays, WorkingDays workingDays) {
        this.organisation = organisation;
        this.planDays = planDays;
        this.workingDays = workingDays;
    }

    /**
     * What is wrong, by field such as {@code nodes[schoolPlans].due}; empty when the plan can be decided.
     *
     * @param plan never null
     */
    public List<FieldProblem> problems(Plan plan) {
        return new Check(plan).problems();
    }

    /**
     * What is odd, in the order of the nodes; never null.
     *
     * @param plan without problems
     */
    public List<PlanWarning> warnings(Plan plan) {
        List<PlanWarning> warnings = new ArrayList<>();
        List<PlannedDay> days = planDays.of(plan);
        Map<String, LocalDate> lastDue = days.stream()
                .collect(Collectors.toMap(
                        PlannedDay::node, PlannedDay::due, (one, other) -> one.isAfter(other) ? one : other));
        for (PlannedDay day : days) {
            Node node = plan.node(day.node()).orElseThrow();
            ofDay(plan, node, day, lastDue, warnings);
        }
        for (Node node : plan.plannedNodes()) {
            long leftOut = planDays.leftOut(plan, node);
            if (leftOut > 0) {
                warnings.add(new PlanWarning(node.id(), PlanWarning.Code.SKIPPED, null, null, String.valueOf(leftOut)));
            }
        }
        days.stream()
                .filter(PlannedDay::provisional)
                .map(day -> day.due().getYear())
                .distinct()
                .sorted()
                .forEach(year -> warnings.add(
                        new PlanWarning(null, PlanWarning.Code.PROVISIONAL, null, null, String.valueOf(year))));
        BigDecimal sum = plan.weights().stream().map(Plan.Weight::percent).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (!plan.weights().isEmpty() && sum.compareTo(HUNDRED) != 0) {
            warnings.add(new PlanWarning(
                    null,
                    PlanWarning.Code.WEIGHTS,
                    null,
                    null,
                    sum.stripTrailingZeros().toPlainString()));
        }
        return List.copyOf(warnings);
    }

    private void ofDay(
            Plan plan, Node node, PlannedDay day, Map<String, LocalDate> lastDue, List<PlanWarning> warnings) {
        if (day.moved()) {
            warnings.add(new PlanWarning(node.id(), PlanWarning.Code.MOVED, day.named(), day.due(), null));
        } else if (!workingDays.isWorkingDay(day.due())) {
            warnings.add(new PlanWarning(node.id(), PlanWarning.Code.ON_REST_DAY, day.due(), null, null));
        }
        if (node.fanOut() == FanOut.SCHOOL) {
            plan.vacations().stream()
                    .filter(vacation -> !day.due().isBefore(vacation.from().in(plan.year()))
                            && !day.due().isAfter(vacation.to().in(plan.year())))
                    .findFirst()
                    .ifPresent(vacation -> warnings.add(new PlanWarning(
                            node.id(), PlanWarning.Code.IN_VACATION, day.due(), null, vacation.name())));
        }
        plan.phase(node.phase()).filter(phase -> day.occurrence() == 0).ifPresent(phase -> {
            if (day.due().isBefore(phase.starts().in(plan.year()))) {
                warnings.add(new PlanWarning(node.id(), PlanWarning.Code.BEFORE_PHASE, day.due(), null, null));
            } else if (day.named().isAfter(phase.ends().in(plan.year()))) {
                warnings.add(new PlanWarning(node.id(), PlanWarning.Code.AFTER_PHASE, day.due(), null, null));
            }
        });
        for (String before : node.after()) {
            LocalDate other = lastDue.get(before);
            if (other != null && day.occurrence() <= 1 && day.due().isBefore(other)) {
                warnings.add(new PlanWarning(
                        node.id(),
                        PlanWarning.Code.BEFORE_DEPENDENCY,
                        day.due(),
                        other,
                        plan.node(before).map(Node::name).orElse(before)));
            }
        }
    }

    /** One look at a plan. */
    private final class Check {

        private final Plan plan;
        private final List<FieldProblem> problems = new ArrayList<>();
        private final Set<String> nodeIds;
        private final Set<String> mechanisms;
        private final Map<String, String> postNames;

        Check(Plan plan) {
            this.plan = plan;
            this.nodeIds = plan.nodes().stream().map(Node::id).collect(Collectors.toSet());
            this.mechanisms = plan.mechanisms().stream().map(Plan.Mechanism::id).collect(Collectors.toSet());
            this.postNames = organisation.postNames(plan.posts());
        }

        List<FieldProblem> problems() {
            identifier("id", plan.id(), KEBAB);
            text("title", plan.title(), NAME_LENGTH, true);
            text("theme", plan.theme(), NAME_LENGTH, false);
            text("summary", plan.summary(), TEXT_LENGTH, false);
            if (plan.year() < FIRST_YEAR || plan.year() > LAST_YEAR) {
                // No day can be worked out in such a year.
                add("year", "range", "campaign.problem.year");
                return List.copyOf(problems);
            }
            group();
            participants();
            phases();
            nodes();
            rest();
            return List.copyOf(problems);
        }

        private void group() {
            Plan.LeadingGroup group = plan.leadingGroup();
            post("leadingGroup.head", group.head(), true);
            group.deputies().forEach(deputy -> post("leadingGroup.deputies", deputy.post(), true));
            group.members().forEach(member -> post("leadingGroup.members", member, true));
            if (group.office() != null && organisation.find(group.office()).isEmpty()) {
                add("leadingGroup.office", "unknown", "campaign.problem.unit", group.office());
            }
        }

        private void participants() {
            Plan.Participants participants = plan.participants();
            participants.kinds().stream()
                    .filter(kind -> !organisation.knowsKind(kind))
                    .forEach(kind -> add("participants.kinds", "unknown", "campaign.problem.kind", kind));
            units("participants.districts", participants.districts());
            units("participants.schools", participants.schools());
            units("participants.except", participants.except());
        }

        private void units(String field, List<String> codes) {
            Set<String> known = organisation.findAll(codes).stream()
                    .map(unit -> unit.code())
                    .collect(Collectors.toSet());
            codes.stream()
                    .filter(code -> !known.contains(code))
                    .forEach(code -> add(field, "unknown", "campaign.problem.unit", code));
        }

        private void phases() {
            if (plan.phases().isEmpty()) {
                add("phases", "required", "campaign.problem.noPhase");
            }
            Set<String> seen = new HashSet<>();
            for (Phase phase : plan.phases()) {
                String field = "phases[" + phase.id() + "]";
                identifier(field + ".id", phase.id(), KEBAB);
                once(field, phase.id(), seen);
                text(field + ".name", phase.name(), NAME_LENGTH, true);
                if (phase.starts() == null || phase.ends() == null) {
                    add(field + ".starts", "required", "campaign.problem.phaseDays", phase.name());
                } else if (phase.ends().in(plan.year()).isBefore(phase.starts().in(plan.year()))) {
                    add(field + ".ends", "range", "campaign.problem.phaseOrder", phase.name());
                }
            }
        }

        private void nodes() {
            if (plan.nodes().isEmpty()) {
                add("nodes", "required", "campaign.problem.noNode");
            }
            if (plan.nodes().size() > MOST_NODES) {
                add("nodes", "range", "campaign.problem.nodes", MOST_NODES);
                return;
            }
            Set<String> seen = new HashSet<>();
            plan.nodes().forEach(node -> node(node, seen));
            if (problems.isEmpty()) {
                Set<String> found =
                        planDays.of(plan).stream().map(PlannedDay::node).collect(Collectors.toSet());
                plan.plannedNodes().stream()
                        .filter(node -> node.kind() != NodeKind.RECURRING && !found.contains(node.id()))
                        .forEach(node -> add(field(node) + ".due", "circle", "campaign.problem.circle", node.name()));
            }
        }

        private void node(Node node, Set<String> seen) {
            String field = field(node);
            identifier(field + ".id", node.id(), CAMEL);
            once(field, node.id(), seen);
            if (RESERVED.contains(node.id())) {
                add(field + ".id", "taken", "campaign.problem.reserved", node.id());
            }
            text(field + ".name", node.name(), NAME_LENGTH, true);
            if (plan.phase(node.phase()).isEmpty()) {
                add(field + ".phase", "unknown", "campaign.problem.phase", String.valueOf(node.phase()));
            }
            text(field + ".template", node.template(), TEXT_LENGTH, false);
            post(field + ".owner", node.owner(), true);
            if (node.check() != null) {
                if (!Plan.Check.BY_DEPARTMENT.equals(node.check().by())) {
                    post(field + ".check", node.check().by(), true);
                }
                if (node.check().workingDays() < 1) {
                    add(field + ".check", "range", "campaign.problem.checkDays", node.name());
                }
            }
            due(node, field);
            node.after().stream()
                    .filter(before -> !nodeIds.contains(before) || before.equals(node.id()))
                    .forEach(before -> add(field + ".after", "unknown", "campaign.problem.after", before));
            if (node.mechanism() != null && !mechanisms.contains(node.mechanism())) {
                add(field + ".mechanism", "unknown", "campaign.problem.mechanism", node.mechanism());
            }
        }

        private void due(Node node, String field) {
            if (node.kind() == NodeKind.RECURRING) {
                Recurrence recurrence = node.recurrence();
                if (recurrence == null || !complete(recurrence)) {
                    add(field + ".recurrence", "required", "campaign.problem.recurrence", node.name());
                } else if (recurrence
                        .until()
                        .in(plan.year())
                        .isBefore(recurrence.from().in(plan.year()))) {
                    add(field + ".recurrence", "range", "campaign.problem.recurrenceOrder", node.name());
                }
                return;
            }
            if (node.due() == null) {
                add(field + ".due", "required", "campaign.problem.due", node.name());
            } else if (!sound(node.due(), node.id())) {
                add(field + ".due", "range", "campaign.problem.dueRule", node.name());
            }
            if (node.restDay() == RestDayRule.SKIP) {
                add(field + ".restDay", "range", "campaign.problem.skip", node.name());
            }
        }

        private boolean complete(Recurrence recurrence) {
            boolean day = recurrence.every() == Recurrence.Every.WEEK
                    ? recurrence.weekday() != null
                    : recurrence.dayOfMonth() != null && recurrence.dayOfMonth() >= 1 && recurrence.dayOfMonth() <= 31;
            return recurrence.every() != null
                    && day
                    && recurrence.from() != null
                    && recurrence.until() != null
                    && recurrence.period() != null;
        }

        private boolean sound(DueRule rule, String nodeId) {
            if (rule instanceof DueRule.OnDay onDay) {
                return onDay.day() != null;
            }
            if (rule instanceof DueRule.After after) {
                return after.workingDays() >= 1
                        && !nodeId.equals(after.node())
                        && plan.node(after.node())
                                .filter(other -> other.kind() != NodeKind.RECURRING)
                                .isPresent();
            }
            if (rule instanceof DueRule.MonthEnd monthEnd) {
                return monthEnd.month() >= 1 && monthEnd.month() <= 12;
            }
            if (rule instanceof DueRule.NthWeekday nth) {
                return nth.month() >= 1
                        && nth.month() <= 12
                        && nth.week() >= 1
                        && nth.week() <= 5
                        && nth.weekday() != null;
            }
            return true;
        }

        private void rest() {
            plan.goals().forEach(goal -> {
                text("goals[" + goal.id() + "].name", goal.name(), NAME_LENGTH, true);
                if (goal.value() == null || goal.comparison() == null || goal.unit() == null) {
                    add("goals[" + goal.id() + "].value", "required", "campaign.problem.goal", goal.name());
                }
            });
            Set<String> goals = plan.goals().stream().map(Plan.Goal::id).collect(Collectors.toSet());
            plan.consequences().stream()
                    .filter(consequence -> !goals.contains(consequence.goal()))
                    .forEach(consequence -> add(
                            "consequences[" + consequence.id() + "].goal",
                            "unknown",
                            "campaign.problem.consequence",
                            consequence.name()));
            plan.weights().stream()
                    .filter(weight -> weight.percent() == null
                            || weight.percent().signum() < 0
                            || weight.percent().compareTo(HUNDRED) > 0)
                    .forEach(weight -> add(
                            "weights[" + weight.id() + "].percent", "range", "campaign.problem.weight", weight.name()));
            plan.vacations().stream()
                    .filter(vacation -> vacation.from() == null
                            || vacation.to() == null
                            || vacation.to()
                                    .in(plan.year())
                                    .isBefore(vacation.from().in(plan.year())))
                    .forEach(vacation -> add("vacations", "range", "campaign.problem.vacation", vacation.name()));
        }

        private static String field(Node node) {
            return "nodes[" + node.id() + "]";
        }

        private void post(String field, String key, boolean required) {
            if (key == null || key.isBlank()) {
                if (required) {
                    add(field, "required", "campaign.problem.noPost");
                }
            } else if (!knowsPost(key)) {
                add(field, "unknown", "campaign.problem.post", key);
            }
        }

        private boolean knowsPost(String key) {
            return !postNames.getOrDefault(key, key).equals(key);
        }

        private void identifier(String field, String id, Pattern pattern) {
            if (id == null || id.length() > ID_LENGTH || !pattern.matcher(id).matches()) {
                add(field, "format", "campaign.problem.id", String.valueOf(id));
            }
        }

        private void once(String field, String id, Set<String> seen) {
            if (!seen.add(id)) {
                add(field + ".id", "duplicate", "campaign.problem.twice", id);
            }
        }

        private void text(String field, String text, int length, boolean required) {
            if (text == null || text.isBlank()) {
                if (required) {
                    add(field, "required", "campaign.problem.name");
                }
            } else if (!Texts.storable(text)) {
                add(field, "malformed", "shared.field.malformed");
            } else if (text.length() > length) {
                add(field, "length", "campaign.problem.length", length);
            }
        }

        private void add(String field, String code, String messageKey, Object... args) {
            problems.add(FieldProblem.of(field, code, messageKey, args));
        }
    }
}
