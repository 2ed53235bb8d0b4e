package org.manyi.campaign.process;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.manyi.campaign.CampaignItem;
import org.manyi.campaign.CampaignRecords;
import org.manyi.campaign.CampaignState;
import org.manyi.campaign.CampaignYear;
import org.manyi.campaign.Campaigns;
import org.manyi.campaign.FanOut;
import org.manyi.campaign.Plan;
import org.manyi.campaign.PlannedDay;
import org.manyi.campaign.Timeline;
import org.manyi.campaign.WorkDetail;
import org.manyi.campaign.WorkItem;
import org.manyi.campaign.WorkState;
import org.manyi.campaign.process.YearPlans.YearPlan;
import org.manyi.engine.Processes;
import org.manyi.engine.Processes.LiveDiagram;
import org.manyi.evidence.EvidenceStore;
import org.manyi.inbox.CaseAccess;
import org.manyi.inbox.TaskHandler.CaseView;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.org.UnitType;
import org.manyi.org.Visibility;
import org.manyi.security.CurrentUser;
import org.manyi.shared.Count;
import org.manyi.shared.Cursor;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.Slice;
import org.manyi.shared.Texts;
import org.manyi.shared.ValidationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads the running year; nothing is written here. */
@Service
@Transactional(readOnly = true)
class YearDesk implements CampaignYear {

    private static final String SCHOOL_POST = "school:";
    private static final String IS_LATE = "(w.late or w.state in ('open', 'returned') and w.due_on < :today)";

    private final Campaigns campaigns;
    private final CampaignRecords records;
    private final YearPlans plans;
    private final WorkStore works;
    private final LaterDates laterDates;
    private final Organisation organisation;
    private final Visibility visibility;
    private final CaseAccess access;
    private final EvidenceStore evidence;
    private final Processes processes;
    private final JdbcClient jdbc;
    private final MovableClock clock;

