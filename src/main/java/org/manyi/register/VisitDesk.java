package org.manyi.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.manyi.campaign.Campaigns;
import org.manyi.inbox.CaseAccess;
import org.manyi.org.Organisation;
import org.manyi.org.Visibility;
import org.manyi.security.CurrentUser;
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
class VisitDesk implements ContactVisits {

    private static final String LEADER = "leader:";
    private static final int LONGEST = 2000;
    private static final int LONGEST_ISSUE = 32;
    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2999, 12, 31);

    private static final String SELECT = """
            select v.number, v.leader_post, v.version as holds, w.*, u.short_name as school_name,
                coalesce(a.name, w.written_by) as writer_name
            from register_visit v join register_visit_version w on w.number = v.number
                join org_unit u on u.code = w.school_code
                left join account a on a.username = w.written_by
            """;

    private final Campaigns campaigns;
    private final Organisation organisation;
    private final Visibility visibility;
    private final CaseAccess access;
    private final GapFreeNumbers numbers;
    private final ApplicationEventPublisher events;
    private final JdbcClient jdbc;
    private final MovableClock clock;

    VisitDesk(
            Campaigns campaigns,
            Organisation organisation,
            Visibility visibility,
            CaseAccess access,
            GapFreeNumbers numbers,
            ApplicationEventPublisher events,
            JdbcClient jdbc,
            MovableClock clock) {
        this.campaigns = campaigns;
        this.organisation = organisation;
        this.visibility = visibility;
        this.access = access;
        this.numbers = numbers;
        this.events = events;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private static Set<String> leaderPosts(CurrentUser user) {
        return user.postKeys().stream().filter(key -> key.startsWith(LEADER)).collect(Collectors.toSet());
    }

    private boolean seesAll(CurrentUser user) {
        return campaigns.mayDraft(user) || visibility.scopeOf(user).all();
    }

    @Override
    @Transactional(readOnly = true)
    public boolean open(CurrentUser user) {
        return seesAll(user) || !leaderPosts(user).isEmpty();
    }

    /** The leaders' posts whose log the person sees; where he sees none, there is no log. */
    private List<String> seen(CurrentUser user) {
        if (!open(user)) {
            throw new NotFoundException();
        }
        Set<String> own = leaderPosts(user);
        return jdbc
                .sql("select post_key from org_post where post_key like 'leader:%' order by place, post_key")
                .query(String.class)
                .list()
                .stream()
                .filter(post -> own.contains(post) || seesAll(user))
                .toList();
    }

    @Override
    @Transactional(readOnly = true)
    public Map<String, String> schools(CurrentUser user) {
        Map<String, String> schools = new LinkedHashMap<>();
        leaderPosts(user).stream().sorted().forEach(post -> contacts(post)
                .forEach(school -> schools.putIfAbsent(school.code(), school.name())));
        return schools;
    }

    /** The active schools in the scope of a leader's post. */
    private List<School> contacts(String post) {
        return jdbc.sql("""
                        select u.code, u.short_name from org_unit u join org_unit_scope s on s.unit_code = u.code
                        where s.scope_key = :post and u.active and u.type = 'SCHOOL' order by u.code
                        """)
                .param("post", post)
                .query((row, n) -> new School(row.getString("code"), row.getString("short_name"), false))
                .list();
    }

    @Override
    @Transactional(readOnly = true)
    public Slice<Entry> list(String cursor, int size, CurrentUser user) {
        List<String> posts = orNone(seen(user));
        Cursor after = Cursor.decode(cursor, 2);
        String from = after == null ? "" : " and (w.on_day < :day or w.on_day = :day and v.number < :number)";
        JdbcClient.StatementSpec query = jdbc.sql(SELECT + " where w.version = v.version and v.leader_post in (:posts)"
                        + from + " order by w.on_day desc, v.number desc fetch first :rows rows only")
                .param("posts", posts)
                .param("rows", size + 1);
        if (after != null) {
            query = query.param("day", Cursors.day(after, 0))
                    .param("number", after.parts().get(1));
        }
        List<Entry> rows = named(query.query((row, n) -> entry(row, user)).list());
        long all = jdbc.sql(
                        "select count(*) from (select 1 as one from register_visit v where v.leader_post in (:posts)"
                                + " fetch first " + (Count.CAP + 1) + " rows only) c")
                .param("posts", posts)
                .query(Long.class)
                .single();
        return Slice.of(rows, size, entry -> Cursor.of(entry.day(), entry.number()), Count.ofLimited(all));
    }

    private static List<String> orNone(List<String> posts) {
        return posts.isEmpty() ? List.of("") : posts;
    }

    private static Entry entry(ResultSet row, CurrentUser user) throws SQLException {
        int version = row.getInt("version");
        String leader = row.getString("leader_post");
        return new Entry(
                row.getString("number"),
                leader,
                leader,
                row.getString("school_code"),
                row.getString("school_name"),
                row.getObject("on_day", LocalDate.class),
                VisitKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("found"),
                row.getString("agreed"),
                row.getString("issue_number"),
                version,
                row.getString("writer_name"),
                row.getObject("written_at", OffsetDateTime.class)
                        .atZoneSameInstant(MovableClock.ZONE)
                        .toOffsetDateTime(),
                user.holds(leader) && version == row.getInt("holds"));
    }

    /** The entries with the names of their leaders' posts. */
    private List<Entry> named(List<Entry> entries) {
        Map<String, String> names =
                organisation.postNames(entries.stream().map(Entry::leader).collect(Collectors.toSet()));
        return entries.stream()
                .map(entry -> new Entry(
                        entry.number(),
                        entry.leader(),
                        names.get(entry.leader()),
                        entry.school(),
                        entry.schoolName(),
                        entry.day(),
                        entry.kind(),
                        entry.found(),
                        entry.agreed(),
                        entry.issue(),
                        entry.version(),
                        entry.writtenByName(),
                        entry.writtenAt(),
                        entry.mayCorrect()))
                .toList();
    }

    @Override
    @Transactional(readOnly = true)
    public Entry find(String number, CurrentUser user) {
        return versions(number, user).get(0);
    }

    @Override
    @Transactional(readOnly = true)
    public List<Entry> versions(String number, CurrentUser user) {
        List<Entry> found = named(
                jdbc.sql(SELECT + " where v.number = :number and v.leader_post in (:posts) order by w.version desc")
                        .param("number", number)
                        .param("posts", orNone(seen(user)))
                        .query((row, n) -> entry(row, user))
                        .list());
        if (found.isEmpty()) {
            throw new NotFoundException();
        }
        return found;
    }

    @Override
    public String enter(Facts facts, CurrentUser user) {
        Set<String> posts = leaderPosts(user);
        if (posts.isEmpty()) {
            throw new ForbiddenException("register.problem.leader");
        }
        Faults faults = new Faults();
        String post = posts.stream()
                .sorted()
                .filter(one -> isContact(one, facts.school()))
                .findFirst()
                .orElse(null);
        if (post == null) {
            faults.add("school", "not-yours", "register.problem.contactSchool");
        }
        Checked checked = check(facts, faults, user);
        int year = clock.today().getYear();
        String number = "%d-LX-%04d".formatted(year, numbers.next("visit-" + year));
        jdbc.sql("insert into register_visit (number, leader_post, version) values (:number, :post, 1)")
                .param("number", number)
                .param("post", post)
                .update();
        write(number, 1, facts.school(), checked, user);
        events.publishEvent(new RegisterEvent.VisitEntered(clock.instant(), user.username(), number, facts.school()));
        return number;
    }

    private boolean isContact(String post, String school) {
        return contacts(post).stream().anyMatch(one -> one.code().equals(school));
    }

    /** What was entered and found in order. */
    private record Checked(LocalDate day, VisitKind kind, String found, String agreed, String issue) {}

    private Checked check(Facts facts, Faults faults, CurrentUser user) {
        String issue = faults.optional("issue", facts.issue(), LONGEST_ISSUE);
        if (issue != null && !(issue.matches("\\d{4}-WT-\\d{5,}") && access.visible(user, issue))) {
            faults.add("issue", "unknown", "register.problem.issue");
        }
        Checked checked = new Checked(
                faults.day("day", facts.day(), EARLIEST, clock.today()),
                faults.oneOf("kind", VisitKind.class, facts.kind()),
                faults.text("found", facts.found(), LONGEST),
                faults.optional("agreed", facts.agreed(), LONGEST),
                issue);
        faults.end();
        return checked;
    }

    private void write(String number, int version, String school, Checked checked, CurrentUser user) {
        jdbc.sql("""
                        insert into register_visit_version (number, version, on_day, school_code, kind, found, agreed, issue_number,
                            written_by, written_at)
                        values (:number, :version, :day, :school, :kind, :found, :agreed, :issue, :by, :at)
                        """)
                .param("number", number)
                .param("version", version)
                .param("day", checked.day)
                .param("school", school)
                .param("kind", checked.kind.code())
                .param("found", checked.found)
                .param("agreed", checked.agreed)
                .param("issue", checked.issue)
                .param("by", user.username())
                .param("at", clock.now().toOffsetDateTime())
                .update();
    }

    @Override
    public void correct(String number, int version, Facts facts, CurrentUser user) {
        Entry entry = find(number, user);
        if (!user.holds(entry.leader())) {
            throw new ForbiddenException("register.problem.ownVisit");
        }
        Faults faults = new Faults();
        // A school that has another leader by now stays what the entry was about.
        if (!entry.school().equals(facts.school()) && !isContact(entry.leader(), facts.school())) {
            faults.add("school", "not-yours", "register.problem.contactSchool");
        }
        Checked checked = check(facts, faults, user);
        int changed =
                jdbc.sql("""
                        update register_visit set version = version + 1 where number = :number and version = :version
                        """).param("number", number).param("version", version).update();
        if (changed == 0) {
            throw ConflictException.of(ConflictException.Reason.STALE_VERSION);
        }
        write(number, version + 1, facts.school(), checked, user);
        events.publishEvent(new RegisterEvent.VisitCorrected(clock.instant(), user.username(), number, version + 1));
    }

    @Override
    @Transactional(readOnly = true)
    public int thisMonth(CurrentUser user) {
        YearMonth month = YearMonth.from(clock.today());
        return jdbc.sql("""
                        select count(*) from register_visit v
                            join register_visit_version w on w.number = v.number and w.version = v.version
                        where v.leader_post in (:posts) and w.on_day between :from and :to
                        """)
                .param("posts", orNone(seen(user)))
                .param("from", month.atDay(1))
                .param("to", month.atEndOfMonth())
                .query(Integer.class)
                .single();
    }

    @Override
    @Transactional(readOnly = true)
    public Report report(LocalDate from, LocalDate to, CurrentUser user) {
        List<String> posts = seen(user);
        LocalDate first = from == null ? clock.today().withDayOfMonth(1) : from;
        LocalDate last = to == null ? YearMonth.from(first).atEndOfMonth() : to;
        if (first.isBefore(EARLIEST) || last.isAfter(LATEST) || first.isAfter(LATEST)) {
            throw ValidationException.of("from", "range", "register.problem.period");
        }
        if (last.isBefore(first) || !last.isBefore(first.plusYears(1))) {
            throw ValidationException.of("to", "range", "register.problem.period");
        }
        Map<String, List<Entry>> entries = named(jdbc.sql(SELECT + """
                         where w.version = v.version and v.leader_post in (:posts) and w.on_day between :from and :to
                        order by w.on_day, v.number
                        """)
                        .param("posts", orNone(posts))
                        .param("from", first)
                        .param("to", last)
                        .query((row, n) -> entry(row, user))
                        .list())
                .stream()
                .collect(Collectors.groupingBy(Entry::leader));
        Map<String, String> names = organisation.postNames(posts);
        List<LeaderReport> leaders = new ArrayList<>();
        for (String post : posts) {
            leaders.add(report(post, names.get(post), entries.getOrDefault(post, List.of())));
        }
        return new Report(first, last, leaders);
    }

    private LeaderReport report(String post, String name, List<Entry> entries) {
        Set<String> reached = entries.stream().map(Entry::school).collect(Collectors.toSet());
        return new LeaderReport(
                post,
                name,
                holders(post),
                count(entries, VisitKind.VISIT),
                count(entries, VisitKind.CALL),
                count(entries, VisitKind.MEETING),
                contacts(post).stream()
                        .map(school -> new School(school.code(), school.name(), reached.contains(school.code())))
                        .toList(),
                entries);
    }

    private List<String> holders(String post) {
        Set<String> usernames = organisation.holders(Set.of(post));
        return usernames.isEmpty()
                ? List.of()
                : jdbc.sql("select name from account where username in (:usernames) order by username")
                        .param("usernames", usernames)
                        .query(String.class)
                        .list();
    }

    private static int count(List<Entry> entries, VisitKind kind) {
        return (int) entries.stream().filter(entry -> entry.kind() == kind).count();
    }
}
