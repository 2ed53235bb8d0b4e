package org.manyi.notification;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.manyi.security.Accounts;
import org.manyi.shared.Count;
import org.manyi.shared.Cursor;
import org.manyi.shared.MovableClock;
import org.manyi.shared.Slice;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** What was told to whom, for the system administrator and the auditor: that it was and by which way, not what it says. */
@Service
public class ToldLog {

    private final JdbcClient jdbc;
    private final Accounts accounts;

    ToldLog(JdbcClient jdbc, Accounts accounts) {
        this.jdbc = jdbc;
        this.accounts = accounts;
    }

    /**
     * Something told to somebody.
     *
     * @param name of the person, the username where the account has gone; never null
     * @param notice without its title; never null
     */
    public record Entry(String name, Notices.Kept notice) {}

    /**
     * A page of what was told, the newest first.
     *
     * @param person a username, null for all
     * @param caseNumber null for all
     * @param day null for all
     * @param cursor null for the first page
     * @param size 1 to 100
     */
    public Slice<Entry> list(String person, String caseNumber, LocalDate day, String cursor, int size) {
        StringBuilder where = new StringBuilder(" where n.id < :before");
        Map<String, Object> params = new HashMap<>(Map.of("before", Notices.before(cursor)));
        if (person != null) {
            where.append(" and n.username = :person");
            params.put("person", person);
        }
        if (caseNumber != null) {
            // Of a protected matter the number does not lead to who heard of it.
            where.append(" and n.case_number = :case and n.secret = false");
            params.put("case", caseNumber);
        }
        if (day != null) {
            where.append(" and n.created_at >= :from and n.created_at < :until");
            params.put("from", day.atStartOfDay(MovableClock.ZONE).toOffsetDateTime());
            params.put("until", day.plusDays(1).atStartOfDay(MovableClock.ZONE).toOffsetDateTime());
        }
        List<Notices.Kept> rows = jdbc.sql(Notices.SELECT + where + " order by n.id desc fetch first :n rows only")
                .params(params)
                .param("n", size + 1)
                .query(Notices::kept)
                .list();
        Count count = Count.ofLimited(jdbc.sql("select count(*) from (select 1 as one from notification_notice n"
                        + where + " fetch first :n rows only) as found")
                .params(params)
                .param("n", Count.CAP + 1)
                .query(Long.class)
                .single());
        Slice<Notices.Kept> page = Slice.of(rows, size, row -> Cursor.of(row.id()), count);
        Map<String, String> names =
                accounts.names(page.items().stream().map(Notices.Kept::username).toList());
        return page.map(row -> new Entry(names.getOrDefault(row.username(), row.username()), row.withoutTitle()));
    }
}
