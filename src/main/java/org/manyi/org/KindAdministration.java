package org.manyi.org;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ConflictException;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NamedList;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.ValidationException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The kinds of institution as data: added, renamed, put in order, retired; never deleted, for units bear them. */
@Service
@Transactional
public class KindAdministration {

    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9-]{1,31}");
    private static final String PRESCHOOL = "kindergartens";
    private static final int LONGEST_ZH = 40;
    private static final int LONGEST_EN = 60;

    private final JdbcClient jdbc;
    private final MovableClock clock;
    private final ApplicationEventPublisher events;

    KindAdministration(JdbcClient jdbc, MovableClock clock, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
    }

    /**
     * A kind as it is kept.
     *
     * @param remit whose it is, never null
     * @param active false when it is given to no further unit
     * @param units how many bear it
     */
    public record Entry(String code, String nameZh, String nameEn, String remit, boolean active, int units)
            implements NamedList.Entry {}

    /** All, in their order, retired ones last; never null. */
    @Transactional(readOnly = true)
    public List<Entry> all() {
        return jdbc.sql("""
                        select k.*, (select count(*) from org_unit u where u.kind = k.code) as units
                        from org_kind k order by k.active desc, k.place, k.code
                        """)
                .query((row, n) -> new Entry(
                        row.getString("code"),
                        row.getString("name_zh"),
                        row.getString("name_en"),
                        row.getString("remit"),
                        row.getBoolean("active"),
                        row.getInt("units")))
                .list();
    }

    /** The codes of the remits that a kind may belong to, in order; never null. */
    @Transactional(readOnly = true)
    public List<String> remits() {
        return jdbc.sql("select code from org_remit where code in (select k.remit from org_kind k) order by place")
                .query(String.class)
                .list();
    }

    /**
     * Adds one behind the others.
     *
     * @param code 2 to 32 small letters, digits and hyphens; not one that there is
     * @param nameZh 1 to 40 characters, likewise
     * @param nameEn 1 to 60 characters
     * @param remit one of {@link #remits()}, which says whose department it is and whether it is preschool
     * @throws ValidationException per field
     */
    public void add(String code, String nameZh, String nameEn, String remit, CurrentUser user) {
        lock();
        List<FieldProblem> problems = new ArrayList<>();
        String key = code == null ? "" : code.strip();
        if (!CODE.matcher(key).matches()) {
            problems.add(FieldProblem.of("code", "pattern", "org.problem.kind.code"));
        } else if (all().stream().anyMatch(entry -> entry.code().equals(key))) {
            problems.add(FieldProblem.of("code", "taken", "org.problem.kind.taken"));
        }
        if (!remits().contains(remit)) {
            problems.add(FieldProblem.of("remit", "required", "shared.field.required"));
        }
        String zh = NamedList.name("nameZh", nameZh, LONGEST_ZH, problems);
        String en = NamedList.name("nameEn", nameEn, LONGEST_EN, problems);
        refuse(key, zh, problems);
        jdbc.sql("""
                        insert into org_kind (code, name_zh, name_en, preschool, remit, department_code, place, active)
                        values (:code, :zh, :en, :preschool, :remit, (select r.department_code from org_remit r where r.code = :remit),
                            (select max(k.place) + 1 from org_kind k), true)
                        """)
                .param("code", key)
                .param("zh", zh)
                .param("en", en)
                .param("preschool", PRESCHOOL.equals(remit))
                .param("remit", remit)
                .update();
        events.publishEvent(new KindEvent.KindAdded(clock.instant(), user.username(), key, zh, remit));
    }

    /**
     * Gives one another name; units that bear it show the new one.
     *
     * @throws ValidationException per field
     * @throws NotFoundException when there is none of this code
     */
    public void rename(String code, String nameZh, String nameEn, CurrentUser user) {
        lock();
        Entry before = list().find(code);
        List<FieldProblem> problems = new ArrayList<>();
        String zh = NamedList.name("nameZh", nameZh, LONGEST_ZH, problems);
        String en = NamedList.name("nameEn", nameEn, LONGEST_EN, problems);
        refuse(code, zh, problems);
        if (zh.equals(before.nameZh()) && en.equals(before.nameEn())) {
            return;
        }
        jdbc.sql("update org_kind set name_zh = :zh, name_en = :en where code = :code")
                .param("zh", zh)
                .param("en", en)
                .param("code", code)
                .update();
        events.publishEvent(
                new KindEvent.KindRenamed(clock.instant(), user.username(), code, before.nameZh() + " → " + zh));
    }

    /**
     * Moves one a place towards the front; the first stays where it is.
     *
     * @throws NotFoundException when there is none of this code
     */
    public void moveUp(String code, CurrentUser user) {
        lock();
        List<String> order = list().movedUp(code);
        if (order.isEmpty()) {
            return;
        }
        for (int i = 0; i < order.size(); i++) {
            jdbc.sql("update org_kind set place = :place where code = :code and place <> :place")
                    .param("place", i + 1)
                    .param("code", order.get(i))
                    .update();
        }
        events.publishEvent(new KindEvent.KindMoved(clock.instant(), user.username(), code));
    }

    /**
     * Gives one to no further unit, or again.
     *
     * @throws ConflictException not-active when it is the last one in use
     * @throws NotFoundException when there is none of this code
     */
    public void offer(String code, boolean offered, CurrentUser user) {
        lock();
        if (list().find(code).active() == offered) {
            return;
        }
        if (!offered && list().hasOneOffered()) {
            throw new ConflictException(ConflictException.Reason.NOT_ACTIVE, "org.problem.kind.last");
        }
        jdbc.sql("update org_kind set active = :active where code = :code")
                .param("active", offered)
                .param("code", code)
                .update();
        events.publishEvent(
                offered
                        ? new KindEvent.KindOffered(clock.instant(), user.username(), code)
                        : new KindEvent.KindRetired(clock.instant(), user.username(), code));
    }

    /** Changes wait for one another; the rows are few and seldom changed. */
    private void lock() {
        jdbc.sql("select code from org_kind order by code for update")
                .query(String.class)
                .list();
    }

    private NamedList<Entry> list() {
        return new NamedList<>(all());
    }

    private void refuse(String code, String nameZh, List<FieldProblem> problems) {
        if (list().isTaken(nameZh, code)) {
            problems.add(FieldProblem.of("nameZh", "taken", "org.problem.kind.nameTaken"));
        }
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
    }
}