    YearDesk(
            Campaigns campaigns,
            CampaignRecords records,
            YearPlans plans,
            WorkStore works,
            LaterDates laterDates,
            Organisation organisation,
            Visibility visibility,
            CaseAccess access,
            EvidenceStore evidence,
            Processes processes,
            JdbcClient jdbc,
            MovableClock clock) {
        this.campaigns = campaigns;
        this.records = records;
        this.plans = plans;
        this.works = works;
        this.laterDates = laterDates;
        this.organisation = organisation;
        this.visibility = visibility;
        this.access = access;
        this.evidence = evidence;
        this.processes = processes;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What became of a node's pieces of work, as far as the person sees them. */
    private record Progress(int total, int open, int done, int late, OffsetDateTime doneAt, String only) {

        static final Progress NONE = new Progress(0, 0, 0, 0, null, null);
    }

    @Override
    public Timeline timeline(String id, CurrentUser user) {
        CampaignItem campaign = campaigns.find(id, user).item();
        YearPlan year = plans.of(id);
        LocalDate today = clock.today();
        boolean begun = campaign.state() == CampaignState.RUNNING || campaign.state() == CampaignState.CLOSED;
        Map<String, Progress> progress = progress(id, user);
        List<Timeline.Node> nodes = year.plan().nodes().stream()
                .map(node -> node(year, node, progress.getOrDefault(node.id(), Progress.NONE), begun, today))
                .toList();
        List<Timeline.Phase> phases = year.plan().phases().stream()
                .map(phase -> phase(year, phase, nodes, begun, today))
                .toList();
        return new Timeline(today, phases, nodes);
    }

    private Map<String, Progress> progress(String id, CurrentUser user) {
        CaseAccess.Condition seen = access.condition(user, "w.number");
        Map<String, Progress> progress = new HashMap<>();
        jdbc.sql("""
                        select w.node_id, count(*) as total, count(*) filter (where w.state in ('open', 'checking', 'returned')) as open,
                            count(*) filter (where w.state = 'done') as done, count(*) filter (where %s) as late,
                            max(w.done_at) as done_at, min(w.number) as number
                        from campaign_work w where w.campaign_id = :id and w.state <> 'withdrawn' and %s group by w.node_id
                        """.formatted(IS_LATE, seen.sql()))
                .param("id", id)
                .param("today", clock.today())
                .params(seen.params())
                .query((row, n) -> progress.put(
                        row.getString("node_id"),
                        new Progress(
                                row.getInt("total"),
                                row.getInt("open"),
                                row.getInt("done"),
                                row.getInt("late"),
                                WorkStore.at(row, "done_at"),
                                row.getInt("total") == 1 ? row.getString("number") : null)))
                .list();
        return progress;
    }

    private static Timeline.Node node(
            YearPlan year, Plan.Node node, Progress progress, boolean begun, LocalDate today) {
        List<PlannedDay> days = year.days().getOrDefault(node.id(), List.of());
        PlannedDay day = days.stream()
                .filter(one -> !one.due().isBefore(today))
                .findFirst()
                .orElse(days.isEmpty() ? null : days.get(days.size() - 1));
        boolean planned = year.node(node.id()).isPresent();
        return new Timeline.Node(
                node.id(),
                node.name(),
                node.phase(),
                node.owner(),
                node.fanOut(),
                day == null ? null : day.starts(),
                day == null ? null : day.due(),
                planned ? state(node, progress, begun) : "notPlanned",
                progress.total > 0 && progress.done == progress.total ? progress.doneAt : null,
                progress.late > 0,
                node.fanOut() == FanOut.SCHOOL
                        ? new Timeline.Schools(progress.total, progress.done, progress.late)
                        : null,
                progress.only);
    }

    private static String state(Plan.Node node, Progress progress, boolean begun) {
        if (Diagrams.PLAN_TASKS.contains(node.id())) {
            return begun ? "done" : "open";
        }
        if (progress.total == 0) {
            return "planned";
        }
        if (progress.done == progress.total) {
            return "done";
        }
        if (progress.late > 0) {
            return "late";
        }
        return progress.open > 0 || progress.done > 0 ? "open" : "planned";
    }

    private static Timeline.Phase phase(
            YearPlan year, Plan.Phase phase, List<Timeline.Node> nodes, boolean begun, LocalDate today) {
        LocalDate starts = year.starts(phase.id());
        LocalDate ends = year.ends(phase.id());
        List<Timeline.Node> own =
                nodes.stream().filter(node -> node.phase().equals(phase.id())).toList();
        boolean touched =
                own.stream().anyMatch(node -> !Set.of("planned", "notPlanned").contains(node.state()));
        boolean over =
                own.stream().allMatch(node -> Set.of("done", "notPlanned").contains(node.state()));
        String state;
        if (!begun || !touched) {
            state = "planned";
        } else if (over) {
            state = "done";
        } else {
            state = today.isAfter(ends) && own.stream().anyMatch(node -> isBehind(node, ends)) ? "late" : "running";
        }
        return new Timeline.Phase(phase.id(), phase.name(), starts, ends, state);
    }

    /** Whether a node should be over with its phase; what recurs beyond the phase's end goes on. */
    private static boolean isBehind(Timeline.Node node, LocalDate ends) {
        return node.state().equals("late")
                || !Set.of("done", "notPlanned").contains(node.state())
                        && (node.dueDate() == null || !node.dueDate().isAfter(ends));
    }

    @Override
    public Matrix matrix(String id, MatrixQuery query, CurrentUser user) {
        campaigns.find(id, user);
        YearPlan year = plans.of(id);
        Plan.Phase phase = query.phase() == null
                ? present(year)
                : year.plan().phase(query.phase()).orElseThrow(NotFoundException::new);
        List<Plan.Node> nodes = year.plan().plannedNodes().stream()
                .filter(node -> node.fanOut() == FanOut.SCHOOL && node.phase().equals(phase.id()))
                .toList();
        Slice<Row> rows =
                nodes.isEmpty() ? new Slice<>(List.of(), null, new Count(0, false)) : rows(id, nodes, query, user);
        return new Matrix(phase, year.plan().phases(), nodes, rows);
    }

    /** The last phase that has begun, else the first. */
    private Plan.Phase present(YearPlan year) {
        List<Plan.Phase> phases = year.plan().phases();
        return phases.stream()
                .filter(phase -> !year.starts(phase.id()).isAfter(clock.today()))
                .reduce((one, later) -> later)
                .orElse(phases.get(0));
    }

    /** A school's line before its cells are known. */
    private record Line(String code, String name, String district, int late) {}

    private Slice<Row> rows(String id, List<Plan.Node> nodes, MatrixQuery query, CurrentUser user) {
        CaseAccess.Condition seen = access.condition(user, "w.number");
        Map<String, Object> params = new HashMap<>(seen.params());
        params.put("id", id);
        params.put("nodes", nodes.stream().map(Plan.Node::id).toList());
        params.put("today", clock.today());
        StringBuilder which = new StringBuilder();
        if (query.district() != null) {
            which.append(" and u.parent_code = :district");
            params.put("district", query.district());
        }
        if (query.kind() != null) {
            which.append(" and u.kind = :kind");
            params.put("kind", query.kind());
        }
        if (query.department() != null) {
            which.append(" and u.kind in (select k.code from org_kind k where k.department_code = :department)");
            params.put("department", query.department());
        }
        if (query.text() != null && !query.text().isBlank()) {
            which.append(" and (u.name ilike :text escape '!' or u.short_name ilike :text escape '!'"
                    + " or u.code ilike :text escape '!')");
            params.put("text", Texts.containing(query.text()));
        }
        String lines = """
                select w.unit_code as code, u.short_name as name, u.parent_code as district, count(*) filter (where %s) as late
                from campaign_work w join org_unit u on u.code = w.unit_code
                where w.campaign_id = :id and w.node_id in (:nodes) and w.state <> 'withdrawn' and %s %s
                group by w.unit_code, u.short_name, u.parent_code
                """.formatted(IS_LATE, seen.sql(), which);
        String behind = query.behind() ? " where l.late > 0" : " where 1 = 1";
        long all = jdbc.sql("select count(*) from (select 1 as one from (" + lines + ") l" + behind + " fetch first "
                        + (Count.CAP + 1) + " rows only) c")
                .params(params)
                .query(Long.class)
                .single();
        Cursor after = Cursor.decode(query.cursor(), 2);
        String from = "";
        if (after != null) {
            from = " and (l.late < :late or l.late = :late and l.code > :code)";
            params.put("late", lateOf(after));
            params.put("code", after.parts().get(1));
        }
        List<Line> page = jdbc.sql("select * from (" + lines + ") l" + behind + from
                        + " order by l.late desc, l.code fetch first " + (query.size() + 1) + " rows only")
                .params(params)
                .query((row, n) -> new Line(
                        row.getString("code"), row.getString("name"), row.getString("district"), row.getInt("late")))
                .list();
        Map<String, Map<String, WorkItem>> cells = cells(id, nodes, page, seen);
        return Slice.of(
                page.stream()
                        .map(line -> new Row(
                                line.code,
                                line.name,
                                line.district,
                                line.late,
                                cells.getOrDefault(line.code, Map.of())))
                        .toList(),
                query.size(),
                row -> Cursor.of(row.late(), row.code()),
                Count.ofLimited(all));
    }

    private static int lateOf(Cursor cursor) {
        try {
            return Integer.parseInt(cursor.parts().get(0));
        } catch (NumberFormatException e) {
            throw ValidationException.of("cursor", "malformed", "shared.problem.cursor");
        }
    }

    private Map<String, Map<String, WorkItem>> cells(
            String id, List<Plan.Node> nodes, List<Line> page, CaseAccess.Condition seen) {
        if (page.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql("""
                        select * from campaign_work w where w.campaign_id = :id and w.unit_code in (:schools) and w.node_id in (:nodes)
                            and %s
                        order by w.occurrence
                        """.formatted(seen.sql()))
                .params(seen.params())
                .param("id", id)
                .param("schools", page.stream().map(Line::code).toList())
                .param("nodes", nodes.stream().map(Plan.Node::id).toList())
                .query((row, n) -> item(row))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        WorkItem::unit,
                        Collectors.toMap(WorkItem::node, Function.identity(), (earlier, later) -> later)));
    }

