package org.manyi.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.manyi.campaign.CampaignDetail;
import org.manyi.campaign.CampaignState;
import org.manyi.campaign.Campaigns;
import org.manyi.campaign.Plan;
import org.manyi.evidence.EvidenceStore;
import org.manyi.inbox.CaseAccess;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.org.UnitType;
import org.manyi.security.CurrentUser;
import org.manyi.security.HeldPost;
import org.manyi.shared.ConflictException;
import org.manyi.shared.Count;
import org.manyi.shared.Cursor;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.GapFreeNumbers;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.Slice;
import org.manyi.shared.ValidationException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@Transactional
class MeetingDesk implements Meetings {

    private static final String DEPARTMENT = "dept:";
    private static final String CASE = "case";
    private static final Set<UnitType> SPEAKERS = Set.of(UnitType.SCHOOL, UnitType.DISTRICT, UnitType.DEPARTMENT);
    private static final int LONGEST_TITLE = 100;
    private static final int LONGEST_MINUTES = 8000;
    private static final int LONGEST_STATEMENT = 4000;

    private final Campaigns campaigns;
    private final Organisation organisation;
    private final CaseAccess access;
    private final EvidenceStore evidence;
    private final GapFreeNumbers numbers;
    private final ApplicationEventPublisher events;
    private final JdbcClient jdbc;
    private final MovableClock clock;

