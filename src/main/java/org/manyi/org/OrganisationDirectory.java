package org.manyi.org;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.manyi.org.UnitFacts.Contact;
import org.manyi.org.UnitFacts.FormerName;
import org.manyi.org.UnitFacts.Holder;
import org.manyi.org.UnitFacts.PostFacts;
import org.manyi.org.UnitFacts.Remit;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUser;
import org.manyi.security.Role;
import org.manyi.shared.Count;
import org.manyi.shared.Cursor;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.Slice;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a person may look up of the organisation. Schools and outside bodies see themselves, a school district itself and its
 * schools; everybody else may raise issues about any school or administers, and sees all units. This is about units only: which
 * cases a person sees is {@link Visibility}'s business.
 */
@Service
@Transactional(readOnly = true)
public class OrganisationDirectory {

    private static final Set<Role> SEE_ALL_UNITS = EnumSet.of(
            Role.CHAIR,
            Role.DEPUTY,
            Role.LEADER,
            Role.PROTECTOR,
            Role.DEPARTMENT,
            Role.INSPECTOR,
            Role.SYSADMIN,
            Role.SECADMIN,
            Role.AUDITOR);

    private final JdbcClient jdbc;
    private final Organisation organisation;
    private final Visibility visibility;
    private final Kinds kinds;
    private final PostNames postNames;
    private final Accounts accounts;
    private final MovableClock clock;

    OrganisationDirectory(
            JdbcClient jdbc,
            Organisation organisation,
            Visibility visibility,
            Kinds kinds,
            PostNames postNames,
            Accounts accounts,
            MovableClock clock) {
        this.jdbc = jdbc;
        this.organisation = organisation;
        this.visibility = visibility;
        this.kinds = kinds;
        this.postNames = postNames;
        this.accounts = accounts;
        this.clock = clock;
    }

    /** The active schools that the person may see, by code. */
    public Slice<SchoolItem> schools(String cursor, int size, CurrentUser user) {
        return page(new UnitQuery(UnitType.SCHOOL, null, null, null, false, cursor, size), user)
                .map(unit -> new SchoolItem(
                        unit.code(),
                        unit.name(),
                        unit.shortName(),
                        unit.kind(),
                        PostKeys.BUREAU.equals(unit.parentCode()) ? null : unit.parentCode()));
    }

    /** The units that the person may see, by code. */
    public Slice<UnitItem> units(UnitQuery query, CurrentUser user) {
        Slice<Unit> page = page(query, user);
        Map<String, String> kindNames = kinds.names();
        Map<String, String> parents = parentNames(page.items());
        Map<String, String> former = query.text() == null ? Map.of() : formerNamesLike(query.text(), page.items());
        Map<String, List<String>> inCharge = inCharge(page.items());
        return page.map(unit -> new UnitItem(
                unit,
                kindNames.get(unit.kind()),
                parents.get(unit.parentCode()),
                foundByName(unit, query.text()) ? null : former.get(unit.code()),
                inCharge.getOrDefault(unit.code(), List.of())));
    }

    /** How many active units of each type the person may see, capped; types without any are left out. */
    public Map<UnitType, Count> counts(CurrentUser user) {
        Map<UnitType, Count> counts = new EnumMap<>(UnitType.class);
        for (UnitType type : UnitType.values()) {
            Count count = count(new Filter(new UnitQuery(type, null, null, null, false, null, 1), scope(user)));
            if (count.value() > 0) {
                counts.put(type, count);
            }
        }
        return counts;
    }

    /** The names of the kinds of institution in the current language, by code. */
    public Map<String, String> kindNames() {
        return kinds.names();
    }

    /** The same without those that are retired, but for one that a unit has already; {@code own} may be null. */
    public Map<String, String> kindNamesToGive(String own) {
        Map<String, String> names = kinds.names();
        Set<String> offered = kinds.offered();
        names.keySet().removeIf(kind -> !offered.contains(kind) && !kind.equals(own));
        return names;
    }

    /**
     * A unit with its posts and holders.
     *
     * @throws NotFoundException when there is none, or it is not the person's to see
     */
    public UnitFacts facts(String code, CurrentUser user) {
        Unit unit = organisation.unit(code);
        if (!sees(user, code)) {
            throw new NotFoundException();
        }
        return new UnitFacts(
                unit,
                kinds.names().get(unit.kind()),
                Optional.ofNullable(unit.parentCode())
                        .flatMap(organisation::find)
                        .orElse(null),
                formerNames(code),
                posts(unit),
                unit.type() == UnitType.SCHOOL ? contact(code) : null,
                unit.type() == UnitType.BUREAU ? remits() : List.of());
    }

    /** Whether the person may look the unit up. */
    public boolean sees(CurrentUser user, String code) {
        return scope(user).all() || visibility.covers(user, code);
    }

