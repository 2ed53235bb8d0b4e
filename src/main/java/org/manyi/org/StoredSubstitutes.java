package org.manyi.org;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUser;
import org.manyi.security.HeldPost;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.ForbiddenException;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.Texts;
import org.manyi.shared.ValidationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Substitutions as kept in {@code org_holding}: rows that name for whom the post is held. */
@Service
@Transactional(readOnly = true)
class StoredSubstitutes implements Substitutes {

    /** Who hears protected matters is decided by the administrator of accounts alone. */
    private static final String PROTECTOR = "bureau:child-protection";

    private static final int LONGEST = 366;
    private static final Set<String> HEADS = Set.of("chair", "head", "principal");
    private static final Set<String> BUREAU_SIDE = Set.of("BUREAU", "DEPARTMENT", "DISTRICT", "TEAM");

    private static final String ROWS =
            "select id, post_key, username, from_day, until_day, substitute_for from org_holding";
    private static final String HELD_TODAY =
            " (h.from_day is null or h.from_day <= :today) and (h.until_day is null or h.until_day > :today)";

    private final JdbcClient jdbc;
    private final Organisation organisation;
    private final OrganisationAdministration administration;
    private final Accounts accounts;
    private final MovableClock clock;

    StoredSubstitutes(
            JdbcClient jdbc,
            Organisation organisation,
            OrganisationAdministration administration,
            Accounts accounts,
            MovableClock clock) {
        this.jdbc = jdbc;
        this.organisation = organisation;
        this.administration = administration;
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public List<Standing> standingsOf(String username) {
        return jdbc.sql("select distinct h.substitute_for, h.post_key from org_holding h where h.username = :username"
                        + " and h.substitute_for is not null and" + HELD_TODAY
                        + " order by h.substitute_for, h.post_key")
                .param("username", username)
                .param("today", clock.today())
                .query((row, n) -> new Standing(row.getString("substitute_for"), row.getString("post_key")))
                .list();
    }

    @Override
    public Map<String, LocalDate> onLeave(Collection<String> usernames) {
        Map<String, LocalDate> leaves = new HashMap<>();
        if (!usernames.isEmpty()) {
            jdbc.sql("select h.substitute_for, max(h.until_day) as until_day from org_holding h"
                            + " where h.substitute_for in (:usernames) and" + HELD_TODAY
                            + " group by h.substitute_for")
                    .param("usernames", Set.copyOf(usernames))
                    .param("today", clock.today())
                    .query(row -> {
                        leaves.put(
                                row.getString("substitute_for"),
                                row.getObject("until_day", LocalDate.class).minusDays(1));
                    });
        }
        return leaves;
    }

    @Override
    public List<Substitution> endedBetween(LocalDate from, LocalDate to) {
        return named(jdbc.sql(ROWS + " where substitute_for is not null and until_day > :from and until_day <= :until"
                        + " order by until_day, id")
                .param("from", from)
                .param("until", to.plusDays(1))
                .query(StoredSubstitutes::read)
                .list());
    }

    @Override
    public List<Substitution> of(CurrentUser user) {
        Set<String> absentees =
                absentees(user).stream().map(Person::username).collect(Collectors.toCollection(LinkedHashSet::new));
        return named(jdbc.sql(ROWS + " where substitute_for is not null and until_day > :today and from_day < until_day"
                        + " and (substitute_for in (:absentees) or username = :me) order by from_day, id")
                .param("today", clock.today())
                .param("absentees", absentees)
                .param("me", user.username())
                .query(StoredSubstitutes::read)
                .list());
    }

    @Override
    public List<Person> absentees(CurrentUser user) {
        List<Person> people = new ArrayList<>(List.of(new Person(user.username(), user.name())));
        Set<String> units = headed(user);
        if (!units.isEmpty()) {
            people.addAll(people(
                    jdbc.sql("select distinct h.username from org_holding h join org_post p on p.post_key = h.post_key"
                                    + " where p.unit_code in (:units) and h.substitute_for is null and h.username <> :me"
                                    + " and p.post_key <> :protector and" + HELD_TODAY)
                            .param("units", units)
                            .param("me", user.username())
                            .param("protector", PROTECTOR)
                            .param("today", clock.today())
                            .query(String.class)
                            .list()));
        }
        return List.copyOf(people);
    }

    @Override
    public Map<String, String> posts(String absent, CurrentUser user) {
        boolean own = absent.equals(user.username());
        Set<String> units = own ? Set.of() : headed(user);
        Map<String, String> unitsOfPosts = new LinkedHashMap<>();
        if (Texts.storable(absent)) {
            jdbc.sql("select p.post_key, p.unit_code from org_holding h join org_post p on p.post_key = h.post_key"
                            + " where h.username = :absent and h.substitute_for is null and p.post_key <> :protector and"
                            + HELD_TODAY + " order by p.unit_code, p.place")
                    .param("absent", absent)
                    .param("protector", PROTECTOR)
                    .param("today", clock.today())
                    .query(row -> {
                        unitsOfPosts.putIfAbsent(row.getString("post_key"), row.getString("unit_code"));
                    });
        }
        unitsOfPosts.values().removeIf(unit -> !own && !units.contains(unit));
        if (!own && unitsOfPosts.isEmpty()) {
            throw new ForbiddenException("org.problem.substitute.notYours");
        }
        return organisation.postNames(unitsOfPosts.keySet());
    }

    @Override
    public List<Person> choices(String absent, CurrentUser user) {
        Set<String> posts = posts(absent, user).keySet();
        if (posts.isEmpty()) {
            return List.of();
        }
        Set<String> units = posts.stream().map(organisation::unitOf).collect(Collectors.toSet());
        boolean bureauSide = organisation.findAll(units).stream()
                .anyMatch(unit -> BUREAU_SIDE.contains(unit.type().name()));
        return people(
                jdbc.sql("select distinct h.username from org_holding h join org_post p on p.post_key = h.post_key"
                                + " join org_unit u on u.code = p.unit_code where h.substitute_for is null and h.username <> :absent"
                                + " and (p.unit_code in (:units)" + (bureauSide ? " or u.type in (:types)" : "")
                                + ") and"
                                + HELD_TODAY)
                        .param("absent", absent)
                        .param("units", units)
                        .param("types", BUREAU_SIDE)
                        .param("today", clock.today())
                        .query(String.class)
                        .list());
    }

    @Override
    @Transactional
    public List<Substitution> arrange(
            String absent, String substitute, Set<String> posts, LocalDate from, LocalDate lastDay, CurrentUser user) {
        Set<String> may = posts(absent, user).keySet();
        Set<String> chosen = posts.isEmpty() ? may : posts;
        List<FieldProblem> problems = new ArrayList<>();
        if (substitute == null || substitute.isBlank()) {
            problems.add(FieldProblem.of("substitute", "required", "shared.field.required"));
        } else if (choices(absent, user).stream()
                .noneMatch(person -> person.username().equals(substitute.strip()))) {
            boolean self = substitute.strip().equals(absent);
            problems.add(FieldProblem.of(
                    "substitute",
                    self ? "self" : "choice",
                    self ? "org.problem.substitute.self" : "org.problem.substitute.choice"));
        }
        if (chosen.isEmpty() || !may.containsAll(chosen)) {
            problems.add(FieldProblem.of("posts", "choice", "org.problem.substitute.posts"));
        }
        if (from == null) {
            problems.add(FieldProblem.of("from", "required", "shared.field.required"));
        } else if (from.isBefore(clock.today()) || from.isAfter(clock.today().plusDays(LONGEST))) {
            problems.add(FieldProblem.of("from", "range", "org.problem.substitute.from"));
        }
        if (lastDay == null) {
            problems.add(FieldProblem.of("lastDay", "required", "shared.field.required"));
        } else if (from != null && (lastDay.isBefore(from) || lastDay.isAfter(from.plusDays(LONGEST)))) {
            problems.add(FieldProblem.of("lastDay", "order", "org.problem.substitute.length"));
        }
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
        try {
            for (String post : new TreeSet<>(chosen)) {
                administration.substitute(post, substitute.strip(), absent, from, lastDay);
            }
        } catch (ValidationException e) {
            throw new ValidationException(e.fields().stream()
                    .map(problem -> problem.field().equals("username")
                            ? new FieldProblem("substitute", problem.code(), problem.messageKey(), problem.args())
                            : problem)
                    .toList());
        }
        return of(user).stream()
                .filter(one -> one.absent().equals(absent)
                        && one.substitute().equals(substitute.strip())
                        && chosen.contains(one.postKey())
                        && one.from().equals(from)
                        && one.lastDay().equals(lastDay))
                .toList();
    }

    @Override
    @Transactional
    public void end(long id, CurrentUser user) {
        Substitution found =
                of(user).stream().filter(one -> one.id() == id).findFirst().orElseThrow(NotFoundException::new);
        if (absentees(user).stream().noneMatch(person -> person.username().equals(found.absent()))) {
            throw new NotFoundException();
        }
        administration.endSubstitution(id);
    }

    private static Set<String> headed(CurrentUser user) {
        return user.posts().stream()
                .filter(post -> !post.substitute() && HEADS.contains(post.role()))
                .map(HeldPost::unitCode)
                .collect(Collectors.toSet());
    }

    private List<Person> people(Collection<String> usernames) {
        return accounts.findAll(usernames).stream()
                .filter(Accounts.Account::active)
                .map(account -> new Person(account.username(), account.name()))
                .sorted(Comparator.comparing(Person::name).thenComparing(Person::username))
                .toList();
    }

    /** A row before its names are known. */
    private record Row(long id, String post, String username, LocalDate from, LocalDate until, String absent) {}

    private static Row read(ResultSet row, int n) throws SQLException {
        return new Row(
                row.getLong("id"),
                row.getString("post_key"),
                row.getString("username"),
                row.getObject("from_day", LocalDate.class),
                row.getObject("until_day", LocalDate.class),
                row.getString("substitute_for"));
    }

    private List<Substitution> named(List<Row> rows) {
        Map<String, String> names = accounts.names(rows.stream()
                .flatMap(row -> Stream.of(row.username(), row.absent()))
                .collect(Collectors.toSet()));
        Map<String, String> posts =
                organisation.postNames(rows.stream().map(Row::post).toList());
        return rows.stream()
                .map(row -> new Substitution(
                        row.id(),
                        row.post(),
                        posts.get(row.post()),
                        row.absent(),
                        names.getOrDefault(row.absent(), row.absent()),
                        row.username(),
                        names.getOrDefault(row.username(), row.username()),
                        row.from(),
                        row.until().minusDays(1)))
                .toList();
    }
}