    MeetingDesk(
            Campaigns campaigns,
            Organisation organisation,
            CaseAccess access,
            EvidenceStore evidence,
            GapFreeNumbers numbers,
            ApplicationEventPublisher events,
            JdbcClient jdbc,
            MovableClock clock) {
        this.campaigns = campaigns;
        this.organisation = organisation;
        this.access = access;
        this.evidence = evidence;
        this.numbers = numbers;
        this.events = events;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Row(
            String number,
            String campaign,
            String node,
            String department,
            String title,
            LocalDate day,
            String place,
            MeetingKind kind,
            String minutes,
            List<String> files,
            int version) {}

    private record SpeechRow(
            String number,
            String meeting,
            int place,
            String unit,
            String unitName,
            SpeechPart part,
            String statement,
            List<String> files,
            int version) {}

    /** What was entered for a meeting and found in order. */
    private record Checked(String node, String title, LocalDate day, String place, MeetingKind kind) {}

    @Override
    @Transactional(readOnly = true)
    public Slice<Item> list(String cursor, int size, CurrentUser user) {
        CaseAccess.Condition seen = access.condition(user, "m.number");
        CaseAccess.Condition seenTask = access.condition(user, "t.number");
        Cursor after = Cursor.decode(cursor, 2);
        String from = after == null ? "" : " and (m.on_day < :day or m.on_day = :day and m.number < :number)";
        JdbcClient.StatementSpec query = jdbc.sql("""
                        select m.*, d.short_name as department_name,
                            (select count(*) from register_task t
                              where t.meeting_number = m.number and t.state <> 'done' and %s) as open_tasks
                        from register_meeting m join org_unit d on d.code = m.department_code
                        where %s %s order by m.on_day desc, m.number desc fetch first :rows rows only
                        """.formatted(seenTask.sql(), seen.sql(), from))
                .params(seenTask.params())
                .params(seen.params())
                .param("rows", size + 1);
        if (after != null) {
            query = query.param("day", Cursors.day(after, 0))
                    .param("number", after.parts().get(1));
        }
        List<Item> rows = query.query((row, n) -> item(row)).list();
        return Slice.of(rows, size, item -> Cursor.of(item.day(), item.number()), count(seen));
    }

    private Count count(CaseAccess.Condition seen) {
        return Count.ofLimited(jdbc.sql("select count(*) from (select 1 as one from register_meeting m where "
                        + seen.sql() + " fetch first " + (Count.CAP + 1) + " rows only) c")
                .params(seen.params())
                .query(Long.class)
                .single());
    }

    private static Item item(ResultSet row) throws SQLException {
        return new Item(
                row.getString("number"),
                row.getString("campaign_id"),
                row.getString("department_code"),
                row.getString("department_name"),
                row.getString("title"),
                row.getObject("on_day", LocalDate.class),
                row.getString("place"),
                MeetingKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getInt("open_tasks"));
    }

    @Override
    @Transactional(readOnly = true)
    public Detail find(String number, CurrentUser user) {
        Row meeting = seen(number, user);
        CampaignDetail campaign = campaigns.find(meeting.campaign, user);
        Unit department = organisation.unit(meeting.department);
        CaseAccess.Condition seenTask = access.condition(user, "t.number");
        int open = jdbc.sql("""
                        select count(*) from register_task t
                        where t.meeting_number = :meeting and t.state <> 'done' and %s
                        """.formatted(seenTask.sql()))
                .params(seenTask.params())
                .param("meeting", number)
                .query(Integer.class)
                .single();
        boolean mayWrite = of(meeting.department, user);
        return new Detail(
                new Item(
                        number,
                        meeting.campaign,
                        meeting.department,
                        department.shortName(),
                        meeting.title,
                        meeting.day,
                        meeting.place,
                        meeting.kind,
                        open),
                campaign.item().title(),
                meeting.node,
                meeting.node == null
                        ? null
                        : campaign.plan()
                                .node(meeting.node)
                                .map(Plan.Node::name)
                                .orElse(meeting.node),
                meeting.minutes,
                evidence.findAll(meeting.files),
                speeches(number, user).stream()
                        .map(speech -> speech(speech, mayWrite, user))
                        .toList(),
                meeting.version,
                mayWrite,
                held(meeting));
    }

    private Row seen(String number, CurrentUser user) {
        access.require(user, number);
        return jdbc.sql("select * from register_meeting where number = :number")
                .param("number", number)
                .query((row, n) -> new Row(
                        number,
                        row.getString("campaign_id"),
                        row.getString("node_id"),
                        row.getString("department_code"),
                        row.getString("title"),
                        row.getObject("on_day", LocalDate.class),
                        row.getString("place"),
                        MeetingKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        row.getString("minutes"),
                        ids(row.getString("minutes_files")),
                        row.getInt("version")))
                .optional()
                .orElseThrow(NotFoundException::new);
    }

    private static List<String> ids(String kept) {
        return kept.isEmpty() ? List.of() : Arrays.asList(kept.split(","));
    }

    private boolean held(Row meeting) {
        return !meeting.day.isAfter(clock.today());
    }

    private static boolean of(String unit, CurrentUser user) {
        return user.unitCodes().contains(unit);
    }

    private List<SpeechRow> speeches(String meeting, CurrentUser user) {
        CaseAccess.Condition seen = access.condition(user, "s.number");
        return jdbc.sql("""
                        select s.*, u.short_name as unit_name from register_speech s join org_unit u on u.code = s.unit_code
                        where s.meeting_number = :meeting and not s.withdrawn and %s order by s.place
                        """.formatted(seen.sql()))
                .params(seen.params())
                .param("meeting", meeting)
                .query((row, n) -> speechRow(row))
                .list();
    }

    private static SpeechRow speechRow(ResultSet row) throws SQLException {
        return new SpeechRow(
                row.getString("number"),
                row.getString("meeting_number"),
                row.getInt("place"),
                row.getString("unit_code"),
                row.getString("unit_name"),
                SpeechPart.valueOf(row.getString("part").toUpperCase(Locale.ROOT)),
                row.getString("statement"),
                ids(row.getString("files")),
                row.getInt("version"));
    }

    private Speech speech(SpeechRow row, boolean ofTheDepartment, CurrentUser user) {
        return new Speech(
                row.number,
                row.meeting,
                row.unit,
                row.unitName,
                row.part,
                row.statement,
                evidence.findAll(row.files),
                row.version,
                ofTheDepartment || of(row.unit, user));
    }

    @Override
    @Transactional(readOnly = true)
    public Map<String, String> departments(CurrentUser user) {
        Map<String, String> departments = new LinkedHashMap<>();
        for (HeldPost post : user.posts()) {
            if (post.key().startsWith(DEPARTMENT)) {
                departments.put(post.unitCode(), post.unitName());
            }
        }
        return departments;
    }

    @Override
    public String enter(Facts facts, CurrentUser user) {
        Set<String> own = departments(user).keySet();
        if (own.isEmpty()) {
            throw new ForbiddenException("register.problem.department");
        }
        CampaignDetail campaign = runningCampaign(facts.campaign(), user);
        Faults faults = new Faults();
        String department =
                facts.department() == null && own.size() == 1 ? own.iterator().next() : facts.department();
        if (department == null || !own.contains(department)) {
            faults.add("department", "unknown", "register.problem.choose");
        }
        Checked checked = check(facts, campaign, faults);
        int year = campaign.item().year();
        String number = "%d-HY-%02d".formatted(year, numbers.next("meeting-" + year));
        jdbc.sql("""
                        insert into register_meeting (number, campaign_id, node_id, department_code, title, on_day, place, kind,
                            minutes_files, entered_by, entered_at, version)
                        values (:number, :campaign, :node, :department, :title, :day, :place, :kind, '', :by, :at, 0)
                        """)
                .param("number", number)
                .param("campaign", campaign.item().id())
                .param("node", checked.node)
                .param("department", department)
                .param("title", checked.title)
                .param("day", checked.day)
                .param("place", checked.place)
                .param("kind", checked.kind.code())
                .param("by", user.username())
                .param("at", clock.now().toOffsetDateTime())
                .update();
        access.open(number, Set.of(), watchers(department, campaign));
        events.publishEvent(new RegisterEvent.MeetingEntered(clock.instant(), user.username(), number));
        return number;
    }

    private CampaignDetail runningCampaign(String id, CurrentUser user) {
        if (id == null || id.isBlank()) {
            throw ValidationException.of("campaign", "required", "register.problem.campaign");
        }
        try {
            CampaignDetail campaign = campaigns.find(id, user);
            if (campaign.item().state() == CampaignState.RUNNING) {
                return campaign;
            }
        } catch (NotFoundException e) {
            // Told like one that does not run: the field is at fault, not the address.
        }
        throw ValidationException.of("campaign", "not-running", "register.problem.campaign");
    }

    private Checked check(Facts facts, CampaignDetail campaign, Faults faults) {
        String node = faults.optional("node", facts.node(), 64);
        if (node != null && campaign.plan().node(node).isEmpty()) {
            faults.add("node", "unknown", "register.problem.choose");
        }
        int year = campaign.item().year();
        Checked checked = new Checked(
                node,
                faults.text("title", facts.title(), LONGEST_TITLE),
                faults.day("day", facts.day(), LocalDate.of(year, 1, 1), LocalDate.of(year + 1, 12, 31)),
                faults.text("place", facts.place(), LONGEST_TITLE),
                faults.oneOf("kind", MeetingKind.class, facts.kind()));
        faults.end();
        return checked;
    }

    /** The posts that see all of a meeting: those of the department that holds it and of the campaign's office. */
    private Set<String> watchers(String department, CampaignDetail campaign) {
        Set<String> posts = new LinkedHashSet<>(organisation.workPosts(department));
        String office = campaign.plan().leadingGroup().office();
        if (office != null) {
            posts.addAll(organisation.workPosts(office));
        }
        return posts;
    }

    @Override
    public void change(String number, int version, Facts facts, CurrentUser user) {
        Row meeting = own(number, version, user);
        Checked checked = check(facts, campaigns.find(meeting.campaign, user), new Faults());
        if (checked.day.isAfter(clock.today()) && held(meeting) && hasFollowed(number)) {
            throw ValidationException.of("day", "followed", "register.problem.followed");
        }
        jdbc.sql("""
                        update register_meeting set node_id = :node, title = :title, on_day = :day, place = :place, kind = :kind,
                            version = version + 1
                        where number = :number
                        """)
                .param("node", checked.node)
                .param("title", checked.title)
                .param("day", checked.day)
                .param("place", checked.place)
                .param("kind", checked.kind.code())
                .param("number", number)
                .update();
        events.publishEvent(new RegisterEvent.MeetingChanged(clock.instant(), user.username(), number));
    }

    /** Whether minutes were written or something was given to do, which says that it was held. */
    private boolean hasFollowed(String number) {
        return !jdbc.sql("""
                        select 1 as one from register_meeting where number = :number and minutes is not null
                        union all select 1 from register_task where meeting_number = :number
                        """)
                .param("number", number)
                .query(Integer.class)
                .list()
                .isEmpty();
    }

    /** The meeting, where the person is of the department that holds it; every other change of it waits. */
    private Row own(String number, Integer version, CurrentUser user) {
        access.require(user, number);
        access.lock(number);
        Row meeting = seen(number, user);
        if (!of(meeting.department, user)) {
            throw new ForbiddenException("register.problem.ownMeeting");
        }
        if (version != null && version != meeting.version) {
            throw stale();
        }
        return meeting;
    }

    private static ConflictException stale() {
        return ConflictException.of(ConflictException.Reason.STALE_VERSION);
    }

    @Override
    public void writeMinutes(String number, int version, String minutes, List<String> files, CurrentUser user) {
        Row meeting = own(number, version, user);
        if (!held(meeting)) {
            throw ValidationException.of("minutes", "not-held", "register.problem.notHeld");
        }
        Faults faults = new Faults();
        String text = faults.text("minutes", minutes, LONGEST_MINUTES);
        faults.end();
        jdbc.sql("""
                        update register_meeting set minutes = :minutes, minutes_files = :files, version = version + 1
                        where number = :number
                        """)
                .param("minutes", text)
                .param("files", take(files, number, user))
                .param("number", number)
                .update();
        events.publishEvent(new RegisterEvent.MinutesWritten(clock.instant(), user.username(), number));
    }

    /** Takes files in for a case; answers their ids as they are kept. */
    private String take(List<String> files, String caseNumber, CurrentUser user) {
        List<String> wanted = files == null ? List.of() : new ArrayList<>(new LinkedHashSet<>(files));
        evidence.handOver("files", wanted, EvidenceStore.DRAFT, user.username(), CASE, caseNumber);
        return String.join(",", wanted);
    }

    @Override
    public String addSpeech(
            String number, String unit, String part, String statement, List<String> files, CurrentUser user) {
        Row meeting = own(number, null, user);
        Faults faults = new Faults();
        String code = faults.text("unit", unit, 32);
        if (code != null
                && organisation
                        .find(code)
                        .filter(found -> found.active() && SPEAKERS.contains(found.type()))
                        .isEmpty()) {
            faults.add("unit", "unknown", "register.problem.unit");
        }
        SpeechPart as = faults.oneOf("part", SpeechPart.class, part);
        String text = faults.optional("statement", statement, LONGEST_STATEMENT);
        faults.end();
        int place = jdbc.sql("select coalesce(max(place), 0) + 1 from register_speech where meeting_number = :number")
                .param("number", number)
                .query(Integer.class)
                .single();
        // Places change as units are moved; the number counts all that were ever on the agenda.
        int all = jdbc.sql("select count(*) + 1 from register_speech where meeting_number = :number")
                .param("number", number)
                .query(Integer.class)
                .single();
        String speech = number + ".S" + all;
        access.open(speech, Set.of(code), watchers(meeting.department, campaigns.find(meeting.campaign, user)));
        access.grant(number, Set.of(code), Set.of());
        jdbc.sql("""
                        insert into register_speech (number, meeting_number, place, unit_code, part, statement, files, withdrawn, version)
                        values (:speech, :number, :place, :unit, :part, :statement, :files, false, 0)
                        """)
                .param("speech", speech)
                .param("number", number)
                .param("place", place)
                .param("unit", code)
                .param("part", as.code())
                .param("statement", text)
                .param("files", take(files, speech, user))
                .update();
        events.publishEvent(new RegisterEvent.SpeechAdded(clock.instant(), user.username(), speech, code));
        return speech;
    }

    @Override
    @Transactional(readOnly = true)
    public Speech speech(String number, CurrentUser user) {
        SpeechRow row = seenSpeech(number, user);
        return speech(row, of(seen(row.meeting, user).department, user), user);
    }

    private SpeechRow seenSpeech(String number, CurrentUser user) {
        access.require(user, number);
        return jdbc.sql("""
                        select s.*, u.short_name as unit_name from register_speech s join org_unit u on u.code = s.unit_code
                        where s.number = :number and not s.withdrawn
                        """)
                .param("number", number)
                .query((row, n) -> speechRow(row))
                .optional()
                .orElseThrow(NotFoundException::new);
    }

    /** Something on the agenda to be changed; every other change of its meeting waits. */
    private SpeechRow lockedSpeech(String number, int version, CurrentUser user) {
        access.lock(seenSpeech(number, user).meeting);
        SpeechRow row = seenSpeech(number, user);
        if (row.version != version) {
            throw stale();
        }
        return row;
    }

    @Override
    public void writeSpeech(String number, int version, String statement, List<String> files, CurrentUser user) {
        SpeechRow row = lockedSpeech(number, version, user);
        if (!of(row.unit, user) && !of(seen(row.meeting, user).department, user)) {
            throw new ForbiddenException("register.problem.ownSpeech");
        }
        Faults faults = new Faults();
        String text = faults.text("statement", statement, LONGEST_STATEMENT);
        faults.end();
        jdbc.sql("""
                        update register_speech set statement = :statement, files = :files, version = version + 1
                        where number = :number
                        """)
                .param("statement", text)
                .param("files", take(files, number, user))
                .param("number", number)
                .update();
        events.publishEvent(new RegisterEvent.SpeechWritten(clock.instant(), user.username(), number));
    }

    @Override
    public void moveSpeech(String number, int version, CurrentUser user) {
        SpeechRow row = lockedSpeech(number, version, user);
        own(row.meeting, null, user);
        List<SpeechRow> before = speeches(row.meeting, user).stream()
                .filter(other -> other.place < row.place)
                .toList();
        if (before.isEmpty()) {
            return;
        }
        SpeechRow other = before.get(before.size() - 1);
        place(row.number, other.place);
        place(other.number, row.place);
        events.publishEvent(new RegisterEvent.SpeechMoved(clock.instant(), user.username(), number));
    }

    private void place(String speech, int place) {
        jdbc.sql("update register_speech set place = :place, version = version + 1 where number = :number")
                .param("place", place)
                .param("number", speech)
                .update();
    }

    @Override
    public void withdrawSpeech(String number, int version, CurrentUser user) {
        SpeechRow row = lockedSpeech(number, version, user);
        own(row.meeting, null, user);
        jdbc.sql("update register_speech set withdrawn = true, version = version + 1 where number = :number")
                .param("number", number)
                .update();
        events.publishEvent(new RegisterEvent.SpeechWithdrawn(clock.instant(), user.username(), number));
    }
}
