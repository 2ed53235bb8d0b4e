package org.manyi.org;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.TransactionMemory;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The organisation as kept in {@code org_*}. */
@Repository
class JdbcOrganisation implements Organisation {

    private static final String HELD_TODAY =
            "(h.from_day is null or h.from_day <= :today) and (h.until_day is null or h.until_day > :today)";
    private static final String DEFAULT_DEPARTMENT = "jijiao";

    private static final int CODES_A_QUERY = 500;

    private final JdbcClient jdbc;
    private final MovableClock clock;
    private final PostNames postNames;
    private final Kinds kinds;
    private final TransactionMemory<String, Optional<Unit>> units = new TransactionMemory<>();
    private final TransactionMemory<String, Optional<Unit>> districts = new TransactionMemory<>();
    private final TransactionMemory<Held, Set<String>> holders = new TransactionMemory<>();

    JdbcOrganisation(JdbcClient jdbc, MovableClock clock, PostNames postNames, Kinds kinds) {
        this.jdbc = jdbc;
        this.kinds = kinds;
        this.clock = clock;
        this.postNames = postNames;
    }

    /** Posts of which the holders of a day are asked. */
    private record Held(Set<String> posts, LocalDate day) {}

    /** What was known of the organisation before a change of it is forgotten before anybody else hears of the change. */
    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void on(OrganisationChanged changed) {
        units.forgetAll();
        districts.forgetAll();
        holders.forgetAll();
    }

    @Override
    public Optional<Unit> find(String code) {
        return units.get(code, key -> jdbc.sql("select " + UnitRows.COLUMNS + " from org_unit u where u.code = :code")
                .param("code", key)
                .query(UnitRows::read)
                .optional());
    }

    @Override
    public List<Unit> findAll(Collection<String> codes) {
        List<String> all = codes.stream().distinct().sorted().toList();
        List<Unit> units = new ArrayList<>();
        for (int start = 0; start < all.size(); start += CODES_A_QUERY) {
            units.addAll(
                    jdbc.sql("select " + UnitRows.COLUMNS + " from org_unit u where u.code in (:codes) order by u.code")
                            .param("codes", all.subList(start, Math.min(start + CODES_A_QUERY, all.size())))
                            .query(UnitRows::read)
                            .list());
        }
        return units;
    }

    @Override
    public Unit unit(String code) {
        return find(code).orElseThrow(NotFoundException::new);
    }

    @Override
    public List<Unit> units(UnitType type) {
        return units(Set.of(type)).get(type);
    }

    @Override
    public Map<UnitType, List<Unit>> units(Set<UnitType> types) {
        Map<UnitType, List<Unit>> units = new EnumMap<>(UnitType.class);
        types.forEach(type -> units.put(type, new ArrayList<>()));
        jdbc.sql("select " + UnitRows.COLUMNS
                        + " from org_unit u where u.type in (:types) and u.active = true order by u.code")
                .param("types", types.stream().map(UnitType::name).toList())
                .query(UnitRows::read)
                .list()
                .forEach(unit -> units.get(unit.type()).add(unit));
        return units;
    }

    @Override
    public List<Unit> findSchools(String text, int limit) {
        return jdbc.sql("select " + UnitRows.COLUMNS + """
                         from org_unit u
                        where u.type = 'SCHOOL' and u.active = true
                          and (u.name ilike :text escape '!' or u.short_name ilike :text escape '!'
                               or u.code ilike :text escape '!'
                               or exists (select 1 from org_former_name f
                                           where f.unit_code = u.code and f.name ilike :text escape '!'))
                        order by u.code
                        fetch first :limit rows only
                        """)
                .param("text", UnitRows.contains(text))
                .param("limit", limit)
                .query(UnitRows::read)
                .list();
    }

    @Override
    public List<String> workPosts(String unitCode) {
        return PostKeys.workPosts(unit(unitCode));
    }

    @Override
    public String chargePost(String unitCode) {
        return PostKeys.chargePost(unit(unitCode));
    }

    @Override
    public String unitOf(String postKey) {
        return jdbc.sql("select unit_code from org_post where post_key = :post")
                .param("post", postKey)
                .query(String.class)
                .optional()
                .orElseThrow(NotFoundException::new);
    }

