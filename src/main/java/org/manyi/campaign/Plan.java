package org.manyi.campaign;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A year's plan as data: what is written in YAML under {@code processes/plans}, edited on pages and kept whole with each of its versions.
 * It names posts, never people. No list is ever null.
 *
 * @param id kebab-case, such as {@code luozhuang-2022}; never null
 * @param title the plan's title; never null
 * @param theme the year's theme, such as 家校同心; null for none
 * @param year the year its days belong to
 * @param source the paper it follows; null for none
 * @param summary what it is about, in a paragraph; null for none
 * @param leadingGroup who leads (S0-02); never null
 * @param participants who takes part; never null
 * @param goals what is to be reached (S0-01)
 * @param phases in the order of their days
 * @param nodes in the order they are written
 * @param vacations school holidays, of which due days are warned
 * @param weights what counts how much in the later assessment (S0-06)
 * @param consequences what follows from the result (S0-09, S0-10)
 * @param mechanisms what is switched on or off
 */
public record Plan(
        String id,
        String title,
        String theme,
        int year,
        String source,
        String summary,
        LeadingGroup leadingGroup,
        Participants participants,
        List<Goal> goals,
        List<Phase> phases,
        List<Node> nodes,
        List<Vacation> vacations,
        List<Weight> weights,
        List<Consequence> consequences,
        List<Mechanism> mechanisms) {

    /** A plan whose missing lists are empty. */
    public Plan {
        leadingGroup = leadingGroup == null ? new LeadingGroup(null, List.of(), List.of(), null) : leadingGroup;
        participants =
                participants == null ? new Participants(List.of(), List.of(), List.of(), List.of()) : participants;
        goals = orEmpty(goals);
        phases = orEmpty(phases);
        nodes = orEmpty(nodes);
        vacations = orEmpty(vacations);
        weights = orEmpty(weights);
        consequences = orEmpty(consequences);
        mechanisms = orEmpty(mechanisms);
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    /**
     * Who leads the year.
     *
     * @param head the post at the head, such as {@code bureau:chair}; null when not named yet
     * @param deputies with their remits
     * @param members further posts
     * @param office the department that keeps the office; null for none
     */
    public record LeadingGroup(String head, List<Deputy> deputies, List<String> members, String office) {
        /** A group whose missing lists are empty. */
        public LeadingGroup {
            deputies = orEmpty(deputies);
            members = orEmpty(members);
        }
    }

    /**
     * A deputy head of the group.
     *
     * @param post never null
     * @param remit what he answers for, in words; null for none
     */
    public record Deputy(String post, String remit) {}

    /**
     * Who takes part: institutions of these kinds and districts and those named, less the exceptions.
     *
     * @param kinds kinds of institution, empty for all
     * @param districts codes, empty for all
     * @param schools codes taken part of whatever their kind and district
     * @param except codes left out
     */
    public record Participants(List<String> kinds, List<String> districts, List<String> schools, List<String> except) {
        /** Participants whose missing lists are empty. */
        public Participants {
            kinds = orEmpty(kinds);
            districts = orEmpty(districts);
            schools = orEmpty(schools);
            except = orEmpty(except);
        }
    }

    /**
     * A goal.
     *
     * @param id never null
     * @param name never null
     * @param comparison whether the value is the least or the most; never null
     * @param value in {@code unit}; never null
     * @param unit never null
     * @param source the mechanism it comes from; null for none
     */
    public record Goal(String id, String name, Comparison comparison, BigDecimal value, Unit unit, String source) {

        /** The side of the value on which the goal is reached. */
        public enum Comparison {
            /** Reached at the value or above. */
            AT_LEAST,
            /** Reached at the value or below, as with ranks. */
            AT_MOST
        }

        /** What the value counts. */
        public enum Unit {
            /** Per cent, 0 to 100. */
            PERCENT,
            /** A place in an order, 1 is the best. */
            RANK,
            /** Points. */
            POINTS,
            /** So many. */
            COUNT
        }
    }

    /**
     * A phase of the year. It starts on its day whether or not the one before is finished.
     *
     * @param id kebab-case, the key of its process; never null
     * @param name never null
     * @param starts never null
     * @param ends never null
     * @param summary null for none
     */
    public record Phase(String id, String name, DayOfPlan starts, DayOfPlan ends, String summary) {}

    /**
     * A node: one piece of the year's work.
     *
     * @param id camelCase, unique in the plan; never null
     * @param name never null
     * @param phase the id of its phase; never null
     * @param owner the post that answers for it; never null
     * @param kind never null
     * @param starts when it opens; null for the start of its phase
     * @param due by when; null for recurring nodes only
     * @param recurrence how it comes back; given for recurring nodes only
     * @param restDay what becomes of a due day that is no working day; never null
     * @param after the ids of the nodes that come before it
     * @param fanOut who does it; never null
     * @param evidence what has to be shown for it
     * @param check who checks it and how soon; null when nobody does
     * @param outputs what it leaves behind, in words
     * @param template what is filled in to start from where there is nothing from the year before; null for none
     * @param reminders how many days before the due day those concerned are reminded, 0 for the day itself, negative for days after it
     * @param mechanism the mechanism that it belongs to and goes with; null for none
     * @param runner the kind of work that a room of its own runs, such as {@code survey}; null for a plain piece of work
     * @param source the mechanism it comes from, such as {@code S0-17}; null for none
     */
    public record Node(
            String id,
            String name,
            String phase,
            String owner,
            NodeKind kind,
            DayOfPlan starts,
            DueRule due,
            Recurrence recurrence,
            RestDayRule restDay,
            List<String> after,
            FanOut fanOut,
            List<Evidence> evidence,
            Check check,
            List<String> outputs,
            String template,
            List<Integer> reminders,
            String mechanism,
            String runner,
            String source) {
        /** A node whose missing lists are empty and whose missing rules are the default ones. */
        public Node {
            kind = kind == null ? NodeKind.MILESTONE : kind;
            restDay = restDay == null ? RestDayRule.NEXT : restDay;
            fanOut = fanOut == null ? FanOut.NONE : fanOut;
            after = orEmpty(after);
            evidence = orEmpty(evidence);
            outputs = orEmpty(outputs);
            reminders = orEmpty(reminders);
        }

        /** The same node on other days. */
        public Node on(DayOfPlan otherStart, DueRule otherDue) {
            return new Node(
                    id,
                    name,
                    phase,
                    owner,
                    kind,
                    otherStart,
                    otherDue,
                    recurrence,
                    restDay,
                    after,
                    fanOut,
                    evidence,
                    check,
                    outputs,
                    template,
                    reminders,
                    mechanism,
                    runner,
                    source);
        }
    }

    /**
     * Something to be shown for a node.
     *
     * @param id camelCase; never null
     * @param name never null
     * @param required whether the work cannot be handed in without it
     */
    public record Evidence(String id, String name, boolean required) {}

    /**
     * Who checks what was handed in.
     *
     * @param by a post, or {@code department} for the one responsible for the kind of institution; never null
     * @param workingDays within how many working days, at least 1
     */
    public record Check(String by, int workingDays) {

        /** The department responsible for the kind of institution that handed it in. */
        public static final String BY_DEPARTMENT = "department";
    }

    /**
     * A school holiday.
     *
     * @param name never null
     * @param from its first day; never null
     * @param to its last day; never null
     */
    public record Vacation(String name, DayOfPlan from, DayOfPlan to) {}

    /**
     * A part of the indicator of 100 points.
     *
     * @param id never null
     * @param name never null
     * @param percent 0 to 100; never null
     * @param source null for none
     */
    public record Weight(String id, String name, BigDecimal percent, String source) {}

    /**
     * What follows from the district's place in the city.
     *
     * @param id never null
     * @param name what follows, in words; never null
     * @param goal the id of the goal whose value decides; never null
     * @param comparison never null
     * @param value never null
     * @param source null for none
     */
    public record Consequence(
            String id, String name, String goal, Goal.Comparison comparison, BigDecimal value, String source) {}

    /**
     * Something that a bureau may do without.
     *
     * @param id never null
     * @param name never null
     * @param on whether this year has it
     */
    public record Mechanism(String id, String name, boolean on) {}

    /** The node of this id. */
    public Optional<Node> node(String nodeId) {
        return nodes.stream().filter(node -> node.id().equals(nodeId)).findFirst();
    }

    /** The phase of this id. */
    public Optional<Phase> phase(String phaseId) {
        return phases.stream().filter(phase -> phase.id().equals(phaseId)).findFirst();
    }

    /** The nodes whose mechanism is not switched off, in their order. */
    @JsonIgnore
    public List<Node> plannedNodes() {
        Set<String> off = mechanisms.stream()
                .filter(mechanism -> !mechanism.on())
                .map(Mechanism::id)
                .collect(Collectors.toSet());
        return nodes.stream()
                .filter(node -> node.mechanism() == null || !off.contains(node.mechanism()))
                .toList();
    }

    /** The posts that it names, of the leading group first; none twice. */
    public Set<String> posts() {
        Set<String> posts = new LinkedHashSet<>();
        posts.add(leadingGroup.head());
        leadingGroup.deputies().forEach(deputy -> posts.add(deputy.post()));
        posts.addAll(leadingGroup.members());
        nodes.forEach(node -> {
            posts.add(node.owner());
            if (node.check() != null && !Check.BY_DEPARTMENT.equals(node.check().by())) {
                posts.add(node.check().by());
            }
        });
        posts.remove(null);
        return posts;
    }

    /** The same plan with other phases and nodes. */
    public Plan with(List<Phase> otherPhases, List<Node> otherNodes) {
        return with(year, participants, otherPhases, otherNodes);
    }

    /** The same plan with others taking part. */
    public Plan with(Participants others) {
        return with(year, others, phases, nodes);
    }

    /** The same plan with its days in another year. */
    public Plan in(int otherYear) {
        return with(otherYear, participants, phases, nodes);
    }

    /** The same plan with other nodes. */
    public Plan withNodes(List<Node> otherNodes) {
        return with(year, participants, phases, otherNodes);
    }

    private Plan with(int otherYear, Participants otherParticipants, List<Phase> otherPhases, List<Node> otherNodes) {
        return new Plan(
                id,
                title,
                theme,
                otherYear,
                source,
                summary,
                leadingGroup,
                otherParticipants,
                goals,
                otherPhases,
                otherNodes,
                vacations,
                weights,
                consequences,
                mechanisms);
    }
}
