package org.manyi.issue.process;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.manyi.inbox.CaseAccess;
import org.manyi.inbox.TaskItem.UnitRef;
import org.manyi.inbox.Urgency;
import org.manyi.issue.Card;
import org.manyi.issue.IssueBrief;
import org.manyi.issue.IssueItem;
import org.manyi.issue.IssueQuery;
import org.manyi.issue.IssueStatus;
import org.manyi.security.CurrentUser;
import org.manyi.shared.Count;
import org.manyi.shared.Cursor;
import org.manyi.shared.MovableClock;
import org.manyi.shared.Slice;
import org.manyi.shared.Texts;
import org.manyi.shared.ValidationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Lists of issues, each filtered by what the person may see. */
@Repository
class IssueReader {

    private static final String FROM = """
             from issue i
            """;

    private static final String ROWS = """
            select i.number, i.title, i.kind, i.source, i.category, i.severity, i.status, i.rectification, i.urgency, i.round,
                   i.supervised, i.due_date, i.provisional, i.raised_at, i.closed_at, i.version,
                   i.school_code, s.short_name as school_name, i.district_code, d.short_name as district_name,
                   i.department, p.short_name as department_name, i.lead_unit, l.short_name as lead_name
              from issue i
              left join org_unit s on s.code = i.school_code
              left join org_unit d on d.code = i.district_code
              left join org_unit p on p.code = i.department
              left join org_unit l on l.code = i.lead_unit
            """;

    /** Where a round's deadline runs. */
    private static final List<String> RUNNING = Arrays.stream(IssueStatus.values())
            .filter(IssueStatus::deadlineRuns)
            .map(IssueStatus::code)
            .toList();

    /** Of the periods of the current round that are over, the last one passed without a report. */
    private static final String REPORT_MISSING = """
             and exists (select 1 from issue_period p where p.number = i.number and p.round = i.round and p.state = 'missed'
                           and p.period = (select max(q.period) from issue_period q
                                            where q.number = i.number and q.round = i.round and q.state in ('missed', 'reported')))
            """;

    /** The latest issues of a school are enough to compare with. */
    private static final int COMPARED = 500;

    private static final int MOST_DUPLICATES = 5;

    private final JdbcClient jdbc;
    private final CaseAccess access;
    private final Cards cards;
    private final ProtectedTitle protectedTitle;
    private final IssueSettings settings;
    private final MovableClock clock;

    IssueReader(
            JdbcClient jdbc,
            CaseAccess access,
            Cards cards,
            ProtectedTitle protectedTitle,
            IssueSettings settings,
            MovableClock clock) {
        this.jdbc = jdbc;
        this.access = access;
        this.cards = cards;
        this.protectedTitle = protectedTitle;
        this.settings = settings;
        this.clock = clock;
    }

    Slice<IssueItem> list(IssueQuery query, CurrentUser user) {
        if (!storable(query)) {
            return new Slice<>(List.of(), null, new Count(0, false));
        }
        Cursor cursor = Cursor.decode(query.cursor(), 2);
        IssueQuery.Sort sort = query.further().sort();
        Map<String, Object> params = new HashMap<>();
        String where = where(query, user, params);
        Count count = Count.ofLimited(jdbc.sql("select count(*) from (select 1 as one" + FROM + where + " fetch first "
                        + (Count.CAP + 1) + " rows only) as counted")
                .params(params)
                .query(Long.class)
                .single());
        String page = where;
        if (cursor != null) {
            String at = cursor.parts().get(0);
            page += switch (sort) {
                case NEWEST -> " and (i.raised_at, i.number) < (:cursorAt, :cursorNumber)";
                case DUE -> " and (i.due_date, i.number) > (:cursorAt, :cursorNumber)";
                case LONGEST_OPEN -> " and (i.raised_at, i.number) > (:cursorAt, :cursorNumber)";
            };
            params.put("cursorAt", sort == IssueQuery.Sort.DUE ? day(at) : instant(at));
            params.put("cursorNumber", cursor.parts().get(1));
        }
        String order =
                switch (sort) {
                    case NEWEST -> " order by i.raised_at desc, i.number desc";
                    case DUE -> " order by i.due_date, i.number";
                    case LONGEST_OPEN -> " order by i.raised_at, i.number";
                };
        List<IssueItem> rows = jdbc.sql(ROWS + page + order + " fetch first " + (query.size() + 1) + " rows only")
                .params(params)
                .query(this::item)
                .list();
        return Slice.of(
                rows,
                query.size(),
                row -> Cursor.of(
                        sort == IssueQuery.Sort.DUE
                                ? row.dueDate()
                                : row.raisedAt().toInstant(),
                        row.number()),
                count);
    }