    private WorkItem item(ResultSet row) throws SQLException {
        return item(WorkStore.row(row));
    }

    private WorkItem item(WorkRow work) {
        return work.item(clock.today());
    }

    @Override
    public Part part(String id, String school, CurrentUser user) {
        CampaignItem campaign = campaigns.find(id, user).item();
        Unit unit = organisation
                .find(school)
                .filter(found -> found.type() == UnitType.SCHOOL)
                .orElseThrow(NotFoundException::new);
        CaseAccess.Condition seen = access.condition(user, "w.number");
        List<WorkItem> items = jdbc.sql("""
                        select * from campaign_work w where w.campaign_id = :id and w.unit_code = :school and %s
                        order by w.due_on, w.number
                        """.formatted(seen.sql()))
                .params(seen.params())
                .param("id", id)
                .param("school", school)
                .query((row, n) -> item(row))
                .list();
        if (items.isEmpty() && !visibility.covers(user, school)) {
            throw new NotFoundException();
        }
        return new Part(campaign, unit.code(), unit.name(), items);
    }

    @Override
    public Visit visit(String id, String school, CurrentUser user) {
        Part part = part(id, school, user);
        Unit unit = organisation.unit(school);
        List<WorkItem> planned = part.works().stream()
                .filter(work -> work.state() != WorkState.WITHDRAWN)
                .toList();
        List<WorkItem> ledger = planned.stream()
                .filter(work -> work.node().equals(WorkNumber.LEDGER))
                .toList();
        List<PhaseSum> phases = plans.of(id).plan().phases().stream()
                .map(phase -> sum(phase, planned))
                .filter(sum -> sum.total() > 0)
                .toList();
        return new Visit(
                part,
                organisation.kindNames().get(unit.kind()),
                organisation.districtOf(school).map(Unit::name).orElse(null),
                organisation.postName(organisation.contactLeaderPost(school)),
                phases,
                planned.stream()
                        .filter(work ->
                                work.state() == WorkState.RETURNED || work.state() == WorkState.OPEN && work.late())
                        .toList(),
                ledger.stream().filter(work -> work.state() != WorkState.DONE).toList(),
                ledger.size(),
                before(part.campaign(), school, user));
    }

