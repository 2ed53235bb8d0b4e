package org.manyi.rehearsal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.manyi.org.Unit;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the people of the demonstration write in its years ({@code demo/years.yaml}), with numbers that fit a school's size. */
final class YearScript {

    private static final String ANY = "any";
    private static final Map<String, String> GROUPS = Map.of(
            "kindergarten", "kindergarten",
            "kindergarten-centre", "kindergarten",
            "primary", "primary",
            "junior", "secondary",
            "nine-year", "secondary",
            "complete-secondary", "secondary",
            "senior", "secondary",
            "vocational", "secondary");
    private static final Map<String, Integer> CLASSES = Map.of("kindergarten", 6, "primary", 12, "secondary", 18);
    private static final int CLASSES_OF_OTHERS = 2;

    private final Map<String, Object> script;

    YearScript() {
        try (InputStream file = new ClassPathResource("demo/years.yaml").getInputStream()) {
            script = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a school hands in for a node. */
    String school(String node, int year, Unit school) {
        String group = GROUPS.getOrDefault(school.kind(), "other");
        List<String> said = list("schools", node, group);
        String seed = node + school.code() + year;
        return filled(said.get(Chance.below(said.size(), seed)), year, group, school.code(), seed);
    }

    /** An item of a school's ledger. */
    record LedgerItem(String content, String measure, String person) {}

    /** What a school writes into its ledger, by its kind. */
    @SuppressWarnings("unchecked")
    List<LedgerItem> ledger(Unit school) {
        List<Map<String, String>> items =
                (List<Map<String, String>>) find("ledger", GROUPS.getOrDefault(school.kind(), "other"));
        return items.stream()
                .map(item -> new LedgerItem(item.get("content"), item.get("measure"), item.get("person")))
                .toList();
    }

    /** What the evidence of an item that is closed is called. */
    String ledgerEvidence() {
        return text("ledger", "evidence");
    }

    /** What a school adds when it does its work again. */
    String again(String node) {
        return text("returned", node, "again");
    }

    /** Why a school's work is sent back. */
    String reason(String node) {
        return text("returned", node, "reason");
    }

    /** What the bureau's people hand in for a node. */
    String bureau(String node) {
        String said = text("bureau", node);
        return said == null ? text("bureau", ANY) : said;
    }

    /** What a contact leader reports of a month. */
    String leader(String post, int year, int month) {
        List<String> said = list("leaders");
        String seed = post + year + "-" + month;
        return filled(said.get(Chance.below(said.size(), seed)), year, ANY, post, seed)
                .replace("{month}", String.valueOf(month));
    }

    /** A word of the plan's making. */
    String plan(String key, int year) {
        return filled(text("plan", key), year, ANY, key, key + year)
                .replace("{number}", String.valueOf(5 + Chance.below(12, "paper" + year)));
    }

    /** A word of the city's results. */
    String city(String key, int year) {
        return text("city", key).replace("{year}", String.valueOf(year));
    }

    private static String filled(String said, int year, String group, String place, String seed) {
        int classes = CLASSES.getOrDefault(group, CLASSES_OF_OTHERS) * (80 + Chance.below(80, place)) / 100;
        int pupils = classes * (group.equals("kindergarten") ? 26 : 41) + Chance.below(9, place);
        int families = pupils * 95 / 100;
        return said.replace("{year}", String.valueOf(year))
                .replace("{classes}", String.valueOf(classes))
                .replace("{pupils}", String.valueOf(pupils))
                .replace("{families}", String.valueOf(families))
                .replace("{teachers}", String.valueOf(classes * 5 / 2 + 1))
                .replace("{visited}", String.valueOf(families * (90 + Chance.below(11, seed)) / 100))
                .replace("{rate}", String.valueOf(88 + Chance.below(12, seed)))
                .replace("{some}", String.valueOf(11 + Chance.below(20, seed)))
                .replace("{few}", String.valueOf(2 + Chance.below(5, seed)));
    }

    private String text(String... path) {
        Object found = find(path);
        return found == null ? null : found.toString();
    }

    @SuppressWarnings("unchecked")
    private List<String> list(String... path) {
        return (List<String>) find(path);
    }

    private Object find(String... path) {
        Object found = script;
        for (String key : path) {
            found = found instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return found;
    }
}
