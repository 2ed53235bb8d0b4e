package org.manyi.engine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.manyi.engine.DecisionTables.Draft;
import org.manyi.engine.DecisionTables.Origin;
import org.manyi.engine.DecisionTables.Version;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The versions and drafts of decision tables as kept in {@code engine_decision_version} and {@code engine_decision_draft}. */
@Repository
class DecisionStore {

    private final JdbcClient jdbc;
    private final JsonMapper json = JsonMapper.builder().build();

    DecisionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Lets changes of any table wait for one another and for the deployments of every node, until the transaction ends. */
    void lock() {
        jdbc.sql("select name_ from act_ge_property where name_ = 'deployment.lock' for update")
                .query(String.class)
                .single();
    }

    /** The newest first. */
    List<Version> versions(String key) {
        return jdbc.sql("select * from engine_decision_version where decision_key = :key order by number desc")
                .param("key", key)
                .query((row, n) -> version(row))
                .list();
    }

    Optional<Version> version(String key, int number) {
        return jdbc.sql("select * from engine_decision_version where decision_key = :key and number = :number")
                .param("key", key)
                .param("number", number)
                .query((row, n) -> version(row))
                .optional();
    }

    Optional<Version> inForce(String key) {
        return jdbc.sql("""
                        select * from engine_decision_version where decision_key = :key order by number desc
                        fetch first 1 rows only
                        """).param("key", key).query((row, n) -> version(row)).optional();
    }

    /** The engine's definition that judges; empty for a table that was never kept here. */
    Optional<String> definitionInForce(String key) {
        return jdbc.sql("""
                        select definition_id from engine_decision_version where decision_key = :key order by number desc
                        fetch first 1 rows only
                        """).param("key", key).query(String.class).optional();
    }

    /** Which shipped table was known when this version was made. */
    String print(String key, int number) {
        return jdbc.sql("""
                        select shipped_print from engine_decision_version where decision_key = :key and number = :number
                        """)
                .param("key", key)
                .param("number", number)
                .query(String.class)
                .single();
    }

    /** Every shipped table that was known to any version. */
    Set<String> prints(String key) {
        return jdbc.sql("select shipped_print from engine_decision_version where decision_key = :key")
                .param("key", key)
                .query(String.class)
                .set();
    }

    void add(String key, Version version, String print, String definitionId) {
        jdbc.sql("""
                        insert into engine_decision_version (decision_key, number, rules, origin, origin_number, shipped_print,
                            definition_id, made_by, made_at, reason)
                        values (:key, :number, :rules, :origin, :from, :print, :definition, :by, :at, :reason)
                        """)
                .param("key", key)
                .param("number", version.number())
                .param("rules", json.writeValueAsString(version.table()))
                .param("origin", version.origin().code())
                .param("from", version.from())
                .param("print", print)
                .param("definition", definitionId)
                .param("by", version.by())
                .param("at", at(version.at()))
                .param("reason", version.reason())
                .update();
    }

    Optional<Draft> draft(String key) {
        return jdbc.sql("select * from engine_decision_draft where decision_key = :key")
                .param("key", key)
                .query((row, n) -> new Draft(
                        table(row),
                        row.getInt("based_on"),
                        row.getInt("version"),
                        row.getString("edited_by"),
                        instant(row, "edited_at")))
                .optional();
    }

    void add(String key, Draft draft) {
        jdbc.sql("""
                        insert into engine_decision_draft (decision_key, rules, based_on, version, edited_by, edited_at)
                        values (:key, :rules, :basedOn, :version, :by, :at)
                        """)
                .param("key", key)
                .param("rules", json.writeValueAsString(draft.table()))
                .param("basedOn", draft.basedOn())
                .param("version", draft.version())
                .param("by", draft.by())
                .param("at", at(draft.at()))
                .update();
    }

    /** Writes the draft over the one of the version before it; answers whether that was the one there is. */
    boolean replace(String key, Draft draft) {
        return jdbc.sql("""
                        update engine_decision_draft set rules = :rules, version = :version, edited_by = :by, edited_at = :at
                        where decision_key = :key and version = :version - 1
                        """)
                        .param("key", key)
                        .param("rules", json.writeValueAsString(draft.table()))
                        .param("version", draft.version())
                        .param("by", draft.by())
                        .param("at", at(draft.at()))
                        .update()
                == 1;
    }

    void removeDraft(String key) {
        jdbc.sql("delete from engine_decision_draft where decision_key = :key")
                .param("key", key)
                .update();
    }

    private Version version(ResultSet row) throws SQLException {
        return new Version(
                row.getInt("number"),
                table(row),
                Origin.valueOf(row.getString("origin").toUpperCase(Locale.ROOT)),
                row.getObject("origin_number", Integer.class),
                row.getString("made_by"),
                instant(row, "made_at"),
                row.getString("reason"));
    }

    private DecisionTable table(ResultSet row) throws SQLException {
        return json.readValue(row.getString("rules"), DecisionTable.class);
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
