package org.manyi.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.manyi.security.CurrentUser;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.Texts;
import org.manyi.shared.ValidationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Named views as rows. */
@Service
@Transactional
class StoredNamedViews implements NamedViews {

    private static final int LONGEST_NAME = 40;
    private static final int LONGEST_FILTERS = 500;

    private final JdbcClient jdbc;
    private final MovableClock clock;

    StoredNamedViews(JdbcClient jdbc, MovableClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public List<NamedView> of(CurrentUser user) {
        return jdbc.sql("select * from inbox_named_view where username = :me order by name")
                .param("me", user.username())
                .query(StoredNamedViews::view)
                .list();
    }

    @Override
    @Transactional(readOnly = true)
    public NamedView find(String id) {
        if (!Texts.storable(id)) {
            throw new NotFoundException();
        }
        return jdbc.sql("select * from inbox_named_view where id = :id")
                .param("id", id)
                .query(StoredNamedViews::view)
                .optional()
                .orElseThrow(NotFoundException::new);
    }

    @Override
    public NamedView keep(String name, String filters, CurrentUser user) {
        String called = name == null ? "" : name.strip();
        if (called.isEmpty()) {
            throw ValidationException.of("name", "required", "inbox.problem.viewName");
        }
        if (called.length() > LONGEST_NAME || !Texts.storable(called)) {
            throw ValidationException.of("name", "too-long", "inbox.problem.viewNameLong", LONGEST_NAME);
        }
        if (filters.length() > LONGEST_FILTERS || !Texts.storable(filters)) {
            throw ValidationException.of("filters", "too-long", "inbox.problem.viewFilters");
        }
        List<NamedView> own = of(user);
        NamedView same = own.stream()
                .filter(view -> view.name().equals(called))
                .findFirst()
                .orElse(null);
        if (same != null) {
            jdbc.sql("update inbox_named_view set filters = :filters where id = :id")
                    .param("filters", filters)
                    .param("id", same.id())
                    .update();
            return new NamedView(same.id(), same.owner(), called, filters);
        }
        if (own.size() >= MOST) {
            throw ValidationException.of("name", "too-many", "inbox.problem.viewMany", MOST);
        }
        NamedView view = new NamedView(UUID.randomUUID().toString(), user.username(), called, filters);
        jdbc.sql("""
                        insert into inbox_named_view (id, username, name, filters, created_at)
                        values (:id, :me, :name, :filters, :now)
                        """)
                .param("id", view.id())
                .param("me", user.username())
                .param("name", called)
                .param("filters", filters)
                .param("now", TaskRow.at(clock.instant()))
                .update();
        return view;
    }

    @Override
    public void drop(String id, CurrentUser user) {
        NamedView view = find(id);
        if (!view.owner().equals(user.username())) {
            throw new NotFoundException();
        }
        jdbc.sql("delete from inbox_named_view where id = :id").param("id", id).update();
    }

    private static NamedView view(ResultSet rs, int n) throws SQLException {
        return new NamedView(
                rs.getString("id"), rs.getString("username"), rs.getString("name"), rs.getString("filters"));
    }
}
