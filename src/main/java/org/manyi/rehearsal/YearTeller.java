package org.manyi.rehearsal;

import java.io.ByteArrayInputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.manyi.calendar.WorkingDays;
import org.manyi.campaign.CampaignDetail;
import org.manyi.campaign.Campaigns;
import org.manyi.campaign.Plan;
import org.manyi.campaign.PlanDays;
import org.manyi.campaign.PlanFiles;
import org.manyi.campaign.SchoolLedger;
import org.manyi.evidence.EvidenceStore;
import org.manyi.inbox.Inbox;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.org.UnitType;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.MovableClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Plays the demonstration's years through the services that people use: the plans drawn up, sent back, decided and issued, and every
 * piece of work done by somebody whose task it is, on the day that {@link YearDiary} says, in the words of {@link YearScript}.
 */
@Component
class YearTeller {

    private static final String PLAN = "luozhuang-2022";
    private static final List<String> AUTHORS = List.of("dept:jijiao:staff");
    private static final LocalTime LOOKS_ROUND = LocalTime.of(8, 5);

    /** Behind the issues', which have had their turns without years, too. */
    private static final int ORDER = 1000;

    /** What the head of the bureau wants earlier when the plan is first before the party committee. */
    private static final String MOVED_NODE = "mockPhoneSurvey";

    private static final YAMLMapper YAML = YAMLMapper.shared();

    private static final String OPEN_TASKS = """
            select t.task_id, t.task_key, t.case_number, t.created_at, t.version, t.assignee, w.node_id, w.occurrence, w.unit_code, w.post,
                w.starts_on, w.due_on, w.returns, w.report, w.handed_in_by
            from inbox_task t left join campaign_work w on w.number = t.case_number
            where t.state = 'open' and t.case_number like '____-ND-%'
            """;

    private final Campaigns campaigns;
    private final SchoolLedger ledgers;
    private final PlanFiles files;
    private final PlanDays planDays;
    private final Inbox inbox;
    private final Organisation organisation;
    private final CurrentUsers users;
    private final EvidenceStore evidence;
    private final WorkingDays workingDays;
    private final MovableClock clock;
    private final JdbcClient jdbc;

