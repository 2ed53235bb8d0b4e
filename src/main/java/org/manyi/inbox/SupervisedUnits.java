package org.manyi.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.manyi.org.UnitType;
import org.manyi.security.CurrentUser;
import org.manyi.shared.Count;
import org.manyi.shared.Cursor;
import org.manyi.shared.Slice;
import org.manyi.shared.Texts;
import org.manyi.shared.ValidationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Counts by unit in one statement. Whoever sees many cases sees those that are due first counted, so that the page never reads a million tasks. */
@Service
@Transactional(readOnly = true)
class SupervisedUnits implements Supervision {

    /** So many tasks are looked at for somebody who sees many: about a tenth of a second. */
    private static final int WALK = 20_000;

    private static final String OTHERS = "t.state = 'open' and (t.assignee is null or t.assignee <> :me)";

    private final JdbcClient jdbc;
    private final CaseAccessBook access;
    private final TaskLists lists;
    private final DueWindows windows;

    SupervisedUnits(JdbcClient jdbc, CaseAccessBook access, TaskLists lists, DueWindows windows) {
        this.jdbc = jdbc;
        this.access = access;
        this.lists = lists;
        this.windows = windows;
    }

    @Override
    public Overview overview(Query query, CurrentUser user) {
        Cursor after = Cursor.decode(query.cursor(), 2);
        if (query.district() != null && !Texts.storable(query.district())) {
            return new Overview(mine(user), Map.of(), new Slice<>(List.of(), null, new Count(0, false)), true);
        }
        Map<String, Object> params = new HashMap<>();
        params.put("me", user.username());
        String units = units(query, user, params);
        Count count = Count.ofLimited(
                jdbc.sql("select count(*) from (" + units + " fetch first " + (Count.CAP + 1) + " rows only) counted_")
                        .params(params)
                        .query(Long.class)
                        .single());
        String from = "";
        if (after != null) {
            from = " where (l.late < :late or l.late = :late and l.code > :code)";
            params.put("late", number(after.parts().get(0)));
            params.put("code", after.parts().get(1));
        }
        List<Row> rows = jdbc.sql("select * from (" + units + ") l" + from
                        + " order by l.late desc, l.code fetch first " + (query.size() + 1) + " rows only")
                .params(params)
                .query(SupervisedUnits::row)
                .list();
        boolean everything = query.type() == null && query.district() == null && after == null;
        return new Overview(
                mine(user),
                everything ? together(user) : Map.of(),
                Slice.of(rows, query.size(), row -> Cursor.of(row.late(), row.code()), count),
                !access.wide(user) || !walkIsFull(user));
    }

    private Map<DueWindow, Count> mine(CurrentUser user) {
        Map<DueWindow, Count> mine = new EnumMap<>(DueWindow.class);
        for (DueWindow window : DueWindow.values()) {
            Count own = lists.count(TaskQuery.due(TaskQuery.View.MINE, window), user);
            Count waiting = lists.count(TaskQuery.due(TaskQuery.View.CLAIMABLE, window), user);
            if (own.value() + waiting.value() > 0) {
                mine.put(window, new Count(own.value() + waiting.value(), own.capped() || waiting.capped()));
            }
        }
        return mine;
    }

    private Map<DueWindow, Integer> together(CurrentUser user) {
        Map<String, Object> params = new HashMap<>();
        params.put("me", user.username());
        return jdbc.sql("select " + counted("t", params) + " from " + tasks(user, params))
                .params(params)
                .query((rs, n) -> byWindow(rs))
                .single();
    }

    private String units(Query query, CurrentUser user, Map<String, Object> params) {
        String late = DueWindow.LONG.code() + "_ + " + DueWindow.LATE.code() + "_";
        StringBuilder where = new StringBuilder(" where u.active = true");
        if (query.type() != null) {
            where.append(" and u.type = :type");
            params.put("type", query.type().name());
        }
        if (query.district() != null) {
            where.append(" and (u.parent_code = :district or u.code = :district)");
            params.put("district", query.district());
        }
        // A task that two posts of one unit may take counts once.
        return "select u.code, u.short_name as name, u.type, u.parent_code, n.*, " + late + " as late from ("
                + "select d.unit_code, count(*) as all_, " + counted("d", params)
                + " from (select distinct t.task_id, t.overdue_from, p.unit_code from " + tasks(user, params)
                + " join inbox_candidate c on c.task_id = t.task_id join org_post p on p.post_key = c.post_key) d"
                + " group by d.unit_code) n join org_unit u on u.code = n.unit_code" + where;
    }

    private String tasks(CurrentUser user, Map<String, Object> params) {
        String own = TaskLists.notOfOwnPosts(user, params).stream()
                .map(condition -> " and " + condition)
                .collect(Collectors.joining());
        if (access.wide(user)) {
            return "(select t.* from (" + walk() + ") t where "
                    + TaskLists.bind(access.rowByRow(user, "t.case_number"), params) + own + ") t";
        }
        return "(select t.* from inbox_task t where " + OTHERS + " and "
                + TaskLists.bind(access.amongFew(user, "t.case_number"), params) + own + ") t";
    }

    private static String walk() {
        return "select t.* from inbox_task t where " + OTHERS + " order by t.overdue_from, t.task_id fetch first "
                + WALK + " rows only";
    }

    private boolean walkIsFull(CurrentUser user) {
        return jdbc.sql("select count(*) from (" + walk() + ") walked_")
                        .param("me", user.username())
                        .query(Long.class)
                        .single()
                == WALK;
    }

    private String counted(String table, Map<String, Object> params) {
        return Arrays.stream(DueWindow.values())
                .map(window ->
                        "count(*) filter (where " + within(window, table, params) + ") as " + window.code() + "_")
                .collect(Collectors.joining(", "));
    }

    private String within(DueWindow window, String table, Map<String, Object> params) {
        return TaskLists.within(windows.of(window), window.code(), table, params);
    }

    private static Map<DueWindow, Integer> byWindow(ResultSet rs) throws SQLException {
        Map<DueWindow, Integer> tasks = new EnumMap<>(DueWindow.class);
        for (DueWindow window : DueWindow.values()) {
            int found = rs.getInt(window.code() + "_");
            if (found > 0) {
                tasks.put(window, found);
            }
        }
        return tasks;
    }

    private static Row row(ResultSet rs, int n) throws SQLException {
        UnitType type = UnitType.valueOf(rs.getString("type"));
        return new Row(
                rs.getString("code"),
                rs.getString("name"),
                type,
                type == UnitType.SCHOOL ? rs.getString("parent_code") : null,
                rs.getInt("late"),
                byWindow(rs),
                rs.getInt("all_"));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw ValidationException.of("cursor", "malformed", "shared.problem.cursor");
        }
    }
}