    /**
     * A post with its holders.
     *
     * @throws NotFoundException when there is no such post
     */
    public PostFacts post(String postKey) {
        return posts(organisation.unit(organisation.unitOf(postKey))).stream()
                .filter(post -> post.key().equals(postKey))
                .findFirst()
                .orElseThrow(NotFoundException::new);
    }

    /** The posts of the contact leaders with their holders, by number. */
    public List<PostFacts> leaders() {
        return organisation
                .find(PostKeys.BUREAU)
                .map(bureau -> posts(bureau).stream()
                        .filter(post -> PostKeys.isLeader(post.key()))
                        .toList())
                .orElse(List.of());
    }

    private Visibility.Scope scope(CurrentUser user) {
        return user.roles().stream().anyMatch(SEE_ALL_UNITS::contains)
                ? new Visibility.Scope(true, Set.of())
                : visibility.scopeOf(user);
    }

    /** The conditions of a list, and their parameters. */
    private static final class Filter {

        private final StringBuilder where = new StringBuilder(" from org_unit u where u.active = :active");
        private final Map<String, Object> params = new HashMap<>();

        Filter(UnitQuery query, Visibility.Scope scope) {
            params.put("active", !query.closed());
            and(
                    "u.type in (:types)",
                    "types",
                    query.type() == UnitType.DEPARTMENT
                            ? List.of(UnitType.BUREAU.name(), UnitType.DEPARTMENT.name())
                            : List.of(query.type().name()));
            and("u.kind = :kind", "kind", query.kind());
            and("u.parent_code = :district", "district", query.district());
            and(
                    "(u.name ilike :text escape '!' or u.short_name ilike :text escape '!' or u.code ilike :text escape '!'"
                            + " or exists (select 1 from org_former_name f where f.unit_code = u.code and f.name ilike :text escape '!'))",
                    "text",
                    query.text() == null ? null : UnitRows.contains(query.text()));
            if (!scope.all()) {
                and(
                        "exists (select 1 from org_unit_scope s where s.unit_code = u.code and s.scope_key in (:scope))",
                        "scope",
                        scope.scopeKeys().isEmpty() ? Set.of("") : scope.scopeKeys());
            }
        }

        private void and(String condition, String name, Object value) {
            if (value != null) {
                where.append(" and ").append(condition);
                params.put(name, value);
            }
        }
    }

    private Slice<Unit> page(UnitQuery query, CurrentUser user) {
        Filter all = new Filter(query, scope(user));
        Count count = count(all);
        Cursor cursor = Cursor.decode(query.cursor(), 1);
        if (cursor != null) {
            all.and("u.code > :after", "after", cursor.parts().get(0));
        }
        List<Unit> rows = jdbc.sql(
                        "select " + UnitRows.COLUMNS + all.where + " order by u.code fetch first :limit rows only")
                .params(all.params)
                .param("limit", query.size() + 1)
                .query(UnitRows::read)
                .list();
        return Slice.of(rows, query.size(), unit -> Cursor.of(unit.code()), count);
    }

    private Count count(Filter filter) {
        return Count.ofLimited(
                jdbc.sql("select count(*) from (select 1" + filter.where + " fetch first :limit rows only) counted")
                        .params(filter.params)
                        .param("limit", Count.CAP + 1)
                        .query(Long.class)
                        .single());
    }

    private Map<String, String> parentNames(List<Unit> units) {
        Set<String> codes = new LinkedHashSet<>();
        units.stream().filter(unit -> unit.type() == UnitType.SCHOOL).forEach(unit -> codes.add(unit.parentCode()));
        Map<String, String> names = new HashMap<>();
        if (!codes.isEmpty()) {
            jdbc.sql("select code, short_name from org_unit where code in (:codes)")
                    .param("codes", codes)
                    .query(row -> {
                        names.put(row.getString("code"), row.getString("short_name"));
                    });
        }
        return names;
    }

    private static boolean foundByName(Unit unit, String text) {
        if (text == null) {
            return true;
        }
        String sought = text.strip().toLowerCase(java.util.Locale.ROOT);
        return (unit.code() + "\n" + unit.name() + "\n" + unit.shortName())
                .toLowerCase(java.util.Locale.ROOT)
                .contains(sought);
    }

    private Map<String, String> formerNamesLike(String text, List<Unit> units) {
        Map<String, String> names = new HashMap<>();
        if (!units.isEmpty()) {
            jdbc.sql(
                            "select unit_code, name from org_former_name where unit_code in (:codes) and name ilike :text escape '!'")
                    .param("codes", units.stream().map(Unit::code).toList())
                    .param("text", UnitRows.contains(text))
                    .query(row -> {
                        names.put(row.getString("unit_code"), row.getString("name"));
                    });
        }
        return names;
    }

