package org.manyi.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL of the benchmark's own, on a free port and in a temporary directory, that loses nothing when the machine does. */
public final class BenchDatabase implements AutoCloseable {

    private static final String USER = "postgres";

    private final EmbeddedPostgres server;
    private final Path data;

    private BenchDatabase(EmbeddedPostgres server, Path data) {
        this.server = server;
        this.data = data;
    }

    /** Starts it, empty. */
    public static BenchDatabase start() throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setServerConfig("timezone", "Asia/Shanghai")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("max_wal_size", "4GB")
                .setServerConfig("random_page_cost", "1.1")
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .setServerConfig("pg_stat_statements.track", "all");
        String directory = System.getProperty("bench.database");
        if (directory == null) {
            return new BenchDatabase(builder.start(), Files.createTempDirectory("manyi-bench"));
        }
        builder.setDataDirectory(Path.of(directory)).setCleanDataDirectory(false);
        return new BenchDatabase(builder.start(), Path.of(directory + "-data"));
    }

    /** The data directory of every application on this database: it holds the key of what is encrypted there. */
    public Path data() {
        return data;
    }

    /** The address of its database. */
    public String url() {
        return url(USER);
    }

    /** The address of a database of this name on the same server. */
    public String url(String database) {
        return server.getJdbcUrl(USER, database);
    }

    /** Who may do everything there, without a password. */
    public String user() {
        return USER;
    }

    /** A connection that commits by itself. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), USER, "");
    }

    /** Runs statements, each on its own. */
    public void run(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of the first row, as text; null when there is none. */
    public String value(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