    /**
     * A question as a condition over the table {@code issue i}.
     *
     * @param sql begins with {@code where}
     */
    record Condition(String sql, Map<String, Object> params) {}

    /** Which issues are asked for and visible to the person; empty when a text is asked for that no column can hold. */
    Optional<Condition> condition(IssueQuery query, CurrentUser user) {
        if (!storable(query)) {
            return Optional.empty();
        }
        Map<String, Object> params = new HashMap<>();
        return Optional.of(new Condition(where(query, user, params), params));
    }

    private static boolean storable(IssueQuery query) {
        List<String> texts = new ArrayList<>();
        for (String text : new String[] {
            query.school(), query.district(), query.department(), query.unit(), query.category(), query.text()
        }) {
            if (text != null) {
                texts.add(text);
            }
        }
        return texts.stream().allMatch(Texts::storable);
    }

    private static OffsetDateTime instant(String text) {
        try {
            return Columns.timestamp(Instant.parse(text));
        } catch (java.time.format.DateTimeParseException e) {
            throw ValidationException.of("cursor", "malformed", "shared.problem.cursor");
        }
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (java.time.format.DateTimeParseException e) {
            throw ValidationException.of("cursor", "malformed", "shared.problem.cursor");
        }
    }

    private String where(IssueQuery query, CurrentUser user, Map<String, Object> params) {
        CaseAccess.Condition visible = access.condition(user, "i.number");
        params.putAll(visible.params());
        StringBuilder where = new StringBuilder(" where ").append(visible.sql());
        if (!query.statuses().isEmpty()) {
            where.append(" and i.status in (:statuses)");
            params.put(
                    "statuses", query.statuses().stream().map(IssueStatus::code).toList());
        }
        equal(where, params, "i.school_code", "school", query.school());
        equal(where, params, "i.district_code", "district", query.district());
        equal(where, params, "i.department", "department", query.department());
        equal(where, params, "i.lead_unit", "unit", query.unit());
        equal(where, params, "i.category", "category", query.category());
        equal(
                where,
                params,
                "i.source",
                "source",
                query.source() == null ? null : query.source().code());
        equal(
                where,
                params,
                "i.kind",
                "kind",
                query.kind() == null ? null : query.kind().code());
        if (query.overdue()) {
            running(where, params).append(" and i.due_date < :today");
            params.put("today", clock.today());
        }
        if (query.reportMissing()) {
            running(where, params).append(REPORT_MISSING);
        }
        if (query.card() != null) {
            card(where, params, query.card());
        }
        if (query.text() != null && !query.text().isBlank()) {
            where.append(" and i.search like :text escape '!'");
            params.put("text", contains(query.text()));
        }
        if (query.from() != null) {
            where.append(" and i.raised_at >= :from");
            params.put("from", startOf(query.from()));
        }
        if (query.to() != null) {
            where.append(" and i.raised_at < :to");
            params.put("to", startOf(query.to().plusDays(1)));
        }
        further(where, params, query.further());
        return where.toString();
    }

    private static void further(StringBuilder where, Map<String, Object> params, IssueQuery.Further further) {
        equal(
                where,
                params,
                "i.severity",
                "severity",
                further.severity() == null ? null : further.severity().code());
        equal(
                where,
                params,
                "i.rectification",
                "rectification",
                further.rectification() == null ? null : further.rectification().code());
        if (further.dueFrom() != null) {
            where.append(" and i.due_date >= :dueFrom");
            params.put("dueFrom", further.dueFrom());
        }
        if (further.dueTo() != null) {
            where.append(" and i.due_date <= :dueTo");
            params.put("dueTo", further.dueTo());
        }
        if (further.closedFrom() != null) {
            where.append(" and i.closed_at >= :closedFrom");
            params.put("closedFrom", startOf(further.closedFrom()));
        }
        if (further.redone()) {
            // The number of rounds leaves few to be looked at.
            where.append(" and i.round > 2 and (select count(*) from issue_round r where r.number = i.number"
                    + " and r.cause in ('failed', 'dissatisfied', 'returned')) > 1");
        }
        if (further.recurring()) {
            where.append(" and i.round > 1 and exists (select 1 from issue_round r where r.number = i.number"
                    + " and r.cause = 'recurred')");
        }
        switch (further.sort()) {
            case NEWEST -> {
                // Everything has a day on which it was raised.
            }
            case DUE -> running(where, params).append(" and i.due_date is not null");
            case LONGEST_OPEN -> where.append(" and i.closed_at is null");
        }
    }

