package org.manyi.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.manyi.shared.Count;
import org.manyi.shared.Cursor;
import org.manyi.shared.MovableClock;
import org.manyi.shared.Slice;
import org.manyi.shared.ValidationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcAuditReader implements AuditReader {

    private static final String COLUMNS =
            "select id, happened_at, recorded_at, actor, object_type, object_key, event, success, ip, detail, seal_id from audit_entry";

    private static final int EXPORTED_AT_ONCE = 1000;

    private final JdbcClient jdbc;

    JdbcAuditReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Slice<AuditEntry> list(AuditQuery query) {
        return Slice.of(
                rows(query, query.size() + 1),
                query.size(),
                entry -> Cursor.of(entry.at(), entry.id()),
                count(query.fromStart()));
    }

    private List<AuditEntry> rows(AuditQuery query, int limit) {
        Map<String, Object> params = new HashMap<>();
        String where = where(query, params);
        params.put("limit", limit);
        return jdbc.sql(COLUMNS + where + " order by happened_at desc, id desc fetch first :limit rows only")
                .params(params)
                .query(JdbcAuditReader::entry)
                .list();
    }

    private Count count(AuditQuery all) {
        Map<String, Object> params = new HashMap<>();
        String where = where(all, params);
        params.put("limit", Count.CAP + 1);
        return Count.ofLimited(jdbc.sql("select count(*) from (select 1 from audit_entry" + where
                        + " fetch first :limit rows only) matching")
                .params(params)
                .query(Long.class)
                .single());
    }

    private static String where(AuditQuery query, Map<String, Object> params) {
        List<String> conditions = new ArrayList<>();
        if (query.from() != null) {
            conditions.add("happened_at >= :from");
            params.put("from", startOf(query.from()));
        }
        if (query.to() != null) {
            conditions.add("happened_at < :until");
            params.put("until", startOf(query.to().plusDays(1)));
        }
        equal(conditions, params, "actor", query.actor());
        equal(conditions, params, "object_type", query.objectType());
        equal(conditions, params, "object_key", query.objectKey());
        equal(conditions, params, "event", query.event());
        if (query.cursor() != null && !query.cursor().isBlank()) {
            Cursor from = Cursor.decode(query.cursor(), 2);
            conditions.add("(happened_at, id) < (:beforeAt, :beforeId)");
            params.put("beforeAt", time(instant(from.parts().get(0))));
            params.put("beforeId", id(from.parts().get(1)));
        }
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    /** The column is a constant of ours; only the value comes from the asker. */
    private static void equal(List<String> conditions, Map<String, Object> params, String column, String value) {
        if (value != null) {
            conditions.add(column + " = :" + column);
            params.put(column, value);
        }
    }

    @Override
    public Iterable<AuditEntry> all(AuditQuery query) {
        return () -> new Pages(query.fromStart());
    }

    /** Reads on page by page, each a statement of its own: a download on a slow line holds neither a connection nor the whole list. */
    private final class Pages implements Iterator<AuditEntry> {

        private AuditQuery rest;
        private Iterator<AuditEntry> page = List.<AuditEntry>of().iterator();

        Pages(AuditQuery query) {
            this.rest = query;
        }

        @Override
        public boolean hasNext() {
            if (!page.hasNext() && rest != null) {
                List<AuditEntry> rows = rows(rest, EXPORTED_AT_ONCE);
                AuditEntry last = rows.size() < EXPORTED_AT_ONCE ? null : rows.get(rows.size() - 1);
                rest = last == null
                        ? null
                        : rest.from(Cursor.of(last.at(), last.id()).encode());
                page = rows.iterator();
            }
            return page.hasNext();
        }

        @Override
        public AuditEntry next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return page.next();
        }
    }

    @Override
    public Optional<AuditEntry> find(long id) {
        return jdbc.sql(COLUMNS + " where id = :id")
                .param("id", id)
                .query(JdbcAuditReader::entry)
                .optional();
    }

    @Override
    public List<String> events() {
        return distinct("event");
    }

    @Override
    public List<String> objectTypes() {
        return distinct("object_type");
    }

    /** Hops through the index from value to value, since a plain "distinct" would read the whole trail. */
    private List<String> distinct(String column) {
        List<String> found = new ArrayList<>();
        String last = "";
        while (last != null) {
            last = jdbc.sql("select min(" + column + ") from audit_entry where " + column + " > :last")
                    .param("last", last)
                    .query(String.class)
                    .optional()
                    .orElse(null);
            if (last != null) {
                found.add(last);
            }
        }
        return found;
    }

    private static OffsetDateTime startOf(LocalDate day) {
        return day.atStartOfDay(MovableClock.ZONE).toOffsetDateTime();
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw ValidationException.of("cursor", "malformed", "shared.problem.cursor");
        }
    }

    private static long id(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw ValidationException.of("cursor", "malformed", "shared.problem.cursor");
        }
    }

    static AuditEntry entry(ResultSet row, int number) throws SQLException {
        return new AuditEntry(
                row.getLong("id"),
                row.getObject("happened_at", OffsetDateTime.class).toInstant(),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                row.getString("actor"),
                row.getString("object_type"),
                row.getString("object_key"),
                row.getString("event"),
                row.getBoolean("success"),
                row.getString("ip"),
                row.getString("detail"),
                row.getObject("seal_id", Long.class));
    }
}
