package org.manyi.org;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The kinds of institution, which are data. */
@Repository
class Kinds {

    private final JdbcClient jdbc;

    Kinds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The names of all kinds in the current language by code, preschool first. */
    Map<String, String> names() {
        boolean english = Locale.ENGLISH
                .getLanguage()
                .equals(LocaleContextHolder.getLocale().getLanguage());
        Map<String, String> names = new LinkedHashMap<>();
        jdbc.sql("select code, name_zh, name_en from org_kind order by place").query(row -> {
            names.put(row.getString("code"), row.getString(english ? "name_en" : "name_zh"));
        });
        return names;
    }
}