    private static void equal(
            StringBuilder where, Map<String, Object> params, String column, String name, String wanted) {
        if (wanted != null && !wanted.isBlank()) {
            where.append(" and ").append(column).append(" = :").append(name);
            params.put(name, wanted.strip());
        }
    }

    private static StringBuilder running(StringBuilder where, Map<String, Object> params) {
        params.put("running", RUNNING);
        return where.append(" and i.status in (:running)");
    }

    private void card(StringBuilder where, Map<String, Object> params, Card card) {
        params.put("redBefore", cards.redBefore());
        params.put("yellowUntil", cards.yellowUntil());
        switch (card) {
            case RED -> running(where, params).append(" and i.due_date < :redBefore");
            case YELLOW -> running(where, params).append(" and i.due_date between :redBefore and :yellowUntil");
            case NONE -> {
                params.put("running", RUNNING);
                where.append(" and (i.status not in (:running) or i.due_date is null or i.due_date > :yellowUntil)");
            }
            default -> throw new IllegalArgumentException(card.name());
        }
    }

    private static OffsetDateTime startOf(LocalDate day) {
        return day.atStartOfDay(MovableClock.ZONE).toOffsetDateTime();
    }

    private static String contains(String text) {
        return "%" + text.strip().toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%";
    }

    /** The issues of a school, open or closed lately, that look like this one; most alike first. */
    List<IssueItem> duplicates(String school, String title, String category, CurrentUser user) {
        Map<String, Object> params = new HashMap<>();
        CaseAccess.Condition visible = access.condition(user, "i.number");
        params.putAll(visible.params());
        params.put("school", school);
        params.put("since", startOf(clock.today().minusDays(settings.duplicateDays())));
        record Candidate(IssueItem item, double likeness) {}
        return jdbc
                .sql(ROWS + " where i.school_code = :school and i.status <> 'protected'"
                        + " and (i.closed_at is null or i.closed_at >= :since) and " + visible.sql()
                        + " order by i.raised_at desc, i.number desc fetch first " + COMPARED + " rows only")
                .params(params)
                .query(this::item)
                .list()
                .stream()
                .map(item -> new Candidate(item, Likeness.of(title, category, item.title(), item.category())))
                .filter(candidate -> candidate.likeness() >= settings.duplicateLikeness())
                .sorted(java.util.Comparator.comparing(Candidate::likeness).reversed())
                .limit(MOST_DUPLICATES)
                .map(Candidate::item)
                .toList();
    }

    Optional<IssueBrief> brief(String number) {
        return jdbc.sql("""
                        select number, title, school_code, department, lead_unit, status, urgency, round, due_date, raised_by,
                               reporter_phone_enc
                          from issue where number = :number
                        """)
                .param("number", number)
                .query((row, n) -> {
                    IssueStatus status = IssueStatus.of(row.getString("status")).orElseThrow();
                    boolean kept = status == IssueStatus.PROTECTED;
                    return new IssueBrief(
                            row.getString("number"),
                            kept ? protectedTitle.text() : row.getString("title"),
                            kept ? null : row.getString("school_code"),
                            row.getString("department"),
                            row.getString("lead_unit"),
                            status,
                            Urgency.valueOf(row.getString("urgency").toUpperCase(Locale.ROOT)),
                            row.getInt("round"),
                            Columns.day(row, "due_date"),
                            row.getString("raised_by"),
                            row.getString("reporter_phone_enc") == null ? null : settings.office());
                })
                .optional();
    }

    private IssueItem item(ResultSet row, int n) throws SQLException {
        IssueStatus status = IssueStatus.of(row.getString("status")).orElseThrow();
        LocalDate dueDate = Columns.day(row, "due_date");
        return new IssueItem(
                row.getString("number"),
                row.getString("title"),
                row.getString("kind"),
                row.getString("source"),
                row.getString("category"),
                row.getString("severity"),
                unit(row, "school_code", "school_name"),
                unit(row, "district_code", "district_name"),
                status.code(),
                row.getString("rectification"),
                row.getString("urgency"),
                unit(row, "department", "department_name"),
                unit(row, "lead_unit", "lead_name"),
                row.getInt("round"),
                row.getBoolean("supervised"),
                dueDate,
                row.getBoolean("provisional"),
                cards.overdue(status, dueDate),
                cards.of(status, dueDate).code(),
                Columns.timestamp(row, "raised_at"),
                Columns.timestamp(row, "closed_at"),
                row.getInt("version"));
    }

    private static UnitRef unit(ResultSet row, String code, String name) throws SQLException {
        String unit = row.getString(code);
        return unit == null ? null : new UnitRef(unit, row.getString(name));
    }
}
