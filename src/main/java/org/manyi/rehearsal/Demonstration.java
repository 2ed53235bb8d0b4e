package org.manyi.rehearsal;

import java.util.Optional;
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

    private final JdbcClient jdbc;

    Demonstration(JdbcClient jdbc) {
        this.jdbc = jdbc;
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

    @Transactional
    public void complete() {
        jdbc.sql("update demonstration set state = 'LOADED' where id = 1").update();
    }
}
