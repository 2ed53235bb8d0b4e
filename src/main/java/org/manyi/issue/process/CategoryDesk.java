package org.manyi.issue.process;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.manyi.issue.CategoryAdministration;
import org.manyi.issue.CategoryEvent;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ConflictException;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NamedList;
import org.manyi.shared.ValidationException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
@Transactional
class CategoryDesk implements CategoryAdministration {

    private static final Pattern CODE = Pattern.compile("[a-z][A-Za-z0-9]{1,31}");
    private static final int LONGEST_ZH = 40;
    private static final int LONGEST_EN = 80;

    private final JdbcClient jdbc;
    private final MovableClock clock;
    private final ApplicationEventPublisher events;

    CategoryDesk(JdbcClient jdbc, MovableClock clock, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.events = events;
    }

    @Override
    @Transactional(readOnly = true)
    public List<Entry> all() {
        return jdbc.sql("""
                        select c.*, (select count(*) from issue i where i.category = c.code) as issues
                        from issue_category c order by c.active desc, c.place, c.code
                        """)
                .query((row, n) -> new Entry(
                        row.getString("code"),
                        row.getString("name_zh"),
                        row.getString("name_en"),
                        row.getBoolean("active"),
                        row.getInt("issues")))
                .list();
    }

    @Override
    public void add(String code, String nameZh, String nameEn, CurrentUser user) {
        lock();
        List<FieldProblem> problems = new ArrayList<>();
        String key = code == null ? "" : code.strip();
        if (!CODE.matcher(key).matches()) {
            problems.add(FieldProblem.of("code", "pattern", "issue.problem.category.code"));
        } else if (all().stream().anyMatch(entry -> entry.code().equalsIgnoreCase(key))) {
            problems.add(FieldProblem.of("code", "taken", "issue.problem.category.taken"));
        }
        String zh = NamedList.name("nameZh", nameZh, LONGEST_ZH, problems);
        String en = NamedList.name("nameEn", nameEn, LONGEST_EN, problems);
        refuse(key, zh, problems);
        jdbc.sql("""
                        insert into issue_category (code, place, name_zh, name_en, active)
                        values (:code, (select coalesce(max(c.place), 0) + 1 from issue_category c), :zh, :en, true)
                        """).param("code", key).param("zh", zh).param("en", en).update();
        events.publishEvent(new CategoryEvent.CategoryAdded(clock.instant(), user.username(), key, zh));
    }

    @Override
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
        jdbc.sql("update issue_category set name_zh = :zh, name_en = :en where code = :code")
                .param("zh", zh)
                .param("en", en)
                .param("code", code)
                .update();
        events.publishEvent(new CategoryEvent.CategoryRenamed(
                clock.instant(), user.username(), code, before.nameZh() + " → " + zh));
    }

    @Override
    public void moveUp(String code, CurrentUser user) {
        lock();
        List<String> order = list().movedUp(code);
        if (order.isEmpty()) {
            return;
        }
        for (int i = 0; i < order.size(); i++) {
            jdbc.sql("update issue_category set place = :place where code = :code and place <> :place")
                    .param("place", i + 1)
                    .param("code", order.get(i))
                    .update();
        }
        events.publishEvent(new CategoryEvent.CategoryMoved(clock.instant(), user.username(), code));
    }

    @Override
    public void offer(String code, boolean offered, CurrentUser user) {
        lock();
        if (list().find(code).active() == offered) {
            return;
        }
        if (!offered && list().hasOneOffered()) {
            throw new ConflictException(ConflictException.Reason.NOT_ACTIVE, "issue.problem.category.last");
        }
        jdbc.sql("update issue_category set active = :active where code = :code")
                .param("active", offered)
                .param("code", code)
                .update();
        events.publishEvent(
                offered
                        ? new CategoryEvent.CategoryOffered(clock.instant(), user.username(), code)
                        : new CategoryEvent.CategoryRetired(clock.instant(), user.username(), code));
    }

    /** Changes wait for one another; the rows are few and seldom changed. */
    private void lock() {
        jdbc.sql("select code from issue_category order by code for update")
                .query(String.class)
                .list();
    }

    private NamedList<Entry> list() {
        return new NamedList<>(all());
    }

    private void refuse(String code, String nameZh, List<FieldProblem> problems) {
        if (list().isTaken(nameZh, code)) {
            problems.add(FieldProblem.of("nameZh", "taken", "issue.problem.category.nameTaken"));
        }
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
    }
}
