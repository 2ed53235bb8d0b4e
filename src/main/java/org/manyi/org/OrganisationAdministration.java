package org.manyi.org;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.manyi.org.PostKeys.Post;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.security.SecurityEvent;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.ValidationException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes the organisation: units, who holds which post, contact leaders and remits. Every change publishes an
 * {@link OrganisationChanged} and keeps {@code org_unit_scope} in the same transaction. Who may call it is the access policy's
 * business.
 */
@Service
@Transactional
public class OrganisationAdministration {

    private static final int MOST_LEADERS = 99;

    /** Contact leaders are shown after the bureau's other posts. */
    private static final int LEADERS_FROM = 100;

    private final JdbcClient jdbc;
    private final Organisation organisation;
    private final UnitScopes scopes;
    private final Accounts accounts;
    private final CurrentUsers currentUsers;
    private final OrganisationUse use;
    private final MovableClock clock;
    private final ApplicationEventPublisher events;

    OrganisationAdministration(
            JdbcClient jdbc,
            Organisation organisation,
            UnitScopes scopes,
            Accounts accounts,
            CurrentUsers currentUsers,
            @Lazy OrganisationUse use,
            MovableClock clock,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.organisation = organisation;
        this.scopes = scopes;
        this.accounts = accounts;
        this.currentUsers = currentUsers;
        // Who answers asks the organisation in turn.
        this.use = use;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Makes a unit and its posts.
     *
     * @throws ValidationException when it breaks a rule or the code is taken
     */
    public Unit create(NewUnit asked) {
        check(asked);
        if (organisation.find(asked.code()).isPresent()) {
            throw ValidationException.of("code", "taken", "org.problem.code.taken", asked.code());
        }
        Unit unit = asked.asUnit();
        jdbc.sql("""
                        insert into org_unit (code, name, short_name, type, kind, parent_code, ownership, active, created_at)
                        values (:code, :name, :shortName, :type, :kind, :parent, :ownership, true, :now)
                        """)
                .param("code", unit.code())
                .param("name", unit.name())
                .param("shortName", unit.shortName())
                .param("type", unit.type().name())
                .param("kind", unit.kind())
                .param("parent", unit.parentCode())
                .param("ownership", unit.ownership())
                .param("now", now())
                .update();
        List<Post> posts = PostKeys.postsOf(unit.type(), unit.code());
        for (int place = 0; place < posts.size(); place++) {
            insertPost(posts.get(place), unit.code(), place);
        }
        addFormerNames(unit, asked.formerNames());
        scopes.refresh(List.of(unit.code()));
        events.publishEvent(new UnitCreated(at(), actor(), unit));
        return unit;
    }

    /**
     * Changes a unit of the same code and type; an old name is kept as a former one.
     *
     * @throws NotFoundException when there is no such unit
     * @throws ValidationException when it breaks a rule, is of another type or closed
     */
    public Unit change(NewUnit asked) {
        check(asked);
        Unit before = lockUnit(asked.code());
        if (before.type() != asked.type()) {
            throw ValidationException.of("type", "fixed", "org.problem.type.fixed", before.name());
        }
        if (!before.active()) {
            throw ValidationException.of("code", "closed", "org.problem.closed", before.name());
        }
        Unit after = asked.asUnit();
        addFormerNames(after, asked.formerNames());
        if (after.equals(before)) {
            return before;
        }
        if (!after.name().equals(before.name())) {
            keepFormerName(before.code(), before.name(), clock.today());
        }
        write(after);
        scopes.refresh(List.of(after.code()));
        events.publishEvent(new UnitChanged(at(), actor(), before, after));
        return after;
    }

    /**
     * Removes a unit that an import made, if nobody has built on it since.
     *
     * @param made as the import made it
     * @return why it stays; empty when it is gone
     */
    Optional<FieldProblem> remove(Unit made) {
        Optional<Unit> now = organisation.find(made.code());
        if (now.isEmpty()) {
            return Optional.empty();
        }
        Optional<FieldProblem> kept = reasonToKeep(made, lockUnit(made.code()));
        if (kept.isEmpty()) {
            for (String table : List.of("org_unit_scope", "org_former_name", "org_post")) {
                jdbc.sql("delete from " + table + " where unit_code = :code")
                        .param("code", made.code())
                        .update();
            }
            jdbc.sql("delete from org_unit where code = :code")
                    .param("code", made.code())
                    .update();
            events.publishEvent(new UnitRemoved(at(), actor(), made.code()));
        }
        return kept;
    }

    private Optional<FieldProblem> reasonToKeep(Unit made, Unit now) {
        if (!now.equals(made)) {
            return kept("name", "changed", now.name());
        }
        Map<String, String> uses = new LinkedHashMap<>();
        uses.put("children", "select 1 from org_unit where parent_code = :code fetch first 1 rows only");
        uses.put(
                "holders",
                "select 1 from org_holding h join org_post p on p.post_key = h.post_key where p.unit_code = :code fetch first 1 rows only");
        uses.put("contact", "select 1 from org_contact where school_code = :code fetch first 1 rows only");
        for (Map.Entry<String, String> use : uses.entrySet()) {
            boolean used = !jdbc.sql(use.getValue())
                    .param("code", made.code())
                    .query(Integer.class)
                    .list()
                    .isEmpty();
            if (used) {
                return kept("code", use.getKey(), now.name());
            }
        }
        return use.unitsInUse(List.of(made.code())).isEmpty() ? Optional.empty() : kept("code", "cases", now.name());
    }

    private static Optional<FieldProblem> kept(String field, String reason, String name) {
        return Optional.of(FieldProblem.of(field, "kept", "org.problem.kept." + reason, name));
    }

    /**
     * Makes a unit what it was before an import changed it, if nobody has changed it since; its former names stay, but for the name
     * that it has again.
     *
     * @return why it stays as it is; empty when it is as before
     */
    Optional<FieldProblem> restore(Unit before, Unit changed) {
        Unit now = lockUnit(changed.code());
        if (!now.equals(changed)) {
            return kept("name", "changed", now.name());
        }
        jdbc.sql("delete from org_former_name where unit_code = :code and name = :name")
                .param("code", before.code())
                .param("name", before.name())
                .update();
        write(before);
        scopes.refresh(List.of(before.code()));
        events.publishEvent(new UnitChanged(at(), actor(), now, before));
        return Optional.empty();
    }

    /** Takes away a post as an import gave it; one ended or changed since stays as it is. */
    void unassign(String postKey, String username, LocalDate since) {
        lockPost(postKey);
        int taken = jdbc.sql("""
                        delete from org_holding where post_key = :post and username = :username and until_day is null
                           and substitute_for is null and coalesce(from_day, date '1900-01-01') = :since
                        """)
                .param("post", postKey)
                .param("username", username)
                .param("since", since == null ? LocalDate.of(1900, 1, 1) : since)
                .update();
        if (taken > 0) {
            events.publishEvent(new PostReleased(at(), actor(), postKey, username));
        }
    }

    /** The posts that a person holds or held, of these usernames. */
    Map<String, Set<String>> postsOf(Collection<String> usernames) {
        Map<String, Set<String>> posts = new HashMap<>();
        for (String username : usernames) {
            posts.put(
                    username,
                    new HashSet<>(jdbc.sql("select post_key from org_holding where username = :username")
                            .param("username", username)
                            .query(String.class)
                            .list()));
        }
        return posts;
    }

    /** The contact leader's post that is named for a school, null when none is. */
    String contactOf(String schoolCode) {
        return jdbc.sql("select post_key from org_contact where school_code = :school")
                .param("school", schoolCode)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /**
     * Closes a unit: it is offered nowhere any more, its posts are released, its past stays visible to those who saw it.
     *
     * @throws ValidationException when it is the bureau or active units lie under it
     */
    public void close(String code) {
        Unit unit = lockUnit(code);
        if (!unit.active()) {
            return;
        }
        boolean inUse = unit.type() == UnitType.BUREAU
                || !jdbc.sql(
                                "select 1 from org_unit where parent_code = :code and active = true fetch first 1 rows only")
                        .param("code", code)
                        .query(Integer.class)
                        .list()
                        .isEmpty();
        if (inUse) {
            throw ValidationException.of("code", "inUse", "org.problem.close.inUse", unit.name());
        }
        for (Post post : PostKeys.postsOf(unit.type(), code)) {
            // Whoever appoints at this moment waits here, and then finds the unit closed.
            lockPost(post.key());
            everybodyOn(post.key()).forEach(username -> take(post.key(), username));
        }
        jdbc.sql("update org_unit set active = false, closed_at = :now where code = :code")
                .param("now", now())
                .param("code", code)
                .update();
        events.publishEvent(new UnitClosed(at(), actor(), code));
    }

    /**
     * Gives somebody a post from today on. Holding it already changes nothing.
     *
     * @throws NotFoundException when there is no such post
     * @throws ValidationException on {@code username} when there is no such open account, it is an administrator's, or the post
     *     is one person's and somebody else holds it; on {@code postKey} when the unit is closed
     */
    public void assign(String postKey, String username) {
        hold(postKey, username, clock.today(), null, null);
    }

    /**
     * The same from an earlier day on.
     *
     * @param since null for a holder who was there before our records began
     * @return false when the person holds it already
     */
    boolean assignSince(String postKey, String username, LocalDate since) {
        return hold(postKey, username, since, null, null);
    }

    /**
     * Lets somebody stand in for a holder on leave; another holder of the same post may.
     *
     * @param from the first day, never null
     * @param lastDay the last day, never null, not before {@code from}
     * @throws ValidationException as for {@link #assign}; when the days are out of order or the one stood in for does not hold the
     *     post; on {@code username} when it is the same person, stands in there already, or is on leave himself on one of the days -
     *     so nobody stands in in a circle
     */
    public void substitute(String postKey, String username, String substituteFor, LocalDate from, LocalDate lastDay) {
        if (lastDay.isBefore(from) || lastDay.isBefore(clock.today())) {
            throw ValidationException.of("lastDay", "order", "org.problem.substitute.days");
        }
        if (!holdersOf(postKey).contains(substituteFor)) {
            throw ValidationException.of("substituteFor", "notHolder", "org.problem.substitute.notHolder");
        }
        if (username.equals(substituteFor)) {
            throw ValidationException.of("username", "self", "org.problem.substitute.self");
        }
        // Two who name each other at the same moment go one after the other.
        postsOf(List.of(username, substituteFor)).values().stream()
                .flatMap(Set::stream)
                .distinct()
                .sorted()
                .forEach(this::lockPost);
        LocalDate until = lastDay.plusDays(1);
        checkFree(postKey, username, substituteFor, from, until);
        hold(postKey, username, from, until, substituteFor);
    }

    private void checkFree(String postKey, String username, String substituteFor, LocalDate from, LocalDate until) {
        if (meets("substitute_for = :asked", username, null, from, until)) {
            throw ValidationException.of("username", "onLeave", "org.problem.substitute.onLeave", nameOf(username));
        }
        if (meets("substitute_for = :asked and post_key = :post", substituteFor, postKey, from, until)) {
            throw ValidationException.of("username", "taken", "org.problem.substitute.taken");
        }
    }

    private boolean meets(String condition, String username, String postKey, LocalDate from, LocalDate until) {
        return !jdbc.sql(
                        "select 1 from org_holding where " + condition
                                + " and from_day < :until and until_day > :from and from_day < until_day fetch first 1 rows only")
                .param("asked", username)
                .param("post", postKey)
                .param("from", from)
                .param("until", until)
                .query(Integer.class)
                .list()
                .isEmpty();
    }

    /** Ends a substitution today; one to come is called off. */
    void endSubstitution(long id) {
        record Row(String post, String username) {}
        Row row = jdbc.sql("select post_key, username from org_holding where id = :id and substitute_for is not null")
                .param("id", id)
                .query((found, n) -> new Row(found.getString("post_key"), found.getString("username")))
                .optional()
                .orElseThrow(NotFoundException::new);
        lockPost(row.post());
        jdbc.sql("update org_holding set until_day = :today where id = :id and until_day > :today")
                .param("today", clock.today())
                .param("id", id)
                .update();
        events.publishEvent(new PostReleased(at(), actor(), row.post(), row.username()));
    }

    private boolean hold(String postKey, String username, LocalDate from, LocalDate until, String substituteFor) {
        String role = lockPost(postKey);
        Unit unit = organisation.unit(organisation.unitOf(postKey));
        if (!unit.active()) {
            throw ValidationException.of("postKey", "closed", "org.problem.closed", unit.name());
        }
        checkPerson(username);
        List<String> holders = holdersOf(postKey);
        if (substituteFor == null && holders.contains(username)) {
            return false;
        }
        if (substituteFor == null && PostKeys.heldByOne(role) && !holders.isEmpty()) {
            throw ValidationException.of("username", "occupied", "org.problem.post.occupied", nameOf(holders.get(0)));
        }
        jdbc.sql("""
                        insert into org_holding (post_key, username, from_day, until_day, substitute_for)
                        values (:post, :username, :from, :until, :substituteFor)
                        """)
                .param("post", postKey)
                .param("username", username)
                .param("from", from)
                .param("until", until)
                .param("substituteFor", substituteFor)
                .update();
        events.publishEvent(new PostAssigned(at(), actor(), postKey, username, from, until, substituteFor));
        return true;
    }

    /**
     * Takes a post from somebody today, substitutions included; who stood in for him there does so no longer.
     *
     * @throws NotFoundException when there is no such post or the person does not hold it
     */
    public void release(String postKey, String username) {
        lockPost(postKey);
        if (!take(postKey, username)) {
            throw new NotFoundException();
        }
    }

    private boolean take(String postKey, String username) {
        int released = jdbc.sql("""
                        update org_holding set until_day = :today
                         where post_key = :post and username = :username and (until_day is null or until_day > :today)
                        """)
                .param("today", clock.today())
                .param("post", postKey)
                .param("username", username)
                .update();
        if (released == 0) {
            return false;
        }
        events.publishEvent(new PostReleased(at(), actor(), postKey, username));
        jdbc.sql("""
                        select id from org_holding
                         where post_key = :post and substitute_for = :username and until_day > :today order by id
                        """)
                .param("post", postKey)
                .param("username", username)
                .param("today", clock.today())
                .query(Long.class)
                .list()
                .forEach(this::endSubstitution);
        return true;
    }

    /**
     * Makes the post of a further contact leader.
     *
     * @return the post's key, the first number that is free
     * @throws ValidationException when there are 99 already
     */
    public String addLeader() {
        for (int number = 1; number <= MOST_LEADERS; number++) {
            Post post = PostKeys.leader(number);
            if (!exists(post.key())) {
                return ensureLeader(number);
            }
        }
        throw ValidationException.of("number", "range", "shared.field.number", 1, MOST_LEADERS);
    }

    /** The post of the contact leader of this number, 1 to 99, made unless it exists; its key. */
    String ensureLeader(int number) {
        Post post = PostKeys.leader(number);
        if (!exists(post.key())) {
            insertPost(post, organisation.unit(PostKeys.BUREAU).code(), LEADERS_FROM + number);
            events.publishEvent(new PostCreated(at(), actor(), post.key()));
        }
        return post.key();
    }

    private boolean exists(String postKey) {
        return jdbc.sql("select 1 from org_post where post_key = :post")
                .param("post", postKey)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Somebody whose account is closed holds no post: it falls vacant, and another may be appointed. */
    @EventListener
    void onSecurityEvent(SecurityEvent event) {
        if (event.kind() == SecurityEvent.Kind.ACCOUNT_DEACTIVATED) {
            jdbc.sql("""
                            select distinct post_key from org_holding
                             where username = :username and (until_day is null or until_day > :today)
                             order by post_key
                            """)
                    .param("username", event.account())
                    .param("today", clock.today())
                    .query(String.class)
                    .list()
                    .forEach(post -> release(post, event.account()));
        }
    }

    /**
     * Says which contact leader answers for a school.
     *
     * @param leaderPost null to leave the school to the fallback
     * @throws ValidationException when the unit is no school or the post no contact leader's
     */
    public void changeContactLeader(String schoolCode, String leaderPost) {
        if (lockUnit(schoolCode).type() != UnitType.SCHOOL) {
            throw ValidationException.of("schoolCode", "type", "org.problem.contact.school");
        }
        if (leaderPost != null) {
            if (!PostKeys.isLeader(leaderPost)) {
                throw ValidationException.of("leaderPost", "type", "org.problem.contact.leader");
            }
            lockPost(leaderPost);
        }
        Optional<String> before = jdbc.sql("select post_key from org_contact where school_code = :school")
                .param("school", schoolCode)
                .query(String.class)
                .optional();
        if (Objects.equals(before.orElse(null), leaderPost)) {
            return;
        }
        if (before.isPresent()) {
            jdbc.sql("delete from org_contact where school_code = :school")
                    .param("school", schoolCode)
                    .update();
        }
        if (leaderPost != null) {
            jdbc.sql("insert into org_contact (school_code, post_key) values (:school, :post)")
                    .param("school", schoolCode)
                    .param("post", leaderPost)
                    .update();
        }
        scopes.refresh(List.of(schoolCode));
        events.publishEvent(new ContactLeaderChanged(at(), actor(), schoolCode, before.orElse(null), leaderPost));
    }

    /**
     * Gives a remit to a deputy; the deputy who had it sees its units no more.
     *
     * @param remit {@code schools}, {@code kindergartens} or {@code sport}
     * @param deputyPost one of {@code bureau:deputy-*}
     * @throws NotFoundException when there is no such remit or post
     * @throws ValidationException when the post is no deputy's
     */
    public void changeRemit(String remit, String deputyPost) {
        if (!PostKeys.isDeputy(deputyPost)) {
            throw ValidationException.of("deputyPost", "type", "org.problem.remit.deputy");
        }
        lockPost(deputyPost);
        String before = jdbc.sql("select post_key from org_remit where code = :remit for update")
                .param("remit", remit)
                .query(String.class)
                .optional()
                .orElseThrow(NotFoundException::new);
        if (before.equals(deputyPost)) {
            return;
        }
        jdbc.sql("update org_remit set post_key = :post where code = :remit")
                .param("post", deputyPost)
                .param("remit", remit)
                .update();
        events.publishEvent(new RemitChanged(at(), actor(), remit, before, deputyPost));
    }

    /** The codes of other active units of the same type, place and name; most likely the same unit. */
    List<String> namesakes(Unit unit) {
        return jdbc.sql("""
                        select code from org_unit
                         where name = :name and type = :type and coalesce(parent_code, '') = :parent and code <> :code
                           and active = true
                         order by code
                        """)
                .param("name", unit.name())
                .param("type", unit.type().name())
                .param("parent", Objects.toString(unit.parentCode(), ""))
                .param("code", unit.code())
                .query(String.class)
                .list();
    }

    /** The problem with giving this person a post, if there is one. */
    Optional<FieldProblem> problemOf(Optional<Accounts.Account> account, String username) {
        if (account.isEmpty() || !account.get().active()) {
            return Optional.of(FieldProblem.of("username", "unknown", "org.problem.person.unknown", username));
        }
        if (account.get().role() != null) {
            return Optional.of(FieldProblem.of("username", "administrator", "org.problem.person.administrator"));
        }
        return Optional.empty();
    }

    /** Who holds a post in their own right; empty while it is vacant. */
    Optional<String> holderOf(String postKey) {
        return holdersOf(postKey).stream().findFirst();
    }

    private void checkPerson(String username) {
        problemOf(accounts.find(username), username).ifPresent(problem -> {
            throw new ValidationException(List.of(problem));
        });
    }

    private void check(NewUnit unit) {
        List<FieldProblem> problems = UnitRules.problems(
                unit,
                code -> organisation
                        .find(code)
                        .filter(Unit::active)
                        .map(Unit::type)
                        .orElse(null),
                organisation::knowsKind);
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
    }

    private void write(Unit unit) {
        jdbc.sql("""
                        update org_unit set name = :name, short_name = :shortName, kind = :kind, parent_code = :parent,
                               ownership = :ownership
                         where code = :code
                        """)
                .param("name", unit.name())
                .param("shortName", unit.shortName())
                .param("kind", unit.kind())
                .param("parent", unit.parentCode())
                .param("ownership", unit.ownership())
                .param("code", unit.code())
                .update();
    }

    /** Locks a unit, so that two people changing it go one after the other. */
    private Unit lockUnit(String code) {
        return jdbc.sql("select " + UnitRows.COLUMNS + " from org_unit u where u.code = :code for update")
                .param("code", code)
                .query(UnitRows::read)
                .optional()
                .orElseThrow(NotFoundException::new);
    }

    /** Locks a post, so that two people changing its holders go one after the other; returns its role. */
    private String lockPost(String postKey) {
        return jdbc.sql("select role from org_post where post_key = :post for update")
                .param("post", postKey)
                .query(String.class)
                .optional()
                .orElseThrow(NotFoundException::new);
    }

    /** Who holds a post in their own right, today or from a later day on. */
    private List<String> holdersOf(String postKey) {
        return jdbc.sql("""
                        select username from org_holding
                         where post_key = :post and substitute_for is null and (until_day is null or until_day > :today)
                         order by id
                        """)
                .param("post", postKey)
                .param("today", clock.today())
                .query(String.class)
                .list();
    }

    private List<String> everybodyOn(String postKey) {
        return jdbc.sql("""
                        select distinct username from org_holding
                         where post_key = :post and (until_day is null or until_day > :today)
                         order by username
                        """)
                .param("post", postKey)
                .param("today", clock.today())
                .query(String.class)
                .list();
    }

    private String nameOf(String username) {
        return accounts.names(List.of(username)).getOrDefault(username, username);
    }

    private void addFormerNames(Unit unit, Collection<String> names) {
        names.stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty() && !name.equals(unit.name()))
                .distinct()
                .forEach(name -> keepFormerName(unit.code(), name, null));
    }

    private void keepFormerName(String code, String name, LocalDate until) {
        boolean known = jdbc.sql("select 1 from org_former_name where unit_code = :code and name = :name")
                .param("code", code)
                .param("name", name)
                .query(Integer.class)
                .optional()
                .isPresent();
        if (!known) {
            jdbc.sql("insert into org_former_name (unit_code, name, until_day) values (:code, :name, :until)")
                    .param("code", code)
                    .param("name", name)
                    .param("until", until)
                    .update();
        }
    }

    private void insertPost(Post post, String unitCode, int place) {
        jdbc.sql("insert into org_post (post_key, unit_code, role, place) values (:post, :unit, :role, :place)")
                .param("post", post.key())
                .param("unit", unitCode)
                .param("role", post.role())
                .param("place", place)
                .update();
    }

    private Instant at() {
        return clock.instant();
    }

    private OffsetDateTime now() {
        return clock.now().toOffsetDateTime();
    }

    private String actor() {
        return currentUsers.find().map(CurrentUser::username).orElse(null);
    }
}
