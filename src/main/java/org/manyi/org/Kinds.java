package org.manyi.org;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.manyi.spreadsheet.ImportWords;
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

    /** The codes of the kinds that a unit may be given. */
    Set<String> offered() {
        return Set.copyOf(jdbc.sql("select code from org_kind where active = true")
                .query(String.class)
                .list());
    }

    /** The codes of all kinds by what people call them: their names in both languages and the codes themselves, normalised. */
    Map<String, String> byWord() {
        Map<String, String> words = new HashMap<>();
        jdbc.sql("select code, name_zh, name_en from org_kind order by active, place")
                .query(row -> {
                    for (String word :
                            List.of(row.getString("code"), row.getString("name_en"), row.getString("name_zh"))) {
                        words.put(ImportWords.normal(word), row.getString("code"));
                    }
                });
        return words;
    }
}
