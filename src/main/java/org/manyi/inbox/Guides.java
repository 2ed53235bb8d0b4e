package org.manyi.inbox;

import org.manyi.security.CurrentUser;
import org.manyi.shared.MovableClock;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who has seen what he can do here; who has not is shown the way to it above his tasks. */
@Service
public class Guides {

    private final JdbcClient jdbc;
    private final MovableClock clock;

    Guides(JdbcClient jdbc, MovableClock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Whether the person has said that he knows his way. */
    @Transactional(readOnly = true)
    public boolean read(CurrentUser user) {
        return jdbc.sql("select count(*) from inbox_guide_read where username = :me")
                        .param("me", user.username())
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** The person knows his way; saying it twice changes nothing. */
    public void markRead(CurrentUser user) {
        if (read(user)) {
            return;
        }
        try {
            jdbc.sql("insert into inbox_guide_read (username, read_at) values (:me, :now)")
                    .param("me", user.username())
                    .param("now", TaskRow.at(clock.instant()))
                    .update();
        } catch (DuplicateKeyException e) {
            // Said in two windows at once.
            return;
        }
    }
}
