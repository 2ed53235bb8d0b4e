package org.manyi.faults;

import java.nio.file.Path;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * One database of a {@link PostgresServer}, with the directory that its nodes share.
 *
 * @param data what the nodes get as {@code MANYI_DATA}
 */
record Database(PostgresServer server, String name, Path data) {

    /** Its JDBC address. */
    String url() {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.port(), name);
    }

    /** Straight access past every node; a connection a statement. */
    JdbcClient jdbc() {
        return JdbcClient.create(new DriverManagerDataSource(url(), "postgres", ""));
    }

    /** One number. */
    long count(String sql) {
        return jdbc().sql(sql).query(Long.class).single();
    }

    /** Moves it to another disk, while no node uses it. */
    void moveTo(Path directory) {
        JdbcClient other = new Database(server, "postgres", null).jdbc();
        other.sql("create tablespace elsewhere location '" + directory + "'").update();
        other.sql("alter database " + name + " set tablespace elsewhere").update();
    }

    /** Back to the server's own disk. */
    void moveBack() {
        JdbcClient other = new Database(server, "postgres", null).jdbc();
        other.sql("alter database " + name + " set tablespace pg_default").update();
        other.sql("drop tablespace elsewhere").update();
    }
}