    @Override
    public String postName(String postKey) {
        return postNames(List.of(postKey)).get(postKey);
    }

    @Override
    public Map<String, String> postNames(Collection<String> postKeys) {
        Map<String, String> names = new LinkedHashMap<>();
        postKeys.forEach(key -> names.put(key, key));
        if (!names.isEmpty()) {
            jdbc.sql("select p.post_key, p.role, " + UnitRows.COLUMNS
                            + " from org_post p join org_unit u on u.code = p.unit_code where p.post_key in (:posts)")
                    .param("posts", names.keySet())
                    .query(row -> {
                        names.put(
                                row.getString("post_key"),
                                postNames.of(row.getString("post_key"), row.getString("role"), UnitRows.read(row, 0)));
                    });
        }
        return names;
    }

    @Override
    public Set<String> holders(Collection<String> postKeys) {
        return postKeys.isEmpty()
                ? Set.of()
                : holders.get(new Held(Set.copyOf(postKeys), clock.today()), this::holders);
    }

    private Set<String> holders(Held held) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(
                jdbc.sql("select distinct h.username from org_holding h where h.post_key in (:posts) and " + HELD_TODAY
                                + " order by h.username")
                        .param("posts", held.posts())
                        .param("today", held.day())
                        .query(String.class)
                        .list()));
    }

    @Override
    public Optional<Unit> districtOf(String schoolCode) {
        return districts.get(schoolCode, code -> jdbc.sql("select " + UnitRows.COLUMNS + """
                         from org_unit s join org_unit u on u.code = s.parent_code
                        where s.code = :code and s.type = 'SCHOOL' and u.type = 'DISTRICT'
                        """)
                .param("code", code)
                .query(UnitRows::read)
                .optional());
    }

    @Override
    public String contactLeaderPost(String schoolCode) {
        Optional<String> named = jdbc.sql("select post_key from org_contact where school_code = :code")
                .param("code", schoolCode)
                .query(String.class)
                .optional()
                .filter(this::held);
        return named.orElseGet(() -> deputyFor(schoolCode).filter(this::held).orElse(PostKeys.CHAIR));
    }

    /** The deputy whose remit the kind of institution belongs to. */
    private Optional<String> deputyFor(String schoolCode) {
        return jdbc.sql("""
                        select r.post_key from org_unit u
                        join org_kind k on k.code = u.kind
                        join org_remit r on r.code = k.remit
                        where u.code = :code
                        """).param("code", schoolCode).query(String.class).optional();
    }

    @Override
    public Optional<String> deputyOver(String departmentCode) {
        return jdbc
                .sql("select post_key from org_remit where department_code = :department order by place")
                .param("department", departmentCode)
                .query(String.class)
                .list()
                .stream()
                .filter(this::held)
                .findFirst();
    }

    private boolean held(String postKey) {
        return !holders(List.of(postKey)).isEmpty();
    }

    @Override
    public String departmentFor(Unit school) {
        return jdbc.sql("select department_code from org_kind where code = :kind")
                .param("kind", school.kind())
                .query(String.class)
                .optional()
                .orElse(DEFAULT_DEPARTMENT);
    }

    @Override
    public Map<String, Set<String>> teams() {
        Map<String, Set<String>> teams = new TreeMap<>();
        units(UnitType.TEAM).forEach(team -> teams.put(team.code(), new TreeSet<>()));
        jdbc.sql("""
                        select u.code, h.username from org_unit u
                        join org_post p on p.unit_code = u.code
                        join org_holding h on h.post_key = p.post_key
                        where u.type = 'TEAM' and u.active = true and\s""" + HELD_TODAY).param("today", clock.today()).query(row -> {
            teams.get(row.getString("code")).add(row.getString("username"));
        });
        return teams;
    }

    @Override
    public Map<String, String> kindNames() {
        return kinds.names();
    }

    @Override
    public boolean knowsKind(String kind) {
        return jdbc.sql("select 1 from org_kind where code = :kind")
                .param("kind", kind)
                .query(Integer.class)
                .optional()
                .isPresent();
    }
}