    /** The names of the holders of the posts in charge, by unit. */
    private Map<String, List<String>> inCharge(List<Unit> units) {
        Map<String, String> unitOfPost = new LinkedHashMap<>();
        units.forEach(unit -> unitOfPost.put(PostKeys.chargePost(unit), unit.code()));
        Map<String, List<String>> inCharge = new HashMap<>();
        holdings(unitOfPost.keySet(), true)
                .forEach((post, holders) -> inCharge.put(
                        unitOfPost.get(post),
                        holders.stream().map(Holder::name).distinct().toList()));
        return inCharge;
    }

    private List<FormerName> formerNames(String code) {
        return jdbc.sql(
                        "select name, until_day from org_former_name where unit_code = :code order by until_day desc, name")
                .param("code", code)
                .query((row, n) -> new FormerName(row.getString("name"), row.getObject("until_day", LocalDate.class)))
                .list();
    }

    private List<PostFacts> posts(Unit unit) {
        Map<String, String> roles = new LinkedHashMap<>();
        jdbc.sql("select post_key, role from org_post where unit_code = :code order by place, post_key")
                .param("code", unit.code())
                .query(row -> {
                    roles.put(row.getString("post_key"), row.getString("role"));
                });
        Map<String, List<Holder>> holders = holdings(roles.keySet(), false);
        Map<String, Integer> contactSchools = unit.type() == UnitType.BUREAU ? contactSchools() : Map.of();
        List<PostFacts> posts = new ArrayList<>();
        roles.forEach((key, role) -> posts.add(new PostFacts(
                key,
                postNames.role(key, role, unit),
                PostKeys.heldByOne(role),
                PostKeys.isLeader(key) ? contactSchools.getOrDefault(key, 0) : null,
                holders.getOrDefault(key, List.of()))));
        return posts;
    }

    private Map<String, Integer> contactSchools() {
        Map<String, Integer> schools = new HashMap<>();
        jdbc.sql("""
                        select c.post_key, count(*) schools from org_contact c join org_unit u on u.code = c.school_code
                         where u.active = true group by c.post_key
                        """).query(row -> {
            schools.put(row.getString("post_key"), row.getInt("schools"));
        });
        return schools;
    }

    /** Who holds posts, by post; coming holders and substitutes too, unless only today's are asked for. */
    private Map<String, List<Holder>> holdings(Collection<String> posts, boolean todayOnly) {
        if (posts.isEmpty()) {
            return Map.of();
        }
        record Row(String post, String username, LocalDate from, LocalDate until, String substituteFor) {}
        List<Row> rows = jdbc.sql("""
                        select post_key, username, from_day, until_day, substitute_for from org_holding
                         where post_key in (:posts) and (until_day is null or until_day > :today)
                           and (from_day is null or from_day <= :latest)
                         order by case when substitute_for is null then 0 else 1 end, id
                        """)
                .param("posts", posts)
                .param("today", clock.today())
                .param("latest", todayOnly ? clock.today() : LocalDate.of(9999, 12, 31))
                .query((row, n) -> new Row(
                        row.getString("post_key"),
                        row.getString("username"),
                        row.getObject("from_day", LocalDate.class),
                        row.getObject("until_day", LocalDate.class),
                        row.getString("substitute_for")))
                .list();
        Set<String> usernames = new LinkedHashSet<>();
        rows.forEach(row -> {
            usernames.add(row.username());
            if (row.substituteFor() != null) {
                usernames.add(row.substituteFor());
            }
        });
        Map<String, String> names = accounts.names(usernames);
        Map<String, List<Holder>> holders = new LinkedHashMap<>();
        for (Row row : rows) {
            holders.computeIfAbsent(row.post(), post -> new ArrayList<>())
                    .add(new Holder(
                            row.username(),
                            names.getOrDefault(row.username(), row.username()),
                            row.from(),
                            row.until() == null ? null : row.until().minusDays(1),
                            row.substituteFor() == null
                                    ? null
                                    : names.getOrDefault(row.substituteFor(), row.substituteFor())));
        }
        return holders;
    }

    private Contact contact(String schoolCode) {
        String named = jdbc.sql("select post_key from org_contact where school_code = :code")
                .param("code", schoolCode)
                .query(String.class)
                .optional()
                .orElse(null);
        String answering = organisation.contactLeaderPost(schoolCode);
        return new Contact(
                named,
                answering,
                organisation.postName(answering),
                List.copyOf(
                        accounts.names(organisation.holders(List.of(answering))).values()));
    }

    private List<Remit> remits() {
        return jdbc.sql("select code, post_key from org_remit order by place")
                .query((row, n) -> new Remit(row.getString("code"), row.getString("post_key")))
                .list();
    }
}
