package org.manyi.backup;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What both databases can hold, and how an archive writes it down. */
enum ColumnType {
    BOOLEAN,
    INTEGER,
    DECIMAL,
    TEXT,
    DATE,
    /** Without a zone: the wall clock of the bureau. */
    LOCAL_TIMESTAMP,
    /** With a zone: written in UTC. */
    INSTANT,
    BYTES,
    UUID_VALUE;

    /**
     * The type of a column as the driver tells it.
     *
     * @throws BackupRefusedException when an archive has no way to write it down
     */
    static ColumnType of(int jdbcType, String typeName, String where) {
        String name = typeName.toLowerCase(Locale.ROOT);
        if (name.equals("uuid")) {
            return UUID_VALUE;
        }
        if (name.equals("timestamptz") || name.equals("timestamp with time zone")) {
            return INSTANT;
        }
        return switch (jdbcType) {
            case Types.BIT, Types.BOOLEAN -> BOOLEAN;
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> INTEGER;
            case Types.REAL, Types.FLOAT, Types.DOUBLE, Types.NUMERIC, Types.DECIMAL -> DECIMAL;
            case Types.CHAR,
                    Types.VARCHAR,
                    Types.LONGVARCHAR,
                    Types.CLOB,
                    Types.NCHAR,
                    Types.NVARCHAR,
                    Types.LONGNVARCHAR,
                    Types.NCLOB -> TEXT;
            case Types.DATE -> DATE;
            case Types.TIMESTAMP -> LOCAL_TIMESTAMP;
            case Types.TIMESTAMP_WITH_TIMEZONE -> INSTANT;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> BYTES;
            default ->
                throw new BackupRefusedException("A backup cannot hold %s of type %s".formatted(where, typeName));
        };
    }

    /** The value of a column as an archive holds it; null, a boolean, a long or a text. */
    Object read(ResultSet row, int column) throws SQLException {
        Object value =
                switch (this) {
                    case BOOLEAN -> row.getBoolean(column);
                    case INTEGER -> row.getLong(column);
                    case DECIMAL -> row.getBigDecimal(column);
                    case TEXT -> row.getString(column);
                    case DATE -> row.getObject(column, LocalDate.class);
                    case LOCAL_TIMESTAMP -> row.getObject(column, LocalDateTime.class);
                    case INSTANT -> row.getObject(column, OffsetDateTime.class);
                    case BYTES -> row.getBytes(column);
                    case UUID_VALUE -> row.getObject(column, UUID.class);
                };
        if (value == null || row.wasNull()) {
            return null;
        }
        return switch (this) {
            case BOOLEAN, INTEGER, TEXT -> value;
            case BYTES -> Base64.getEncoder().encodeToString((byte[]) value);
            case INSTANT ->
                ((OffsetDateTime) value).withOffsetSameInstant(ZoneOffset.UTC).toString();
            case DECIMAL, DATE, LOCAL_TIMESTAMP, UUID_VALUE -> value.toString();
        };
    }

    /** Gives a statement what {@link #read} gave the archive. */
    void write(PreparedStatement statement, int column, JsonNode value) throws SQLException {
        if (value.isNull()) {
            statement.setObject(column, null);
            return;
        }
        switch (this) {
            case BOOLEAN -> statement.setBoolean(column, value.asBoolean());
            case INTEGER -> statement.setLong(column, value.asLong());
            case DECIMAL -> statement.setBigDecimal(column, new java.math.BigDecimal(value.asString()));
            case TEXT -> statement.setString(column, value.asString());
            case DATE -> statement.setObject(column, LocalDate.parse(value.asString()));
            case LOCAL_TIMESTAMP -> statement.setObject(column, LocalDateTime.parse(value.asString()));
            case INSTANT -> statement.setObject(column, OffsetDateTime.parse(value.asString()));
            case BYTES -> statement.setBytes(column, Base64.getDecoder().decode(value.asString()));
            case UUID_VALUE -> statement.setObject(column, UUID.fromString(value.asString()));
        }
    }
}
