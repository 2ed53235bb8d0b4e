package org.manyi.rehearsal;

import java.util.Optional;
import org.manyi.shared.LongWork;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Whether this database holds the demonstration district, and whether it is complete. */
@Component
class Demonstration {

    /** How far the loading has come. */
    enum State {
        LOADING,
        LOADED
    }

    /** H2's own, in milliseconds. */
    private static final int H2_RETENTION = 45_000;

    private final JdbcClient jdbc;
    private final JdbcTemplate template;

    Demonstration(JdbcClient jdbc, JdbcTemplate template) {
        this.jdbc = jdbc;
        this.template = template;
    }

    /** Empty when this database never held the demonstration. */
    Optional<State> state() {
        return jdbc.sql("select state from demonstration where id = 1")
                .query(String.class)
                .optional()
                .map(State::valueOf);
    }

    /** Whether nobody has put anything into this database yet. */
    boolean isDatabaseEmpty() {
        return jdbc.sql("select count(*) from org_unit").query(Long.class).single() == 0;
    }

    @Transactional
    public void begin() {
        jdbc.sql("insert into demonstration (id, state) values (1, 'LOADING')").update();
    }

    /**
     * Does the loading with H2 writing twice a second and not with every commit, and using room again that is free since two seconds; else
     * it would leave a file twenty times as large, which H2 does not make smaller. An interrupted loading is thrown away whole, so that
     * nothing is at stake before its end. PostgreSQL needs no such thing.
     */
    void inFewWrites(Runnable loading) {
        if (isPostgres()) {
            loading.run();
            return;
        }
        writing(500, 2_000);
        try {
            loading.run();
        } finally {
            writing(0, H2_RETENTION);
        }
    }

    private void writing(int writeDelay, int retention) {
        jdbc.sql("set write_delay " + writeDelay).update();
        jdbc.sql("set retention_time " + retention).update();
    }

    private boolean isPostgres() {
        return Boolean.TRUE.equals(template.execute((ConnectionCallback<Boolean>) LongWork::isPostgres));
    }

    @Transactional
    public void complete() {
        jdbc.sql("update demonstration set state = 'LOADED' where id = 1").update();
    }
}