    private static PhaseSum sum(Plan.Phase phase, List<WorkItem> works) {
        List<WorkItem> own =
                works.stream().filter(work -> work.phase().equals(phase.id())).toList();
        return new PhaseSum(
                phase.name(),
                own.size(),
                (int) own.stream()
                        .filter(work -> work.state() == WorkState.DONE)
                        .count(),
                (int) own.stream().filter(WorkItem::late).count());
    }

    /** The last year before it of which the person sees works of the school. */
    private YearSum before(CampaignItem campaign, String school, CurrentUser user) {
        CaseAccess.Condition seen = access.condition(user, "w.number");
        return jdbc.sql("""
                        select c.plan_year, count(*) as total, count(*) filter (where w.state = 'done') as done,
                            count(*) filter (where w.late) as late, sum(w.returns) as returns
                        from campaign_work w join campaign c on c.id = w.campaign_id
                        where w.unit_code = :school and c.plan_year < :year and w.state <> 'withdrawn' and w.node_id <> 'ledger' and %s
                        group by c.id, c.plan_year order by c.plan_year desc, c.id desc fetch first 1 rows only
                        """.formatted(seen.sql()))
                .params(seen.params())
                .param("school", school)
                .param("year", campaign.year())
                .query((row, n) -> new YearSum(
                        row.getInt("plan_year"),
                        row.getInt("total"),
                        row.getInt("done"),
                        row.getInt("late"),
                        row.getInt("returns")))
                .optional()
                .orElse(null);
    }

    @Override
    public WorkDetail work(String number, CurrentUser user) {
        access.require(user, number);
        WorkRow work = works.find(number);
        CampaignItem campaign = records.campaign(work.number().campaign());
        String unit = work.number().unit();
        return new WorkDetail(
                item(work),
                campaign,
                plans.of(campaign.id()).node(work.number().node()).orElse(null),
                unit == null ? null : organisation.find(unit).map(Unit::name).orElse(unit),
                work.report(),
                work.onBehalf(),
                evidence.findAll(work.files()),
                work.returnedReason(),
                works.before(work.number()).orElse(null),
                laterDates.of(number),
                works.history(number));
    }

    @Override
    public List<String> diagrams(String id, CurrentUser user) {
        campaigns.find(id, user);
        Map<String, String> schools = someSchools(id, user);
        List<String> keys = new ArrayList<>(List.of(Diagrams.ANNUAL_CAMPAIGN));
        for (String phase : begun(id)) {
            keys.add(phase);
            if (schools.containsKey(phase)) {
                keys.add(Diagrams.SCHOOL_PROCESS.get(phase));
            }
        }
        return keys;
    }

    /** The phases that have begun, planning first, which begins with the draft. */
    private List<String> begun(String id) {
        Set<String> phases = new LinkedHashSet<>(List.of(Diagrams.FEBRUARY_PLANNING));
        phases.addAll(
                jdbc.sql("select phase_id from campaign_phase where campaign_id = :id order by opened_at, phase_id")
                        .param("id", id)
                        .query(String.class)
                        .list());
        return List.copyOf(phases);
    }

