package org.manyi.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.manyi.org.Unit;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ConflictException;
import org.manyi.shared.Count;
import org.manyi.shared.Cursor;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.Slice;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@Transactional
class GroupDesk implements ClassGroups {

    private static final int LONGEST_NAME = 40;
    private static final int MOST_MEMBERS = 2000;
    private static final int MOST_FAMILIES = 500;
    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);

    private static final String NUMBERS = """
            count(g.class_name) as classes,
            count(case when g.channel <> 'none' and g.members > 0 then 1 end) as covered,
            count(case when g.regularised then 1 end) as regularised,
            coalesce(sum(g.families), 0) as families,
            coalesce(sum(case when g.members < g.families then g.members else g.families end), 0) as families_covered
            """;

    private final SchoolReach reach;
    private final ApplicationEventPublisher events;
    private final JdbcClient jdbc;
    private final MovableClock clock;

    GroupDesk(SchoolReach reach, ApplicationEventPublisher events, JdbcClient jdbc, MovableClock clock) {
        this.reach = reach;
        this.events = events;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public Slice<School> schools(String cursor, int size, CurrentUser user) {
        SchoolReach.Condition seen = reach.condition(user);
        Cursor after = Cursor.decode(cursor, 1);
        String from = after == null ? "" : " and u.code > :after";
        JdbcClient.StatementSpec query = jdbc.sql("select u.code, u.short_name as name, " + NUMBERS
                        + " from org_unit u left join register_class_group g on g.school_code = u.code where u.active and "
                        + seen.sql() + from
                        + " group by u.code, u.short_name order by u.code fetch first :rows rows only")
                .params(seen.params())
                .param("rows", size + 1);
        if (after != null) {
            query = query.param("after", after.parts().get(0));
        }
        List<School> rows = query.query((row, n) -> school(row)).list();
        long all = jdbc.sql("select count(*) from (select 1 as one from org_unit u where u.active and " + seen.sql()
                        + " fetch first " + (Count.CAP + 1) + " rows only) c")
                .params(seen.params())
                .query(Long.class)
                .single();
        return Slice.of(rows, size, school -> Cursor.of(school.code()), Count.ofLimited(all));
    }

    @Override
    @Transactional(readOnly = true)
    public School total(CurrentUser user) {
        SchoolReach.Condition seen = reach.condition(user);
        return jdbc.sql("select '' as code, '' as name, " + NUMBERS
                        + " from org_unit u join register_class_group g on g.school_code = u.code where u.active and "
                        + seen.sql())
                .params(seen.params())
                .query((row, n) -> school(row))
                .single();
    }

    private static School school(ResultSet row) throws SQLException {
        long families = row.getLong("families");
        long covered = row.getLong("families_covered");
        return new School(
                row.getString("code"),
                row.getString("name"),
                row.getInt("classes"),
                row.getInt("covered"),
                row.getInt("regularised"),
                families,
                covered,
                Percent.of(covered, families));
    }

    @Override
    @Transactional(readOnly = true)
    public String own(CurrentUser user) {
        Set<String> own = reach.own(user);
        return own.size() == 1 ? own.iterator().next() : null;
    }

    @Override
    @Transactional(readOnly = true)
    public Register of(String school, CurrentUser user) {
        Unit unit = reach.readable(school, user);
        School numbers = jdbc.sql("select u.code, u.name as name, " + NUMBERS
                        + " from org_unit u left join register_class_group g on g.school_code = u.code"
                        + " where u.code = :school group by u.code, u.name")
                .param("school", unit.code())
                .query((row, n) -> school(row))
                .single();
        List<ClassGroup> groups = jdbc.sql("""
                        select g.*, coalesce(a.name, g.changed_by) as changer from register_class_group g
                            left join account a on a.username = g.changed_by
                        where g.school_code = :school order by g.class_name
                        """)
                .param("school", school)
                .query((row, n) -> group(row))
                .list();
        return new Register(numbers, groups, reach.own(user).contains(school));
    }

    private static ClassGroup group(ResultSet row) throws SQLException {
        return new ClassGroup(
                row.getString("class_name"),
                Channel.valueOf(row.getString("channel").toUpperCase(Locale.ROOT)),
                row.getInt("members"),
                row.getInt("families"),
                row.getBoolean("regularised"),
                row.getObject("regularised_on", LocalDate.class),
                row.getString("changer"),
                row.getObject("changed_at", OffsetDateTime.class)
                        .atZoneSameInstant(MovableClock.ZONE)
                        .toOffsetDateTime(),
                row.getInt("version"));
    }

    @Override
    public void save(String school, Facts facts, CurrentUser user) {
        reach.requireOwn(school, user);
        ClassGroup group = check(facts, user);
        if (facts.version() == null) {
            insert(school, group, user);
        } else if (update(school, group, facts.version(), user) == 0) {
            throw ConflictException.of(ConflictException.Reason.STALE_VERSION);
        }
        events.publishEvent(new RegisterEvent.ClassGroupSaved(clock.instant(), user.username(), school, group));
    }

    private ClassGroup check(Facts facts, CurrentUser user) {
        Faults faults = new Faults();
        String name = faults.text("className", facts.className(), LONGEST_NAME);
        Channel channel = faults.oneOf("channel", Channel.class, facts.channel());
        int members = faults.number("members", facts.members(), 0, MOST_MEMBERS);
        int families = faults.number("families", facts.families(), 1, MOST_FAMILIES);
        if (channel == Channel.NONE && members > 0) {
            faults.add("members", "no-group", "register.problem.noGroup");
        }
        boolean regularised = Boolean.TRUE.equals(facts.regularised());
        if (regularised && (channel == Channel.NONE || channel != null && members == 0 && !faults.has("members"))) {
            faults.add("regularised", "no-group", "register.problem.noGroup");
        }
        LocalDate since = null;
        if (regularised) {
            since = faults.day("regularisedOn", facts.regularisedOn(), EARLIEST, clock.today());
        } else if (facts.regularisedOn() != null) {
            faults.add("regularisedOn", "not-regularised", "register.problem.notRegularised");
        }
        faults.end();
        return new ClassGroup(
                name,
                channel,
                members,
                families,
                regularised,
                since,
                user.name(),
                clock.now().toOffsetDateTime(),
                0);
    }

    private void insert(String school, ClassGroup group, CurrentUser user) {
        try {
            bound("""
                            insert into register_class_group (school_code, class_name, channel, members, families, regularised,
                                regularised_on, changed_by, changed_at, version)
                            values (:school, :class, :channel, :members, :families, :regularised, :since, :by, :at, 0)
                            """, school, group, user).update();
        } catch (DuplicateKeyException e) {
            throw new ConflictException(ConflictException.Reason.STALE_VERSION, "register.problem.classThere");
        }
    }

    private int update(String school, ClassGroup group, int version, CurrentUser user) {
        return bound("""
                        update register_class_group set channel = :channel, members = :members, families = :families,
                            regularised = :regularised, regularised_on = :since, changed_by = :by, changed_at = :at,
                            version = version + 1
                        where school_code = :school and class_name = :class and version = :version
                        """, school, group, user).param("version", version).update();
    }

    private JdbcClient.StatementSpec bound(String sql, String school, ClassGroup group, CurrentUser user) {
        return jdbc.sql(sql)
                .param("school", school)
                .param("class", group.className())
                .param("channel", group.channel().code())
                .param("members", group.members())
                .param("families", group.families())
                .param("regularised", group.regularised())
                .param("since", group.regularisedOn())
                .param("by", user.username())
                .param("at", group.changedAt());
    }

    @Override
    public void remove(String school, String className, int version, CurrentUser user) {
        reach.requireOwn(school, user);
        ClassGroup group = of(school, user).groups().stream()
                .filter(one -> one.className().equals(className))
                .findFirst()
                .orElseThrow(NotFoundException::new);
        int removed = jdbc.sql("""
                        delete from register_class_group
                        where school_code = :school and class_name = :class and version = :version
                        """)
                .param("school", school)
                .param("class", className)
                .param("version", version)
                .update();
        if (removed == 0) {
            throw ConflictException.of(ConflictException.Reason.STALE_VERSION);
        }
        events.publishEvent(new RegisterEvent.ClassGroupRemoved(clock.instant(), user.username(), school, group));
    }
}
