package org.manyi.org;

import java.util.List;
import org.manyi.security.HeldPost;
import org.manyi.security.PostDirectory;
import org.manyi.shared.MovableClock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Which posts a person holds today; asked at every request, so one indexed query. */
@Repository
class JdbcPostDirectory implements PostDirectory {

    private final JdbcClient jdbc;
    private final MovableClock clock;

    JdbcPostDirectory(JdbcClient jdbc, MovableClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public List<HeldPost> postsOf(String username) {
        return jdbc.sql("""
                        select p.post_key, p.unit_code, u.name, p.role, min(case when h.substitute_for is null then 0 else 1 end) substitute
                        from org_holding h
                        join org_post p on p.post_key = h.post_key
                        join org_unit u on u.code = p.unit_code
                        where h.username = :username
                          and (h.from_day is null or h.from_day <= :today)
                          and (h.until_day is null or h.until_day > :today)
                        group by p.post_key, p.unit_code, u.name, p.role, p.place
                        order by p.unit_code, p.place
                        """)
                .param("username", username)
                .param("today", clock.today())
                .query((row, n) -> new HeldPost(
                        row.getString("post_key"),
                        row.getString("unit_code"),
                        row.getString("name"),
                        row.getString("role"),
                        row.getInt("substitute") == 1))
                .list();
    }
}
