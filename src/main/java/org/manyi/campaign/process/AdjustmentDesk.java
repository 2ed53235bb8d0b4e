package org.manyi.campaign.process;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.manyi.campaign.CampaignDetail;
import org.manyi.campaign.CampaignRecords;
import org.manyi.campaign.CampaignState;
import org.manyi.campaign.Campaigns;
import org.manyi.campaign.DayOfPlan;
import org.manyi.campaign.DueRule;
import org.manyi.campaign.NodeKind;
import org.manyi.campaign.Plan;
import org.manyi.campaign.PlanAdjustments;
import org.manyi.campaign.PlanDays;
import org.manyi.campaign.PlanRules;
import org.manyi.campaign.PlannedDay;
import org.manyi.engine.Processes;
import org.manyi.inbox.CaseAccess;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.org.UnitType;
import org.manyi.security.CurrentUser;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.ValidationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Makes further versions of running plans and starts the process that carries them out. */
@Service
@Transactional
class AdjustmentDesk implements PlanAdjustments {

    private static final int LONGEST_REASON = 500;

    private final Campaigns campaigns;
    private final CampaignRecords records;
    private final PlanDays planDays;
    private final PlanRules rules;
    private final AdjustmentStore store;
    private final CaseAccess access;
    private final Organisation organisation;
    private final Processes processes;
    private final JdbcClient jdbc;
    private final MovableClock clock;

