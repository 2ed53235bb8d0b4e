package org.manyi.org;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.manyi.shared.Texts;

/** Reads a unit from a row of {@code org_unit}. */
final class UnitRows {

    /** The columns of a unit, of the table under the alias {@code u}. */
    static final String COLUMNS = "u.code, u.name, u.short_name, u.type, u.kind, u.parent_code, u.ownership, u.active";

    private UnitRows() {}

    static Unit read(ResultSet row, int number) throws SQLException {
        return new Unit(
                row.getString("code"),
                row.getString("name"),
                row.getString("short_name"),
                UnitType.valueOf(row.getString("type")),
                row.getString("kind"),
                row.getString("parent_code"),
                row.getString("ownership"),
                row.getBoolean("active"));
    }

    /** A pattern for {@code ilike … escape '!'} that finds the text anywhere, its own wildcards taken literally. */
    static String contains(String text) {
        return Texts.containing(text);
    }
}