    /** By phase a school whose part of it the person sees; phases without one are left out. */
    private Map<String, String> someSchools(String id, CurrentUser user) {
        CaseAccess.Condition seen = access.condition(user, "w.number");
        Map<String, String> schools = new HashMap<>();
        jdbc.sql("""
                        select w.phase_id, min(w.unit_code) as school from campaign_work w join campaign_part p
                            on p.campaign_id = w.campaign_id and p.phase_id = w.phase_id and p.school_code = w.unit_code
                        where w.campaign_id = :id and %s group by w.phase_id
                        """.formatted(seen.sql()))
                .param("id", id)
                .params(seen.params())
                .query((row, n) -> schools.put(row.getString("phase_id"), row.getString("school")))
                .list();
        return schools;
    }

    @Override
    public Diagram diagram(String id, String process, CurrentUser user) {
        campaigns.find(id, user);
        boolean ofSchools = Diagrams.SCHOOL_PROCESS.containsValue(process);
        LiveDiagram drawn = processes.diagrams(ofSchools ? partOf(id, process, user) : id).stream()
                .filter(diagram -> diagram.processKey().equals(process))
                .findFirst()
                .orElseThrow(NotFoundException::new);
        Map<String, Progress> progress = progress(id, user);
        Map<String, Integer> counts = new HashMap<>();
        List<String> done = new ArrayList<>(ofSchools ? List.of() : drawn.done());
        for (String node : Diagrams.CALLED.getOrDefault(process, List.of())) {
            Progress made = progress.getOrDefault(node, Progress.NONE);
            if (made.open > 0) {
                counts.put(node, made.open);
            } else if (ofSchools && made.total > 0 && made.done == made.total) {
                done.add(node);
            }
        }
        if (Diagrams.SCHOOL_PROCESS.containsKey(process)) {
            int schools = schoolsUnderWay(id, process, user);
            if (schools > 0) {
                counts.put("schoolParts", schools);
            }
        }
        Set<String> active = new LinkedHashSet<>(ofSchools ? List.of() : drawn.active());
        // That a gateway still waits for the other branches says nothing that they do not say themselves.
        active.removeIf(element -> element.startsWith("gateway_"));
        active.addAll(counts.keySet());
        done.removeAll(active);
        return new Diagram(drawn.xml(), List.copyOf(active), done, counts);
    }

    private String partOf(String id, String process, CurrentUser user) {
        String phase = Diagrams.SCHOOL_PROCESS.entrySet().stream()
                .filter(entry -> entry.getValue().equals(process))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(NotFoundException::new);
        String school = someSchools(id, user).get(phase);
        if (school == null) {
            throw new NotFoundException();
        }
        return new PartNumber(id, phase, school).toString();
    }

    private int schoolsUnderWay(String id, String phase, CurrentUser user) {
        CaseAccess.Condition seen = access.condition(user, "w.number");
        return jdbc.sql("""
                        select count(distinct w.unit_code) from campaign_work w
                        where w.campaign_id = :id and w.phase_id = :phase and w.state not in ('done', 'withdrawn') and w.unit_code is not null and %s
                        """.formatted(seen.sql()))
                .param("id", id)
                .param("phase", phase)
                .params(seen.params())
                .query(Integer.class)
                .single();
    }

    @Override
    public String ownSchool(CurrentUser user) {
        Set<String> schools = user.posts().stream()
                .filter(post -> post.key().startsWith(SCHOOL_POST))
                .map(post -> post.unitCode())
                .collect(Collectors.toSet());
        return schools.size() == 1 ? schools.iterator().next() : null;
    }

    /** Where a case of ours stands, as the contract says it. */
    String status(String caseNumber) {
        return caseNumber.indexOf('.') < 0
                ? records.campaign(caseNumber).state().code()
                : works.find(caseNumber).state().code();
    }

    /** What a task's page shows of its case. */
    CaseView view(String caseNumber, CurrentUser user) {
        return caseNumber.indexOf('.') < 0
                ? new CaseView("campaign/case :: year", campaigns.find(caseNumber, user))
                : new CaseView("campaign/case :: work", work(caseNumber, user));
    }
}
