package org.manyi.org;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.manyi.org.PostKeys.Post;
import org.manyi.security.Accounts;
import org.manyi.security.Accounts.Account;
import org.manyi.security.Accounts.NewAccount;
import org.manyi.security.CurrentUser;
import org.manyi.security.Role;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.MovableClock;
import org.manyi.spreadsheet.ImportKind;
import org.manyi.spreadsheet.ImportWords;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * People and the posts they hold from a workbook, one post a row: the rows of one person share the username, and only the first
 * needs the rest. Known people get the posts and, where given, phone and mail; posts held already stay, none is taken away.
 *
 * <p>There is no safe channel to hand thousands of people their passwords, so a new account has none: nobody can log in to it until
 * the security administrator sets one, which must be changed at the first login.
 */
@Component
class UsersImport implements ImportKind {

    private static final String ACCOUNT = "account";
    private static final String HOLDING = "holding";
    private static final String CONTACT = "contact";
    private static final Pattern USERNAME = Pattern.compile("[a-z0-9][a-z0-9._-]{1,63}");
    private static final Pattern PHONE = Pattern.compile("[+]?[0-9][0-9 -]{4,18}[0-9]");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s,;<>\"]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");
    private static final int NAME = 60;
    private static final int CHUNK = 500;

    private final ImportWords words = new ImportWords("users");
    private final Numerals numerals = new Numerals(words.word("numerals.digits"), words.word("numerals.ten"));
    private final Organisation organisation;
    private final OrganisationAdministration administration;
    private final Accounts accounts;
    private final OrganisationUse use;
    private final MovableClock clock;

    UsersImport(
            Organisation organisation,
            OrganisationAdministration administration,
            Accounts accounts,
            @Lazy OrganisationUse use,
            MovableClock clock) {
        this.organisation = organisation;
        this.administration = administration;
        this.accounts = accounts;
        this.use = use;
        this.clock = clock;
    }

    @Override
    public String kind() {
        return "users";
    }

    @Override
    public List<Column> columns() {
        return List.of(
                words.code("username", true, true),
                words.text("name", false),
                words.code("unitCode", true, true),
                words.text("role", true),
                words.code("phone", false, false),
                words.text("email", false),
                words.text("contactSchools", false),
                words.day("since", false));
    }

    @Override
    public boolean mayImport(CurrentUser user) {
        return user.is(Role.SECADMIN) || user.is(Role.SYSADMIN);
    }

    @Override
    public List<RowProblem> check(List<Row> rows) {
        return new Check(rows).run();
    }

    @Override
    public List<Change> apply(List<Row> rows, CurrentUser user, String batchId) {
        List<Change> changes = new ArrayList<>();
        Map<String, Row> firstRow = new HashMap<>();
        rows.forEach(row -> firstRow.putIfAbsent(username(row), row));
        Map<String, Person> people = people(rows);
        Map<String, Account> known = accountsOf(people.keySet());
        accounts.create(people.values().stream()
                .filter(person -> !known.containsKey(person.username))
                .map(UsersImport::newAccount)
                .toList());
        people.values().stream()
                .filter(person -> !known.containsKey(person.username))
                .forEach(person ->
                        changes.add(change(firstRow.get(person.username), ACCOUNT, person.username, null, Map.of())));
        people.values().stream()
                .filter(person -> known.containsKey(person.username))
                .forEach(person -> describe(person, known.get(person.username))
                        .ifPresent(after -> changes.add(change(
                                firstRow.get(person.username),
                                ACCOUNT,
                                person.username,
                                reach(known.get(person.username)),
                                after))));
        for (Row row : rows) {
            String post = postOf(row, organisation.unit(row.get("unitCode")))
                    .orElseThrow()
                    .key();
            if (PostKeys.isLeader(post)) {
                administration.ensureLeader(leaderNumber(post));
            }
            if (administration.assignSince(post, username(row), since(row))) {
                changes.add(change(row, HOLDING, username(row), null, Map.of("post", post, "since", row.get("since"))));
            }
            for (String school : ImportWords.parts(row.get("contactSchools"))) {
                String before = administration.contactOf(school);
                administration.changeContactLeader(school, post);
                if (!post.equals(before)) {
                    changes.add(change(row, CONTACT, school, values("post", before), Map.of("post", post)));
                }
            }
        }
        return changes;
    }

    private static Change change(
            Row row, String what, String key, Map<String, String> before, Map<String, String> after) {
        return new Change(row.sheet(), row.number(), what, key, before, after);
    }

    private static Map<String, String> values(String name, String value) {
        Map<String, String> values = new HashMap<>();
        values.put(name, value);
        return values;
    }

    private static Map<String, String> reach(Account account) {
        Map<String, String> reach = values("phone", account.phone());
        reach.put("email", account.email());
        return reach;
    }

    /** A new account goes with its posts, or stays with them. */
    @Override
    public List<Kept> revert(List<Change> changes) {
        List<Kept> kept = new ArrayList<>();
        Map<String, Change> made = new LinkedHashMap<>();
        Map<String, Set<String>> given = new HashMap<>();
        changes.stream()
                .filter(change -> change.what().equals(ACCOUNT) && change.before() == null)
                .forEach(change -> made.put(change.key(), change));
        changes.stream().filter(change -> change.what().equals(HOLDING)).forEach(change -> given.computeIfAbsent(
                        change.key(), person -> new HashSet<>())
                .add(change.after().get("post")));
        Set<String> staying = staying(made.keySet(), given);
        for (Change change : changes) {
            switch (change.what()) {
                case CONTACT -> revertContact(change, kept);
                case HOLDING -> {
                    if (!staying.contains(change.key())) {
                        administration.unassign(change.after().get("post"), change.key(), since(change));
                    }
                }
                default -> {
                    if (change.before() != null) {
                        revertReach(change, kept);
                    }
                }
            }
        }
        accounts.removeUnused(made.keySet().stream()
                .filter(username -> !staying.contains(username))
                .toList());
        staying.forEach(username -> kept.add(new Kept(
                made.get(username), FieldProblem.of("username", "kept", "org.problem.kept.account", username))));
        return kept;
    }

    private static LocalDate since(Change change) {
        String since = change.after().get("since");
        return since.isEmpty() ? null : LocalDate.parse(since);
    }

    /** Those of the new accounts that somebody built on: they can be logged in to, have other posts, or were given work. */
    private Set<String> staying(Set<String> made, Map<String, Set<String>> given) {
        Set<String> staying = new LinkedHashSet<>(made);
        staying.removeAll(accounts.unused(made));
        administration.postsOf(made).forEach((username, posts) -> {
            posts.removeAll(given.getOrDefault(username, Set.of()));
            if (!posts.isEmpty()) {
                staying.add(username);
            }
        });
        staying.addAll(use.peopleInUse(made));
        return staying;
    }

    private void revertContact(Change change, List<Kept> kept) {
        if (Objects.equals(
                administration.contactOf(change.key()), change.after().get("post"))) {
            administration.changeContactLeader(change.key(), change.before().get("post"));
        } else {
            kept.add(new Kept(
                    change, FieldProblem.of("contactSchools", "kept", "org.problem.kept.changed", change.key())));
        }
    }

    private void revertReach(Change change, List<Kept> kept) {
        Account now = accounts.find(change.key()).orElseThrow();
        if (reach(now).equals(change.after())) {
            accounts.describe(
                    now.username(),
                    now.name(),
                    change.before().get("phone"),
                    change.before().get("email"));
        } else {
            kept.add(new Kept(change, FieldProblem.of("phone", "kept", "org.problem.kept.changed", change.key())));
        }
    }

    private static NewAccount newAccount(Person person) {
        return new NewAccount(person.username, person.name, person.phone, person.email, null, null, false);
    }

    /** How the person is reached from now on; empty when nothing changed. */
    private Optional<Map<String, String>> describe(Person person, Account account) {
        String phone = person.phone == null ? account.phone() : person.phone;
        String email = person.email == null ? account.email() : person.email;
        if (!Objects.equals(phone, account.phone()) || !Objects.equals(email, account.email())) {
            accounts.describe(account.username(), account.name(), phone, email);
            Map<String, String> reach = values("phone", phone);
            reach.put("email", email);
            return Optional.of(reach);
        }
        return Optional.empty();
    }

    /** A person as the rows together describe them; null where no row says it. */
    private static final class Person {

        private final String username;
        private String name;
        private String phone;
        private String email;

        Person(String username) {
            this.username = username;
        }
    }

    private static Map<String, Person> people(List<Row> rows) {
        Map<String, Person> people = new LinkedHashMap<>();
        for (Row row : rows) {
            Person person = people.computeIfAbsent(username(row), Person::new);
            person.name = firstOf(person.name, row.get("name"));
            person.phone = firstOf(person.phone, row.get("phone"));
            person.email = firstOf(person.email, row.get("email"));
        }
        return people;
    }

    private static String firstOf(String before, String cell) {
        return before == null && !cell.isBlank() ? cell : before;
    }

    private static String username(Row row) {
        return row.get("username").toLowerCase(Locale.ROOT);
    }

    private Map<String, Account> accountsOf(Set<String> usernames) {
        Map<String, Account> found = new HashMap<>();
        List<String> all = List.copyOf(usernames);
        for (int start = 0; start < all.size(); start += CHUNK) {
            accounts.findAll(all.subList(start, Math.min(start + CHUNK, all.size())))
                    .forEach(account -> found.put(account.username(), account));
        }
        return found;
    }

    /** The post that a row names, in the unit that it names; empty when the unit has no such post. */
    private Optional<Post> postOf(Row row, Unit unit) {
        String word = ImportWords.normal(row.get("role"));
        Optional<Post> post = words.meaning("role." + unit.type(), word)
                .flatMap(role -> PostKeys.postsOf(unit.type(), unit.code()).stream()
                        .filter(candidate -> candidate.role().equals(role))
                        .findFirst());
        return post.isPresent() || unit.type() != UnitType.BUREAU ? post : leaderOf(word);
    }

    private Optional<Post> leaderOf(String word) {
        return words.words("role.BUREAU.leader").stream()
                .map(ImportWords::normal)
                .filter(word::startsWith)
                .map(title -> numerals.parse(word.substring(title.length())))
                .flatMap(Optional::stream)
                .findFirst()
                .map(PostKeys::leader);
    }

    /** Since when the post is held; null when the row does not say. */
    private static LocalDate since(Row row) {
        return row.get("since").isEmpty() ? null : LocalDate.parse(row.get("since"));
    }

    private static int leaderNumber(String postKey) {
        return Integer.parseInt(postKey.substring(postKey.indexOf(':') + 1));
    }

    /** One look at all rows, against each other and what exists. */
    private final class Check {

        private final List<Row> rows;
        private final List<RowProblem> problems = new ArrayList<>();
        private final Map<String, Row> firstRow = new HashMap<>();
        private final Map<String, Optional<Unit>> units = new HashMap<>();
        private final Map<String, String> takenInFile = new HashMap<>();
        private final Set<String> assignments = new HashSet<>();
        private final Set<String> contactSchools = new LinkedHashSet<>();
        private final Map<String, Account> known;

        Check(List<Row> rows) {
            this.rows = rows;
            this.known = accountsOf(people(rows).keySet());
        }

        List<RowProblem> run() {
            rows.forEach(row -> {
                checkPerson(row);
                checkPost(row);
            });
            return problems;
        }

        private void checkPerson(Row row) {
            String username = username(row);
            Row first = firstRow.putIfAbsent(username, row);
            if (first == null) {
                checkFirst(row, username);
            } else {
                checkSame(row, first, "name");
                checkSame(row, first, "phone");
                checkSame(row, first, "email");
            }
            check(row, "phone", PHONE, "org.problem.phone");
            check(row, "email", EMAIL, "org.problem.email");
        }

        private void checkFirst(Row row, String username) {
            if (!USERNAME.matcher(username).matches()) {
                add(row, FieldProblem.of("username", "format", "org.problem.username"));
                return;
            }
            Account account = known.get(username);
            if (account != null) {
                administration.problemOf(Optional.of(account), username).ifPresent(problem -> add(row, problem));
                if (!row.get("name").isBlank() && !row.get("name").equals(account.name())) {
                    add(row, FieldProblem.of("name", "differs", "org.problem.name.differs", username, account.name()));
                }
            } else if (row.get("name").isBlank()) {
                add(row, FieldProblem.of("name", "required", "shared.field.required"));
            } else if (row.get("name").length() > NAME) {
                add(row, FieldProblem.of("name", "tooLong", "shared.field.tooLong", NAME));
            }
        }

        /** A later row of the same person repeats the first, or leaves it blank. */
        private void checkSame(Row row, Row first, String field) {
            if (!row.get(field).isBlank() && !row.get(field).equals(first.get(field))) {
                add(row, FieldProblem.of(field, "differs", "org.problem.sameUsername", username(row), first.number()));
            }
        }

        private void check(Row row, String field, Pattern pattern, String messageKey) {
            if (!row.get(field).isBlank() && !pattern.matcher(row.get(field)).matches()) {
                add(row, FieldProblem.of(field, "format", messageKey));
            }
        }

        private void checkPost(Row row) {
            Optional<Unit> unit = unit(row.get("unitCode")).filter(Unit::active);
            if (unit.isEmpty()) {
                add(row, FieldProblem.of("unitCode", "unknown", "org.problem.unit.unknown", row.get("unitCode")));
                return;
            }
            Optional<Post> post = postOf(row, unit.get());
            if (post.isEmpty()) {
                add(
                        row,
                        FieldProblem.of(
                                "role",
                                "unknown",
                                "org.problem.role.unknown",
                                unit.get().name(),
                                row.get("role")));
                return;
            }
            LocalDate since = since(row);
            if (since != null && since.isAfter(clock.today())) {
                add(row, FieldProblem.of("since", "future", "org.problem.since.future"));
            }
            checkHolder(row, post.get());
            checkContactSchools(row, post.get());
        }

        private void checkHolder(Row row, Post post) {
            String username = username(row);
            if (!assignments.add(username + "\n" + post.key())) {
                add(row, FieldProblem.of("role", "duplicate", "org.problem.duplicate.post", username));
                return;
            }
            if (!PostKeys.heldByOne(post.role())) {
                return;
            }
            String inFile = takenInFile.putIfAbsent(post.key(), username);
            Optional<String> holder = Optional.ofNullable(inFile)
                    .or(() -> administration.holderOf(post.key()))
                    .filter(other -> !other.equals(username));
            holder.ifPresent(
                    other -> add(row, FieldProblem.of("role", "occupied", "org.problem.post.occupied", other)));
        }

        private void checkContactSchools(Row row, Post post) {
            List<String> schools = ImportWords.parts(row.get("contactSchools"));
            if (!schools.isEmpty() && !PostKeys.isLeader(post.key())) {
                add(row, FieldProblem.of("contactSchools", "type", "org.problem.contact.onlyLeaders"));
                return;
            }
            for (String school : schools) {
                if (unit(school).filter(unit -> unit.type() == UnitType.SCHOOL).isEmpty()) {
                    add(row, FieldProblem.of("contactSchools", "unknown", "org.problem.contact.unknown", school));
                } else if (!contactSchools.add(school)) {
                    add(row, FieldProblem.of("contactSchools", "duplicate", "org.problem.contact.twice", school));
                }
            }
        }

        private Optional<Unit> unit(String code) {
            return units.computeIfAbsent(code, organisation::find);
        }

        private void add(Row row, FieldProblem problem) {
            problems.add(new RowProblem(row, problem));
        }
    }
}
