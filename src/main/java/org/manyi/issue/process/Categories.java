package org.manyi.issue.process;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.manyi.issue.Category;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The categories as kept in {@code issue_category}. */
@Repository
class Categories {

    private final JdbcClient jdbc;

    Categories(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In the order in which they are offered, names in the current language, inactive ones last. */
    List<Category> all() {
        boolean english = Locale.ENGLISH
                .getLanguage()
                .equals(LocaleContextHolder.getLocale().getLanguage());
        return jdbc.sql("select code, name_zh, name_en, active from issue_category order by active desc, place, code")
                .query((row, n) -> new Category(
                        row.getString("code"),
                        row.getString(english ? "name_en" : "name_zh"),
                        row.getBoolean("active")))
                .list();
    }

    /** The codes of those that are offered, by code and by name in either language. */
    Map<String, String> words() {
        Map<String, String> words = new HashMap<>();
        jdbc.sql("select code, name_zh, name_en from issue_category where active = true")
                .query(row -> {
                    for (String column : List.of("code", "name_zh", "name_en")) {
                        words.put(row.getString(column), row.getString("code"));
                    }
                });
        return words;
    }

    /** The code where it is one that is offered. */
    Optional<String> active(String code) {
        return jdbc.sql("select code from issue_category where code = :code and active = true")
                .param("code", code)
                .query(String.class)
                .optional();
    }
}
