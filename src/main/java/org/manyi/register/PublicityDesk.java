package org.manyi.register;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ConflictException;
import org.manyi.shared.Count;
import org.manyi.shared.Cursor;
import org.manyi.shared.GapFreeNumbers;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.Slice;
import org.manyi.shared.ValidationException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@Transactional
class PublicityDesk implements Publicity {

    private static final int MOST_FAMILIES = 100_000;
    private static final int FIRST_YEAR = 2000;
    private static final LocalDate EARLIEST = LocalDate.of(FIRST_YEAR, 1, 1);

    private static final String NUMBERS = """
            f.families, f.version as families_version,
            (select count(*) from register_publicity p where p.school_code = u.code and p.for_year = :year) as entries,
            (select coalesce(max(p.reached), 0) from register_publicity p where p.school_code = u.code and p.for_year = :year) as largest
            from org_unit u left join register_families f on f.school_code = u.code and f.for_year = :year
            """;

    private final SchoolReach reach;
    private final Templates templates;
    private final GapFreeNumbers numbers;
    private final ApplicationEventPublisher events;
    private final JdbcClient jdbc;
    private final MovableClock clock;

    PublicityDesk(
            SchoolReach reach,
            Templates templates,
            GapFreeNumbers numbers,
            ApplicationEventPublisher events,
            JdbcClient jdbc,
            MovableClock clock) {
        this.reach = reach;
        this.templates = templates;
        this.numbers = numbers;
        this.events = events;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public List<Template> templates() {
        return templates.all();
    }

    @Override
    @Transactional(readOnly = true)
    public Slice<School> schools(int year, String cursor, int size, CurrentUser user) {
        SchoolReach.Condition seen = reach.condition(user);
        Cursor after = Cursor.decode(cursor, 1);
        String from = after == null ? "" : " and u.code > :after";
        JdbcClient.StatementSpec query = jdbc.sql("select u.code, u.short_name as name, " + NUMBERS
                        + " where u.active and " + seen.sql() + from
                        + " order by u.code fetch first :rows rows only")
                .params(seen.params())
                .param("year", year)
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

    private static School school(ResultSet row) throws SQLException {
        int known = row.getInt("families");
        Integer families = row.wasNull() ? null : known;
        int largest = row.getInt("largest");
        int version = row.getInt("families_version");
        return new School(
                row.getString("code"),
                row.getString("name"),
                families,
                version,
                row.getInt("entries"),
                largest,
                families == null ? null : Percent.of(largest, families));
    }

    @Override
    @Transactional(readOnly = true)
    public Reached reached(CurrentUser user) {
        SchoolReach.Condition seen = reach.condition(user);
        return jdbc.sql("""
                        select count(*) as schools, count(case when exists (select 1 from register_publicity p
                            where p.school_code = u.code and p.for_year = :year and p.reached > 0) then 1 end) as active
                        from org_unit u where u.active and %s
                        """.formatted(seen.sql()))
                .params(seen.params())
                .param("year", clock.today().getYear())
                .query((row, n) -> new Reached(row.getInt("schools"), row.getInt("active")))
                .single();
    }

    @Override
    @Transactional(readOnly = true)
    public Register of(String school, int year, CurrentUser user) {
        reach.readable(school, user);
        School numbered = jdbc.sql("select u.code, u.name as name, " + NUMBERS + " where u.code = :school")
                .param("school", school)
                .param("year", year)
                .query((row, n) -> school(row))
                .single();
        List<Entry> entries = jdbc.sql("""
                        select * from register_publicity where school_code = :school and for_year = :year
                        order by on_day desc, number desc
                        """)
                .param("school", school)
                .param("year", year)
                .query((row, n) -> entry(row))
                .list();
        return new Register(year, numbered, entries, reach.own(user).contains(school));
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getString("number"),
                Means.valueOf(row.getString("means").toUpperCase(Locale.ROOT)),
                row.getObject("on_day", LocalDate.class),
                row.getInt("reached"),
                row.getString("template"));
    }

    @Override
    public void saveFamilies(String school, int year, Integer families, int version, CurrentUser user) {
        reach.requireOwn(school, user);
        Faults faults = new Faults();
        if (year < FIRST_YEAR || year > clock.today().getYear()) {
            faults.add("year", "range", "register.problem.year");
        }
        int typed = faults.number("families", families, 1, MOST_FAMILIES);
        faults.end();
        // Locked before it is measured by, so that no entry slips in between that reached more.
        lockFamilies(school, year);
        int largest = of(school, year, user).school().largest();
        if (typed < largest) {
            throw ValidationException.of("families", "fewer", "register.problem.fewerFamilies", largest);
        }
        if (version == 0) {
            try {
                jdbc.sql("""
                                insert into register_families (school_code, for_year, families, version)
                                values (:school, :year, :families, 1)
                                """)
                        .param("school", school)
                        .param("year", year)
                        .param("families", typed)
                        .update();
            } catch (DuplicateKeyException e) {
                throw ConflictException.of(ConflictException.Reason.STALE_VERSION);
            }
        } else {
            int changed = jdbc.sql("""
                            update register_families set families = :families, version = version + 1
                            where school_code = :school and for_year = :year and version = :version
                            """)
                    .param("school", school)
                    .param("year", year)
                    .param("families", typed)
                    .param("version", version)
                    .update();
            if (changed == 0) {
                throw ConflictException.of(ConflictException.Reason.STALE_VERSION);
            }
        }
        events.publishEvent(new RegisterEvent.FamiliesSaved(clock.instant(), user.username(), school, year, typed));
    }

    /** How many families the school has in the year, null where it has not said so; nobody changes it until the transaction ends. */
    private Integer lockFamilies(String school, int year) {
        return jdbc.sql("""
                        select families from register_families where school_code = :school and for_year = :year for update
                        """)
                .param("school", school)
                .param("year", year)
                .query(Integer.class)
                .optional()
                .orElse(null);
    }

    @Override
    public String enter(String school, Facts facts, CurrentUser user) {
        reach.requireOwn(school, user);
        Faults faults = new Faults();
        Means means = faults.oneOf("means", Means.class, facts.means());
        LocalDate day = faults.day("day", facts.day(), EARLIEST, clock.today());
        if (means != null && !templates.knows(facts.template(), means)) {
            faults.add("template", "unknown", "register.problem.template");
        }
        Integer families = faults.has("day") ? null : lockFamilies(school, day.getYear());
        if (!faults.has("day") && families == null) {
            faults.add("reached", "no-families", "register.problem.noFamilies", String.valueOf(day.getYear()));
        }
        int reached = families == null ? 0 : faults.number("reached", facts.reached(), 0, families);
        faults.end();
        int year = day.getYear();
        String number = "%d-XC-%04d".formatted(year, numbers.next("publicity-" + year));
        Entry entry = new Entry(number, means, day, reached, facts.template());
        jdbc.sql("""
                        insert into register_publicity (number, school_code, for_year, on_day, means, reached, template, entered_by, entered_at)
                        values (:number, :school, :year, :day, :means, :reached, :template, :by, :at)
                        """)
                .param("number", number)
                .param("school", school)
                .param("year", year)
                .param("day", day)
                .param("means", means.code())
                .param("reached", reached)
                .param("template", facts.template())
                .param("by", user.username())
                .param("at", clock.now().toOffsetDateTime())
                .update();
        events.publishEvent(new RegisterEvent.PublicityEntered(clock.instant(), user.username(), school, entry));
        return number;
    }

    @Override
    public int remove(String school, String number, CurrentUser user) {
        reach.requireOwn(school, user);
        Entry entry = jdbc.sql(
                        "select * from register_publicity where school_code = :school and number = :number for update")
                .param("school", school)
                .param("number", number)
                .query((row, n) -> entry(row))
                .optional()
                .orElseThrow(NotFoundException::new);
        jdbc.sql("delete from register_publicity where number = :number")
                .param("number", number)
                .update();
        events.publishEvent(new RegisterEvent.PublicityRemoved(clock.instant(), user.username(), school, entry));
        return entry.day().getYear();
    }
}
