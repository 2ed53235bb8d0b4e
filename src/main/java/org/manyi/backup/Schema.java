package org.manyi.backup;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import org.manyi.backup.Manifest.ColumnShape;
import org.manyi.backup.Manifest.TableShape;
import org.manyi.shared.LongWork;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The tables of one database, by their own names and by those of an archive, which are in lower case. */
final class Schema {

    /**
     * What is of this machine and moment only: open sessions and tokens (whoever is at a restored Manyi logs in anew), the backups
     * themselves, the marks of key and directory, and the migrations, which the restored database has of its own.
     */
    static final Set<String> LEFT_OUT = Set.of(
            "spring_session",
            "spring_session_attributes",
            "api_token",
            "backup_run",
            "data_key",
            "evidence_directory",
            "evidence_hold",
            "flyway_schema_history");

    /** A table of this database. */
    record Table(TableShape shape, String sqlName, List<String> sqlColumns, List<String> identities) {

        String name() {
            return shape.name();
        }

        String columns() {
            return String.join(", ", sqlColumns);
        }
    }

    private final List<Table> tables;
    private final List<String> migrations;

    private Schema(List<Table> tables, List<String> migrations) {
        this.tables = tables;
        this.migrations = migrations;
    }

    /** All tables that a backup holds, by name. */
    List<Table> tables() {
        return tables;
    }

    /** The versions of the migrations, in their order. */
    List<String> migrations() {
        return migrations;
    }

    static Schema of(Connection connection) throws SQLException, IOException {
        DatabaseMetaData about = connection.getMetaData();
        String schema = connection.getSchema();
        TreeMap<String, Table> tables = new TreeMap<>();
        List<String> names = new ArrayList<>();
        try (ResultSet found =
                about.getTables(connection.getCatalog(), schema, "%", new String[] {"TABLE", "BASE TABLE"})) {
            while (found.next()) {
                names.add(found.getString("TABLE_NAME"));
            }
        }
        for (String name : names) {
            if (!LEFT_OUT.contains(name.toLowerCase(Locale.ROOT))) {
                tables.put(name.toLowerCase(Locale.ROOT), table(connection, schema, name));
            }
        }
        return new Schema(List.copyOf(tables.values()), migrations(connection));
    }

    private static Table table(Connection connection, String schema, String name) throws SQLException {
        TreeMap<String, ColumnShape> shapes = new TreeMap<>();
        TreeMap<String, String> sqlNames = new TreeMap<>();
        List<String> identities = new ArrayList<>();
        String table = name.toLowerCase(Locale.ROOT);
        String pattern = name.replace("_", connection.getMetaData().getSearchStringEscape() + "_");
        try (ResultSet columns = connection.getMetaData().getColumns(connection.getCatalog(), schema, pattern, "%")) {
            while (columns.next()) {
                String own = columns.getString("COLUMN_NAME");
                String column = own.toLowerCase(Locale.ROOT);
                ColumnType type = ColumnType.of(
                        columns.getInt("DATA_TYPE"), columns.getString("TYPE_NAME"), table + "." + column);
                shapes.put(column, new ColumnShape(column, type));
                sqlNames.put(column, quoted(own));
                if ("YES".equals(columns.getString("IS_AUTOINCREMENT"))) {
                    identities.add(own);
                }
            }
        }
        return new Table(
                new TableShape(table, List.copyOf(shapes.values())),
                quoted(name),
                List.copyOf(sqlNames.values()),
                identities);
    }

    /** Those that both databases have; what one of them has of its own are indexes. */
    private static List<String> migrations(Connection connection) throws SQLException, IOException {
        Set<String> ofOneDatabase = new HashSet<>();
        for (Resource script : new PathMatchingResourcePatternResolver().getResources("classpath:db/vendor/*/*.sql")) {
            ofOneDatabase.add(script.getFilename());
        }
        List<String> versions = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select \"version\", \"script\" from \"flyway_schema_history\" where \"version\" is not null and \"success\"")) {
            while (rows.next()) {
                if (!ofOneDatabase.contains(rows.getString(2))) {
                    versions.add(rows.getString(1));
                }
            }
        }
        versions.sort(String::compareTo);
        return versions;
    }

    /** Sets what gives out the next numbers behind the highest that is there. */
    void continueNumbers(Connection connection) throws SQLException {
        for (Table table : tables) {
            for (String identity : table.identities()) {
                try (Statement statement = connection.createStatement()) {
                    long highest;
                    try (ResultSet row = statement.executeQuery(
                            "select coalesce(max(%s), 0) from %s".formatted(quoted(identity), table.sqlName()))) {
                        row.next();
                        highest = row.getLong(1);
                    }
                    statement.execute("alter table %s alter column %s restart with %d"
                            .formatted(table.sqlName(), quoted(identity), highest + 1));
                }
            }
        }
    }

    /** The foreign keys, to be taken away while rows come in the order of their tables and to be put back, and checked, at the end. */
    List<ForeignKey> foreignKeys(Connection connection) throws SQLException {
        String sql = LongWork.isPostgres(connection) ? """
                  select conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) from pg_constraint
                  where contype = 'f' and connamespace = current_schema()::regnamespace order by 1, 2
                  """ : """
                  select '"' || table_name || '"', '', '' from information_schema.table_constraints
                  where constraint_type = 'FOREIGN KEY' and table_schema = current_schema() group by table_name order by 1
                  """;
        List<ForeignKey> keys = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                keys.add(new ForeignKey(rows.getString(1), rows.getString(2), rows.getString(3)));
            }
        }
        return keys;
    }

    /** A foreign key on PostgreSQL; on H2 all of a table, without name and definition. */
    record ForeignKey(String table, String name, String definition) {

        String removal() {
            return name.isEmpty()
                    ? "alter table %s set referential_integrity false".formatted(table)
                    : "alter table %s drop constraint %s".formatted(table, name);
        }

        String comingBack() {
            return name.isEmpty()
                    ? "alter table %s set referential_integrity true check".formatted(table)
                    : "alter table %s add constraint %s %s".formatted(table, name, definition);
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