    AdjustmentDesk(
            Campaigns campaigns,
            CampaignRecords records,
            PlanDays planDays,
            PlanRules rules,
            AdjustmentStore store,
            CaseAccess access,
            Organisation organisation,
            Processes processes,
            JdbcClient jdbc,
            MovableClock clock) {
        this.campaigns = campaigns;
        this.records = records;
        this.planDays = planDays;
        this.rules = rules;
        this.store = store;
        this.access = access;
        this.organisation = organisation;
        this.processes = processes;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Affected> preview(String id, List<Move> moves, CurrentUser user) {
        Plan before = planOf(id, user);
        Plan after = moved(before, moves);
        Map<String, LocalDate> was = days(before);
        Map<String, LocalDate> will = days(after);
        Map<String, Integer> works = unfinished(id);
        return after.plannedNodes().stream()
                .filter(node -> !Objects.equals(was.get(node.id()), will.get(node.id()))
                        || !Objects.equals(
                                node.starts(),
                                before.node(node.id()).map(Plan.Node::starts).orElse(null)))
                .map(node -> new Affected(
                        node.id(),
                        node.name(),
                        was.get(node.id()),
                        will.get(node.id()),
                        works.getOrDefault(node.id(), 0)))
                .toList();
    }

    private Plan planOf(String id, CurrentUser user) {
        CampaignDetail detail = campaigns.find(id, user);
        if (!campaigns.mayDraft(user)) {
            throw new ForbiddenException("campaign.problem.forbidden");
        }
        return detail.plan();
    }

    private Map<String, LocalDate> days(Plan plan) {
        return planDays.of(plan).stream()
                .filter(day -> day.occurrence() == 0)
                .collect(Collectors.toMap(PlannedDay::node, PlannedDay::due));
    }

    private Map<String, Integer> unfinished(String id) {
        Map<String, Integer> works = new HashMap<>();
        jdbc.sql("""
                        select node_id, count(*) as n from campaign_work
                        where campaign_id = :id and state in ('planned', 'open', 'checking', 'returned') group by node_id
                        """)
                .param("id", id)
                .query((row, n) -> works.put(row.getString("node_id"), row.getInt("n")))
                .list();
        return works;
    }

    @Override
    public int move(String id, int version, List<Move> moves, String reason, CurrentUser user) {
        Plan before = planOf(id, user);
        String why = reason(reason);
        Plan after = moved(before, moves);
        if (after.equals(before)) {
            throw ValidationException.of("due", "unchanged", "campaign.problem.unchanged");
        }
        return adjust(id, version, after, why, List.of(), user);
    }

    private static String reason(String typed) {
        return YearWorkDesk.words("reason", typed, LONGEST_REASON, "campaign.problem.adjustReason");
    }

    /** The plan with its days moved; what names a phase moves the phase. */
    private Plan moved(Plan plan, List<Move> moves) {
        if (moves.isEmpty()) {
            throw ValidationException.of("what", "required", "campaign.problem.moveWhat");
        }
        Map<String, Move> byWhat =
                moves.stream().collect(Collectors.toMap(Move::what, Function.identity(), (one, later) -> later));
        byWhat.values().forEach(move -> check(plan, move));
        Plan moved = plan.with(
                plan.phases().stream()
                        .map(phase -> phase(plan, phase, byWhat.get(phase.id())))
                        .toList(),
                plan.nodes().stream()
                        .map(node -> node(plan, node, byWhat.get(node.id())))
                        .toList());
        List<FieldProblem> problems = rules.problems(moved);
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
        return moved;
    }

    private void check(Plan plan, Move move) {
        boolean phase = plan.phase(move.what()).isPresent();
        boolean node = plan.plannedNodes().stream()
                .anyMatch(one -> one.id().equals(move.what()) && one.kind() != NodeKind.RECURRING);
        if (!phase && !node || Diagrams.PLAN_TASKS.contains(move.what())) {
            throw ValidationException.of("what", "unknown", "campaign.problem.moveWhat");
        }
        if (move.starts() == null && move.due() == null) {
            throw ValidationException.of("due", "required", "campaign.problem.day");
        }
        if (move.due() != null && move.due().isBefore(clock.today())) {
            throw ValidationException.of("due", "past", "campaign.problem.newDue");
        }
        boolean begun = phase
                && move.starts() != null
                && !plan.phase(move.what())
                        .orElseThrow()
                        .starts()
                        .in(plan.year())
                        .isAfter(clock.today());
        if (move.starts() != null && (begun || move.starts().isBefore(clock.today()))) {
            throw ValidationException.of("starts", "past", "campaign.problem.moveBegun");
        }
    }

    private static Plan.Phase phase(Plan plan, Plan.Phase phase, Move move) {
        return move == null
                ? phase
                : new Plan.Phase(
                        phase.id(),
                        phase.name(),
                        move.starts() == null ? phase.starts() : day("starts", move.starts(), plan.year()),
                        move.due() == null ? phase.ends() : day("due", move.due(), plan.year()),
                        phase.summary());
    }

    private static Plan.Node node(Plan plan, Plan.Node node, Move move) {
        return move == null
                ? node
                : node.on(
                        move.starts() == null ? node.starts() : day("starts", move.starts(), plan.year()),
                        move.due() == null ? node.due() : new DueRule.OnDay(day("due", move.due(), plan.year())));
    }

    private static DayOfPlan day(String field, LocalDate day, int year) {
        if (day.getYear() < year || day.getYear() > year + 1) {
            throw ValidationException.of(field, "range", "campaign.problem.moveYear", String.valueOf(year));
        }
        try {
            return DayOfPlan.of(day, year);
        } catch (DateTimeException e) {
            throw ValidationException.of(field, "range", "campaign.problem.day");
        }
    }

    @Override
    public int changeSchools(
            String id, int version, Set<String> joining, Set<String> leaving, String reason, CurrentUser user) {
        Plan before = planOf(id, user);
        String why = reason(reason);
        List<AdjustmentStore.Change> changes = new ArrayList<>();
        Set<String> schools = new LinkedHashSet<>(before.participants().schools());
        Set<String> except = new LinkedHashSet<>(before.participants().except());
        for (String code : joining) {
            Unit school = school(code);
            require(!SchoolPartsSteps.participates(before.participants(), school), "joining", school);
            except.remove(code);
            if (!SchoolPartsSteps.participates(with(before, schools, except), school)) {
                schools.add(code);
            }
            changes.add(new AdjustmentStore.Change(code, true));
        }
        for (String code : leaving) {
            Unit school = school(code);
            require(SchoolPartsSteps.participates(before.participants(), school), "leaving", school);
            schools.remove(code);
            if (SchoolPartsSteps.participates(with(before, schools, except), school)) {
                except.add(code);
            }
            changes.add(new AdjustmentStore.Change(code, false));
        }
        if (changes.isEmpty()) {
            throw ValidationException.of("joining", "required", "campaign.problem.noSchool");
        }
        return adjust(id, version, before.with(with(before, schools, except)), why, changes, user);
    }

    private static Plan.Participants with(Plan plan, Set<String> schools, Set<String> except) {
        return new Plan.Participants(
                plan.participants().kinds(),
                plan.participants().districts(),
                List.copyOf(schools),
                List.copyOf(except));
    }

    private Unit school(String code) {
        return organisation
                .find(code)
                .filter(unit -> unit.type() == UnitType.SCHOOL)
                .orElseThrow(() -> ValidationException.of("joining", "unknown", "campaign.problem.unit", code));
    }

    private static void require(boolean fits, String field, Unit school) {
        if (!fits) {
            throw ValidationException.of(field, "unchanged", "campaign.problem.schoolThere", school.name());
        }
    }

    /** Saves the version, notes what is to follow, and starts what carries it out; the year's case is locked first, as everywhere. */
    private int adjust(
            String id, int version, Plan plan, String why, List<AdjustmentStore.Change> changes, CurrentUser user) {
        access.lock(id);
        int planVersion = records.adjust(id, version, plan, why, user.username(), clock.instant());
        store.insert(new AdjustmentStore.Row(id, planVersion, why, user.username()), clock.instant());
        changes.forEach(change -> store.insert(id, planVersion, change));
        processes.start(Diagrams.PLAN_ADJUSTMENT, PlanAdjustmentSteps.number(id, planVersion), Map.of());
        return planVersion;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Adjustment> of(String id, CurrentUser user) {
        campaigns.find(id, user);
        return store.of(id);
    }

    @Override
    @Transactional(readOnly = true)
    public boolean mayAdjust(String id, CurrentUser user) {
        return campaigns.mayDraft(user) && records.campaign(id).state() == CampaignState.RUNNING;
    }
}
