package org.manyi.inbox;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.manyi.org.OrganisationUse;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Says which units and people have had to do with cases: the units they concern, the posts they were offered to, who worked. */
@Component
class InboxUse implements OrganisationUse {

    private final JdbcClient jdbc;

    InboxUse(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Set<String> unitsInUse(Collection<String> unitCodes) {
        return found(unitCodes, """
                select unit_code from inbox_case_unit where unit_code = :asked
                union select hidden_unit from inbox_case where hidden_unit = :asked
                union select school_code from inbox_task where school_code = :asked
                union select district_code from inbox_task where district_code = :asked
                union select p.unit_code from org_post p join inbox_case_post c on c.post_key = p.post_key where p.unit_code = :asked
                """);
    }

    @Override
    public Set<String> peopleInUse(Collection<String> usernames) {
        return found(usernames, """
                select assignee from inbox_task where assignee = :asked
                union select done_by from inbox_task where done_by = :asked
                union select author from inbox_comment where author = :asked
                union select to_user from inbox_comment where to_user = :asked
                union select username from inbox_mention where username = :asked
                union select asker from inbox_question where asker = :asked
                union select colleague from inbox_question where colleague = :asked
                union select hidden_user from inbox_case where hidden_user = :asked
                """);
    }

    private Set<String> found(Collection<String> asked, String sql) {
        Set<String> found = new TreeSet<>();
        asked.forEach(one -> found.addAll(
                jdbc.sql(sql).param("asked", one).query(String.class).list()));
        return found;
    }
}
