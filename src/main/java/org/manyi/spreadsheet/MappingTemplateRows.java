package org.manyi.spreadsheet;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.manyi.shared.MovableClock;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rows of mapping templates. */
@Repository
class MappingTemplateRows {

    private static final TypeReference<List<MappingTemplate.Header>> HEADERS = new TypeReference<>() {};
    private static final TypeReference<List<MappingTemplate.SheetChoice>> SHEETS = new TypeReference<>() {};
    private static final String SELECT = "select id, kind, name, owner, saved_at, headers, sheets from import_template";

    private final JdbcClient jdbc;
    private final JsonMapper json = new JsonMapper();
    private final RowMapper<MappingTemplate> mapper;

    MappingTemplateRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.mapper = (row, number) -> new MappingTemplate(
                row.getObject("id", UUID.class),
                row.getString("kind"),
                row.getString("name"),
                row.getString("owner"),
                row.getObject("saved_at", OffsetDateTime.class).toInstant(),
                json.readValue(row.getString("headers"), HEADERS),
                json.readValue(row.getString("sheets"), SHEETS));
    }

    /** All of a kind, by name. */
    List<MappingTemplate> ofKind(String kind) {
        return jdbc.sql(SELECT + " where kind = :kind order by name, id")
                .param("kind", kind)
                .query(mapper)
                .list();
    }

    Optional<MappingTemplate> find(UUID id, String kind) {
        return jdbc.sql(SELECT + " where id = :id and kind = :kind")
                .param("id", id)
                .param("kind", kind)
                .query(mapper)
                .optional();
    }

    Optional<MappingTemplate> named(String name, String kind) {
        return jdbc.sql(SELECT + " where kind = :kind and name = :name")
                .param("kind", kind)
                .param("name", name)
                .query(mapper)
                .optional();
    }

    long count(String kind) {
        return jdbc.sql("select count(*) from import_template where kind = :kind")
                .param("kind", kind)
                .query(Long.class)
                .single();
    }

    void insert(MappingTemplate template) {
        jdbc.sql("""
                        insert into import_template (id, kind, name, owner, saved_at, headers, sheets)
                        values (:id, :kind, :name, :owner, :savedAt, :headers, :sheets)
                        """)
                .param("id", template.id())
                .param("kind", template.kind())
                .param("name", template.name())
                .param("owner", template.owner())
                .param("savedAt", savedAt(template))
                .param("headers", json.writeValueAsString(template.headers()))
                .param("sheets", json.writeValueAsString(template.sheets()))
                .update();
    }

    /**
     * Puts other content under the same name.
     *
     * @return false when it was deleted meanwhile
     */
    boolean replace(MappingTemplate template) {
        return jdbc.sql("""
                        update import_template set saved_at = :savedAt, headers = :headers, sheets = :sheets
                        where id = :id and owner = :owner
                        """)
                        .param("savedAt", savedAt(template))
                        .param("headers", json.writeValueAsString(template.headers()))
                        .param("sheets", json.writeValueAsString(template.sheets()))
                        .param("id", template.id())
                        .param("owner", template.owner())
                        .update()
                == 1;
    }

    /**
     * Deletes one of the owner's.
     *
     * @return false when it is gone already
     */
    boolean delete(UUID id, String owner) {
        return jdbc.sql("delete from import_template where id = :id and owner = :owner")
                        .param("id", id)
                        .param("owner", owner)
                        .update()
                == 1;
    }

    private static OffsetDateTime savedAt(MappingTemplate template) {
        return template.savedAt().atZone(MovableClock.ZONE).toOffsetDateTime();
    }
}