    YearTeller(
            Campaigns campaigns,
            SchoolLedger ledgers,
            PlanFiles files,
            PlanDays planDays,
            Inbox inbox,
            Organisation organisation,
            CurrentUsers users,
            EvidenceStore evidence,
            WorkingDays workingDays,
            MovableClock clock,
            JdbcClient jdbc) {
        this.campaigns = campaigns;
        this.ledgers = ledgers;
        this.files = files;
        this.planDays = planDays;
        this.inbox = inbox;
        this.organisation = organisation;
        this.users = users;
        this.evidence = evidence;
        this.workingDays = workingDays;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    /** When the first thing happens that is told of an end. */
    Instant begins(Instant end) {
        return diary(end).firstDraft();
    }

    private YearDiary diary(Instant end) {
        return new YearDiary(workingDays, planDays, files.shipped(PLAN), end);
    }

    /**
     * Gives the years their first turns, which give the next.
     *
     * @param end the real now, where every year stops
     */
    void join(Turns turns, Instant end) {
        new Telling(turns, diary(end)).begin();
    }

    private record Open(
            String id,
            String number,
            int version,
            String assignee,
            int occurrence,
            String post,
            String report,
            String handedInBy,
            YearDiary.Task task) {

        String campaign() {
            int point = number.indexOf('.');
            return point < 0 ? number : number.substring(0, point);
        }
    }

    /** One telling, with what it has to remember. */
    private final class Telling {

        private final Turns turns;
        private final YearDiary diary;
        private final YearScript script = new YearScript();
        private final Plan shipped = files.shipped(PLAN);
        private final Set<String> planned = new HashSet<>();
        private final Map<List<String>, List<String>> holders = new HashMap<>();
        private Map<String, Unit> schools = Map.of();

        Telling(Turns turns, YearDiary diary) {
            this.turns = turns;
            this.diary = diary;
        }

        void begin() {
            int first = diary.underWay() - 1;
            turns.add(diary.firstDraft(), ORDER, () -> {
                schools = organisation.units(UnitType.SCHOOL).stream()
                        .collect(Collectors.toMap(Unit::code, Function.identity()));
                follow(as(author(), me -> campaigns.draft(PLAN, first, false, me)), first);
                lookRound();
            });
        }

        private void follow(String campaign, int year) {
            turns.add(
                    diary.draft(year + 1),
                    ORDER,
                    () -> follow(as(author(), me -> campaigns.rollOver(campaign, year + 1, false, me)), year + 1));
        }

        /** Once each working day everybody looks what is new and when he will do it. */
        private void lookRound() {
            jdbc.sql(OPEN_TASKS + " order by t.case_number, t.task_id").query(this::open).list().stream()
                    .filter(open -> planned.add(open.id()))
                    .forEach(open ->
                            diary.when(open.task()).ifPresent(at -> turns.add(at, ORDER, () -> act(open.id()))));
            turns.add(
                    workingDays
                            .next(clock.today())
                            .atTime(LOOKS_ROUND)
                            .atZone(MovableClock.ZONE)
                            .toInstant(),
                    ORDER,
                    this::lookRound);
        }

        private Open open(ResultSet row, int n) throws SQLException {
            String unit = row.getString("unit_code");
            String number = row.getString("case_number");
            return new Open(
                    row.getString("task_id"),
                    number,
                    row.getInt("version"),
                    row.getString("assignee"),
                    row.getInt("occurrence"),
                    row.getString("post"),
                    row.getString("report"),
                    row.getString("handed_in_by"),
                    new YearDiary.Task(
                            row.getString("task_key"),
                            Integer.parseInt(number.substring(0, 4)),
                            row.getString("node_id"),
                            unit,
                            unit != null && schools.containsKey(unit),
                            LocalDate.ofInstant(
                                    row.getObject("created_at", OffsetDateTime.class)
                                            .toInstant(),
                                    MovableClock.ZONE),
                            row.getObject("starts_on", LocalDate.class),
                            row.getObject("due_on", LocalDate.class),
                            row.getInt("returns")));
        }

        /** Does a task unless a visitor was quicker. */
        private void act(String id) {
            jdbc.sql(OPEN_TASKS + " and t.task_id = :id")
                    .param("id", id)
                    .query(this::open)
                    .optional()
                    .ifPresent(open -> {
                        closeLedgerBefore(open);
                        as(actor(open), me -> {
                            drawLedgerUpBefore(open, me);
                            return inbox.complete(id, open.version(), values(open, me), me);
                        });
                    });
        }

        /** A ledger has something in it before its school says that it is drawn up. */
        private void drawLedgerUpBefore(Open open, CurrentUser me) {
            YearDiary.Task task = open.task();
            if (!"splitWorkLedger".equals(task.node()) || !task.key().equals("doWork") || task.returns() > 0) {
                return;
            }
            List<YearScript.LedgerItem> items = script.ledger(schools.get(task.unit()));
            for (int i = 0; i < items.size(); i++) {
                YearScript.LedgerItem item = items.get(i);
                ledgers.add(
                        open.campaign(),
                        task.unit(),
                        new SchoolLedger.Entry(
                                item.content(),
                                item.measure(),
                                item.person(),
                                diary.ledgerDue(task.year(), clock.today(), i)),
                        me);
            }
        }

        /** Nothing in a ledger is open when its school says that it is closed. */
        private void closeLedgerBefore(Open open) {
            YearDiary.Task task = open.task();
            if ("closeLedger".equals(task.node()) && task.key().equals("doWork")) {
                jdbc.sql(OPEN_TASKS + " and w.node_id = 'ledger' and w.unit_code = :unit and w.campaign_id = :campaign")
                        .param("unit", task.unit())
                        .param("campaign", open.campaign())
                        .query(this::open)
                        .list()
                        .forEach(item -> act(item.id()));
            }
        }

        private String actor(Open open) {
            if (open.assignee() != null) {
                return open.assignee();
            }
            List<String> posts = jdbc.sql("select post_key from inbox_candidate where task_id = :id order by post_key")
                    .param("id", open.id())
                    .query(String.class)
                    .list();
            List<String> able = holders(posts).stream()
                    // Nobody checks his own.
                    .filter(person -> open.task().key().equals("doWork") || !person.equals(open.handedInBy()))
                    .toList();
            return able.get(Chance.below(able.size(), open.number()));
        }

        private List<String> holders(List<String> posts) {
            return holders.computeIfAbsent(
                    posts, keys -> organisation.holders(keys).stream().sorted().toList());
        }

        private String author() {
            return holders(AUTHORS).get(0);
        }

        private Map<String, Object> values(Open open, CurrentUser me) {
            YearDiary.Task task = open.task();
            int year = task.year();
            Map<String, Object> values = new LinkedHashMap<>();
            switch (task.key()) {
                case "doWork" -> {
                    values.put("report", report(open));
                    values.put("files", evidence(open, me));
                }
                case "checkWork" -> {
                    boolean back = diary.isSentBack(task);
                    values.put("decision", back ? "return" : "pass");
                    if (back) {
                        values.put("reason", script.reason(task.node()));
                    }
                }
                case "revisePlan" -> values.put("note", revised(open.campaign(), year, me));
                case "decidePlan" -> {
                    boolean back = !isMoved(campaigns.find(open.campaign(), me));
                    values.put("decision", back ? "return" : "approve");
                    values.put("reason", script.plan(back ? "returned" : "approved", year));
                }
                case "issuePlan" -> {
                    values.put("documentNumber", script.plan("paper", year));
                    values.put("issuedOn", clock.today().toString());
                    values.put("publishedWhere", script.plan("published", year));
                }
                case "enterExternalResults" -> {
                    boolean again = task.returns() > 0;
                    values.put("cityRank", Integer.valueOf(script.city(again ? "rank" : "mistaken", year)));
                    values.put("score", script.city("score", year));
                    values.put(
                            "publishedOn",
                            task.since().isAfter(clock.today().minusDays(2))
                                    ? task.since().minusDays(2).toString()
                                    : clock.today().minusDays(2).toString());
                    values.put("paper", script.city("paper", year));
                }
                case "confirmExternalResults" -> {
                    boolean mistaken = task.returns() == 0;
                    values.put("decision", mistaken ? "refuse" : "confirm");
                    if (mistaken) {
                        values.put("reason", script.city("refused", year));
                    }
                }
                default -> throw new IllegalStateException("No year knows the task " + task.key());
            }
            return values;
        }

        private String report(Open open) {
            YearDiary.Task task = open.task();
            if (task.school()) {
                return task.returns() == 0
                        ? script.school(task.node(), task.year(), schools.get(task.unit()))
                        : open.report() + script.again(task.node());
            }
            return open.post() != null
                    ? script.leader(open.post(), task.year(), task.due().getMonthValue())
                    : script.bureau(task.node());
        }

        private List<String> evidence(Open open, CurrentUser me) {
            Stream<String> wanted = open.task().node().equals("ledger")
                    ? Stream.of(script.ledgerEvidence())
                    : shipped.node(open.task().node()).stream()
                            .flatMap(node -> node.evidence().stream())
                            .filter(Plan.Evidence::required)
                            .map(Plan.Evidence::name);
            return wanted.map(name -> evidence.store(
                                    "task",
                                    open.id(),
                                    name + ".png",
                                    new ByteArrayInputStream(DemoPicture.page(
                                            (open.number() + open.task().returns()).hashCode())),
                                    me)
                            .id())
                    .toList();
        }

        /** Takes up what the party committee wanted, if it has spoken; answers the word to it. */
        private String revised(String campaign, int year, CurrentUser me) {
            CampaignDetail draft = campaigns.find(campaign, me);
            if (draft.returnedReason() == null) {
                return script.plan("note", year);
            }
            campaigns.revise(campaign, draft.item().version(), moved(draft.plan()), script.plan("revised", year), me);
            return script.plan("resubmitted", year);
        }

        /** Whether the plan already is as the party committee wants it; the first year, which copies nothing, is not asked. */
        private boolean isMoved(CampaignDetail draft) {
            Plan.Node node = draft.plan().node(MOVED_NODE).orElseThrow();
            return draft.rolledFrom() == null
                    || !node.starts()
                            .equals(shipped.node(MOVED_NODE).orElseThrow().starts());
        }

        /** The plan with the mock survey a week earlier. */
        private Plan moved(Plan plan) {
            JsonNode tree = YAML.readTree(files.write(plan));
            for (JsonNode node : tree.get("nodes")) {
                if (node.get("id").asString().equals(MOVED_NODE)) {
                    ((ObjectNode) node).put("starts", "10-19");
                    ((ObjectNode) node.get("due")).put("day", "10-30");
                }
            }
            return files.read(YAML.writeValueAsBytes(tree));
        }
    }

    private <T> T as(String username, Function<CurrentUser, T> work) {
        return users.runAs(username, () -> work.apply(users.require()));
    }
}
