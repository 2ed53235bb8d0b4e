package org.manyi.inbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.manyi.org.Substitutes;
import org.manyi.org.Visibility;
import org.manyi.security.CurrentUser;
import org.manyi.shared.Count;
import org.manyi.shared.Cursor;
import org.manyi.shared.MovableClock;
import org.manyi.shared.Slice;
import org.manyi.shared.Texts;
import org.manyi.shared.ValidationException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The lists of the inbox. Each is a range of one index, cut by keyset, and counted no further than {@link Count#CAP}; none
 * reads the tasks of others.
 */
@Repository
class TaskLists {

    private static final String NO_ROW = "(1 = 0)";
    private static final String FOUND = "%1$s.search like :text escape '!'";
    private static final String FOUND_BY_INDEX =
            FOUND + " and inbox_pairs(%1$s.search::text) @> inbox_pairs(cast(:words as text))";
    private static final int MOST_SCHOOLS = 400;

    /** Up to so many tasks are looked at to count those that somebody oversees who sees many: some twenty milliseconds. */
    private static final int WALK = 2000;

    private final JdbcClient jdbc;
    private final MovableClock clock;
    private final CaseAccessBook access;
    private final Visibility visibility;
    private final DueWindows windows;
    private final Substitutes substitutes;
    private final String indexed;

    TaskLists(
            JdbcClient jdbc,
            MovableClock clock,
            CaseAccessBook access,
            Visibility visibility,
            DueWindows windows,
            Substitutes substitutes,
            @Value("${spring.datasource.url}") String url) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.access = access;
        this.visibility = visibility;
        this.windows = windows;
        this.substitutes = substitutes;
        this.indexed = DatabaseDriver.fromJdbcUrl(url) == DatabaseDriver.POSTGRESQL ? FOUND_BY_INDEX : FOUND;
    }

    /**
     * A page of a list.
     *
     * @param counted how many the list holds where that is known, null to count them
     */
    Slice<TaskRow> page(TaskQuery query, CurrentUser user, Count counted) {
        Order order = Order.of(query);
        Statement statement = statement(query, user, order, order.after(query.cursor()), query.size() + 1);
        List<TaskRow> rows = jdbc.sql("select " + TaskRow.COLUMNS + " from (" + statement.sql
                        + ") page_ join inbox_task t on t.task_id = page_.task_id order by " + order.by("t"))
                .params(statement.params)
                .query(TaskRow::read)
                .list();
        return Slice.of(rows, query.size(), order::cursor, counted == null ? count(query, user) : counted);
    }

    /**
     * The open tasks that are the person's own or wait for his posts, the soonest due first. Unlike in the lists, which show what is in
     * somebody's hands until it is taken out of them, he must still have access to the case.
     */
    List<TaskRow> own(CurrentUser user, int most) {
        Statement mine = statement(TaskQuery.all(TaskQuery.View.MINE), user, Order.DUE, null, most);
        Statement waiting = statement(TaskQuery.all(TaskQuery.View.CLAIMABLE), user, Order.DUE, null, most);
        CaseAccess.Condition seen = access.rowByRow(user, "t.case_number");
        return jdbc.sql("select " + TaskRow.COLUMNS + " from (select m.task_id from (" + mine.sql
                        + ") m union all select w.task_id from (" + waiting.sql
                        + ") w) own_ join inbox_task t on t.task_id = own_.task_id where " + seen.sql() + " order by "
                        + Order.DUE.by("t") + " fetch first :limit rows only")
                .params(mine.params)
                .params(waiting.params)
                .params(seen.params())
                .query(TaskRow::read)
                .list();
    }

    /** How many a list holds, capped. */
    Count count(TaskQuery query, CurrentUser user) {
        if (query.view() == TaskQuery.View.ABSENT
                && substitutes.standingsOf(user.username()).isEmpty()) {
            return new Count(0, false);
        }
        if (query.view() == TaskQuery.View.SUPERVISED && access.wide(user)) {
            return countOnAWalk(query, user);
        }
        return Count.ofLimited(counted(statement(query, user, null, null, Count.CAP + 1)));
    }

    /**
     * Counts among the tasks due first, and says so when there are more of them than are looked at. Of a search it looks at as many of
     * those found, whichever they are: to order them all would take longer than to count.
     */
    private Count countOnAWalk(TaskQuery query, CurrentUser user) {
        Map<String, Object> params = new HashMap<>();
        params.put("me", user.username());
        List<String> range = new ArrayList<>(List.of("t.state = 'open' and (t.assignee is null or t.assignee <> :me)"));
        filters(query, "t", Search.BY_INDEX, range, params);
        Order order = query.searches() ? null : Order.DUE;
        String walk = limited("select t.* from inbox_task t", "t", range, order, null, WALK, params);
        List<String> seen = new ArrayList<>(List.of(bind(access.rowByRow(user, "t.case_number"), params)));
        seen.addAll(notOfOwnPosts(user, params));
        params.put("most", Count.CAP + 1);
        long found = counted(new Statement(
                "select t.task_id from (" + walk + ") t where " + String.join(" and ", seen)
                        + " fetch first :most rows only",
                params));
        return found <= Count.CAP
                        && counted(new Statement("select 1 as one from (" + walk + ") walked_", params)) == WALK
                ? new Count(found, true)
                : Count.ofLimited(found);
    }

    private long counted(Statement statement) {
        return jdbc.sql("select count(*) from (" + statement.sql + ") counted_")
                .params(statement.params)
                .query(Long.class)
                .single();
    }

    /**
     * The schools to filter by: those in the person's scope; all of them for a post whose cases may come from any. None when
     * they are more than a person would look through.
     */
    List<TaskItem.UnitRef> schools(CurrentUser user) {
        Visibility.Scope scope = visibility.scopeOf(user);
        List<TaskItem.UnitRef> covered =
                scope.all() || scope.scopeKeys().isEmpty() ? List.of() : activeSchools(scope.scopeKeys());
        List<TaskItem.UnitRef> schools = covered.isEmpty() && !user.posts().isEmpty() ? activeSchools(null) : covered;
        return schools.size() > MOST_SCHOOLS ? List.of() : schools;
    }

    private List<TaskItem.UnitRef> activeSchools(Set<String> scopeKeys) {
        String within = scopeKeys == null
                ? ""
                : " and exists (select 1 from org_unit_scope s where s.unit_code = u.code and s.scope_key in (:keys))";
        JdbcClient.StatementSpec query = jdbc.sql("select u.code, u.short_name from org_unit u where u.type = 'SCHOOL'"
                        + " and u.active = true" + within + " order by u.code fetch first :limit rows only")
                .param("limit", MOST_SCHOOLS + 1);
        return (scopeKeys == null ? query : query.param("keys", scopeKeys))
                .query((row, n) -> new TaskItem.UnitRef(row.getString("code"), row.getString("short_name")))
                .list();
    }

    private record Statement(String sql, Map<String, Object> params) {}

    private Statement statement(TaskQuery query, CurrentUser user, Order order, Cursor after, int limit) {
        Map<String, Object> params = new HashMap<>();
        params.put("me", user.username());
        String sql =
                switch (query.view()) {
                    case CLAIMABLE -> claimable(query, user, order, after, limit, params);
                    case ABSENT -> ofAbsent(query, user, order, after, limit, params);
                    default -> direct(query, user, order, after, limit, params);
                };
        return new Statement(sql, params);
    }

    /** The views that are a range of {@code inbox_task} itself. */
    private String direct(
            TaskQuery query, CurrentUser user, Order order, Cursor after, int limit, Map<String, Object> params) {
        List<String> where = new ArrayList<>();
        Search search = Search.BY_INDEX;
        String from = "inbox_task t";
        switch (query.view()) {
            case MINE -> {
                where.add("t.assignee = :me and t.state = 'open'");
                where.add(bind(access.notHidden(user, "t.case_number"), params));
            }
            case SUPERVISED -> {
                where.add("t.state = 'open' and (t.assignee is null or t.assignee <> :me)");
                if (query.searches() && order != null && !access.narrow(user)) {
                    return foundThenSeen(query, user, order, after, limit, params);
                }
                if (query.searches() && access.narrow(user)) {
                    // Sooner read whole than found by a word that other people's tasks hold a thousand times.
                    from = "(select t.* from inbox_task t where t.state = 'open' and "
                            + bind(access.amongFew(user, "t.case_number"), params) + CaseAccessBook.ROW_BY_ROW + ") t";
                    search = Search.READ;
                } else {
                    // What a search finds, PostgreSQL takes for one row, and would compare it with every case
                    // collected.
                    where.add(bind(
                            query.searches()
                                    ? access.rowByRow(user, "t.case_number")
                                    : order == null
                                            ? access.amongFew(user, "t.case_number")
                                            : access.condition(user, "t.case_number"),
                            params));
                }
                where.addAll(notOfOwnPosts(user, params));
            }
            case ASKED -> {
                from = "inbox_question q join inbox_task t on t.task_id = q.task_id";
                search = Search.READ;
                where.add("q.colleague = :me and q.state = 'open' and t.state = 'open'");
                where.add(bind(access.rowByRow(user, "t.case_number"), params));
            }
            case DONE -> {
                where.add("t.done_by = :me and t.state = 'done'");
                // Who did a task nearly always still sees its case.
                where.add(bind(access.rowByRow(user, "t.case_number"), params));
            }
            default -> throw new IllegalArgumentException(query.view().name());
        }
        filters(query, "t", search, where, params);
        return limited("select t.task_id from " + from, "t", where, order, after, limit, params);
    }

    /**
     * What a search finds, put in order before rights are asked: of a common word that is a hundred thousand tasks, and they are asked of
     * a page's only.
     */
    private String foundThenSeen(
            TaskQuery query, CurrentUser user, Order order, Cursor after, int limit, Map<String, Object> params) {
        List<String> found = new ArrayList<>(List.of("t.state = 'open' and (t.assignee is null or t.assignee <> :me)"));
        filters(query, "t", Search.BY_INDEX, found, params);
        List<String> seen = new ArrayList<>(List.of(bind(access.rowByRow(user, "t.case_number"), params)));
        seen.addAll(notOfOwnPosts(user, params));
        String ordered = ordered(
                "select t.task_id, t.case_number, t.assignee, " + order.column("t") + " from inbox_task t",
                "t",
                found,
                order,
                after,
                params);
        return limited(
                "select t.task_id from (" + ordered + CaseAccessBook.ROW_BY_ROW + ") t",
                "t",
                seen,
                order,
                null,
                limit,
                params);
    }

    /** The condition that a task does not wait for the person's own posts; none for who holds none. */
    static List<String> notOfOwnPosts(CurrentUser user, Map<String, Object> params) {
        if (user.posts().isEmpty()) {
            return List.of();
        }
        params.put("posts", user.postKeys());
        return List.of("(t.assignee is not null or not exists (select 1 from inbox_candidate c"
                + " where c.task_id = t.task_id and c.post_key in (:posts)" + CaseAccessBook.ROW_BY_ROW + "))");
    }

    /** The condition that a task of the table becomes late within the range; the name tells its parameters from those of others. */
    static String within(DueWindows.Range range, String name, String table, Map<String, Object> params) {
        List<String> bounds = new ArrayList<>();
        if (range.after() != null) {
            bounds.add(table + ".overdue_from > :" + name + "After");
            params.put(name + "After", TaskRow.at(range.after()));
        }
        if (range.until() != null) {
            bounds.add(table + ".overdue_from <= :" + name + "Until");
            params.put(name + "Until", TaskRow.at(range.until()));
        }
        return String.join(" and ", bounds);
    }

    /** The waiting tasks of each post, merged: an OR over posts would find no index. */
    private String claimable(
            TaskQuery query, CurrentUser user, Order order, Cursor after, int limit, Map<String, Object> params) {
        List<String> branches = new ArrayList<>();
        // Where many wait, PostgreSQL would look each of them up in their order, hoping to find a page soon.
        // H2 has no such index, and would read what is found again for each of them.
        Search search =
                query.searches() && !indexed.equals(FOUND) && manyWait(user) ? Search.FOUND_FIRST : Search.LOOKED_UP;
        for (String post : user.postKeys().stream().sorted().toList()) {
            String name = "post" + branches.size();
            params.put(name, post);
            List<String> where = new ArrayList<>();
            where.add("c.post_key = :" + name + " and c.waiting = true");
            where.add(bind(access.notHidden(user, "c.case_number"), params));
            filters(query, "c", search, where, params);
            String columns = order == null ? "c.task_id" : "c.task_id, " + order.column("c") + " as sort_at";
            branches.add(
                    limited("select " + columns + " from inbox_candidate c", "c", where, order, after, limit, params));
        }
        return merged(branches, order, limit, params);
    }

    /** Whether so many tasks wait for the person's posts that they are not looked up one by one. */
    private boolean manyWait(CurrentUser user) {
        return !user.posts().isEmpty()
                && counted(new Statement(
                                "select 1 as one from inbox_candidate c where c.post_key in (:posts) and c.waiting = true"
                                        + " fetch first :walk rows only",
                                Map.of("posts", user.postKeys(), "walk", WALK)))
                        == WALK;
    }

    /** What each of those on leave has in hand, of the posts in which the person stands in; a range of one index for each of them. */
    private String ofAbsent(
            TaskQuery query, CurrentUser user, Order order, Cursor after, int limit, Map<String, Object> params) {
        Map<String, List<String>> posts = substitutes.standingsOf(user.username()).stream()
                .collect(Collectors.groupingBy(
                        Substitutes.Standing::absent,
                        TreeMap::new,
                        Collectors.mapping(Substitutes.Standing::postKey, Collectors.toList())));
        List<String> branches = new ArrayList<>();
        posts.forEach((absent, keys) -> {
            String name = "absent" + branches.size();
            params.put(name, absent);
            params.put(name + "Posts", keys);
            List<String> where = new ArrayList<>();
            where.add("t.assignee = :" + name + " and t.state = 'open'");
            where.add("exists (select 1 from inbox_candidate c where c.task_id = t.task_id and c.post_key in (:" + name
                    + "Posts)" + CaseAccessBook.ROW_BY_ROW + ")");
            where.add(bind(access.notHidden(user, "t.case_number"), params));
            filters(query, "t", Search.BY_INDEX, where, params);
            String columns = order == null ? "t.task_id" : "t.task_id, " + order.column("t") + " as sort_at";
            branches.add(limited("select " + columns + " from inbox_task t", "t", where, order, after, limit, params));
        });
        return merged(branches, order, limit, params);
    }

    private static String merged(List<String> branches, Order order, int limit, Map<String, Object> params) {
        if (branches.isEmpty()) {
            return "select t.task_id from inbox_task t where " + NO_ROW;
        }
        List<String> named = new ArrayList<>();
        for (String branch : branches) {
            named.add("select * from (" + branch + ") branch" + named.size() + "_");
        }
        if (named.size() == 1 && order == null) {
            return named.get(0);
        }
        params.put("limit", limit);
        String merged = "(" + String.join(" union ", named) + ") merged_";
        return order == null
                ? "select task_id from " + merged + " fetch first :limit rows only"
                : "select task_id from " + merged + " order by sort_at" + order.direction() + ", task_id"
                        + order.direction() + " fetch first :limit rows only";
    }

    /** How a search finds its tasks. */
    private enum Search {
        /** By reading the text of each row of {@code inbox_task}. */
        READ,
        /** By the index of {@code inbox_task}. */
        BY_INDEX,
        /** Each row of {@code inbox_candidate} by its task. */
        LOOKED_UP,
        /** The rows of {@code inbox_candidate} among all tasks found. */
        FOUND_FIRST
    }

    private void filters(TaskQuery query, String table, Search search, List<String> where, Map<String, Object> params) {
        if (query.overdue() != null) {
            // A task that is done was late or not when it was done; an open one is late or not now.
            String moment = query.view() == TaskQuery.View.DONE ? table + ".done_at" : ":now";
            where.add(table + ".overdue_from " + (query.overdue() ? "<= " : "> ") + moment);
            params.put("now", TaskRow.at(clock.instant()));
        }
        if (query.due() != null && query.view() != TaskQuery.View.DONE) {
            where.add(within(windows.of(query.due()), "due", table, params));
        }
        for (String typed : new String[] {query.process(), query.school(), query.unit(), query.text()}) {
            if (typed != null && !Texts.storable(typed)) {
                where.add(NO_ROW);
                return;
            }
        }
        if (query.process() != null) {
            where.add(table + ".process = :process");
            params.put("process", query.process());
        }
        if (query.school() != null) {
            where.add(table + ".school_code = :school");
            params.put("school", query.school());
        }
        if (query.unit() != null) {
            where.add("exists (select 1 from inbox_candidate uc join org_post up on up.post_key = uc.post_key"
                    + " where uc.task_id = " + table + ".task_id and up.unit_code = :unit)");
            params.put("unit", query.unit());
        }
        if (query.searches()) {
            String words = words(query.text());
            // The index holds pairs of characters, of open tasks.
            String found = search != Search.READ && words.length() > 1 && query.view() != TaskQuery.View.DONE
                    ? indexed
                    : FOUND;
            where.add(
                    switch (search) {
                        case READ, BY_INDEX -> found.formatted(table);
                        case LOOKED_UP ->
                            "exists (select 1 from inbox_task s where s.task_id = " + table
                                    + ".task_id and s.state = 'open' and " + found.formatted("s") + ")";
                        case FOUND_FIRST ->
                            table + ".task_id in (select s.task_id from inbox_task s where s.state = 'open' and "
                                    + found.formatted("s") + CaseAccessBook.ROW_BY_ROW + ")";
                    });
            params.put("words", words);
            params.put("text", Texts.containing(words));
        }
    }

    private static String words(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    private static String limited(
            String select,
            String table,
            List<String> where,
            Order order,
            Cursor after,
            int limit,
            Map<String, Object> params) {
        params.put("limit", limit);
        return ordered(select, table, where, order, after, params) + " fetch first :limit rows only";
    }

    private static String ordered(
            String select, String table, List<String> where, Order order, Cursor after, Map<String, Object> params) {
        List<String> conditions = new ArrayList<>(where);
        if (after != null) {
            conditions.add(
                    "(" + order.column(table) + ", " + table + ".task_id) " + order.beyond() + " (:afterAt, :afterId)");
            params.put("afterAt", TaskRow.at(Instant.parse(after.parts().get(1))));
            params.put("afterId", after.parts().get(2));
        }
        return select + " where " + String.join(" and ", conditions)
                + (order == null ? "" : " order by " + order.by(table));
    }

    static String bind(CaseAccess.Condition condition, Map<String, Object> params) {
        params.putAll(condition.params());
        return condition.sql();
    }

    /** The orders of the lists; a cursor names its own, so that it cannot be taken to another list. */
    private enum Order {
        DUE("overdue_from", false) {
            @Override
            Instant at(TaskRow row) {
                return row.overdueFrom();
            }
        },
        NEWEST("created_at", true) {
            @Override
            Instant at(TaskRow row) {
                return row.createdAt();
            }
        },
        DONE("done_at", true) {
            @Override
            Instant at(TaskRow row) {
                return row.doneAt();
            }
        };

        private final String name;
        private final boolean descending;

        Order(String name, boolean descending) {
            this.name = name;
            this.descending = descending;
        }

        static Order of(TaskQuery query) {
            if (query.view() == TaskQuery.View.DONE) {
                return DONE;
            }
            return query.sort() == TaskQuery.Sort.NEWEST ? NEWEST : DUE;
        }

        abstract Instant at(TaskRow row);

        String column(String table) {
            return table + "." + name;
        }

        String direction() {
            return descending ? " desc" : "";
        }

        String beyond() {
            return descending ? "<" : ">";
        }

        String by(String table) {
            return column(table) + direction() + ", " + table + ".task_id" + direction();
        }

        Cursor cursor(TaskRow row) {
            return Cursor.of(name(), at(row), row.id());
        }

        Cursor after(String text) {
            Cursor cursor = Cursor.decode(text, 3);
            if (cursor != null
                    && !(cursor.parts().get(0).equals(name())
                            && isInstant(cursor.parts().get(1))
                            && Texts.storable(cursor.parts().get(2)))) {
                throw ValidationException.of("cursor", "malformed", "shared.problem.cursor");
            }
            return cursor;
        }

        private static boolean isInstant(String text) {
            try {
                int year = Instant.parse(text).atZone(MovableClock.ZONE).getYear();
                return year > 0 && year < 10_000;
            } catch (java.time.DateTimeException e) {
                return false;
            }
        }
    }
}
