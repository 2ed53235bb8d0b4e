package org.manyi.register;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The texts about the survey line as they are shipped; nothing at run time changes them. */
@Component
class Templates {

    private final List<Publicity.Template> all;

    Templates() {
        try (InputStream file = new ClassPathResource("register/publicity-templates.yaml").getInputStream()) {
            List<Map<String, String>> read = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
            all = read.stream().map(Templates::template).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Publicity.Template template(Map<String, String> entry) {
        return new Publicity.Template(
                entry.get("id"),
                Means.valueOf(entry.get("means").toUpperCase(Locale.ROOT)),
                entry.get("titleZh"),
                entry.get("textZh").strip(),
                entry.get("titleEn"),
                entry.get("textEn").strip());
    }

    List<Publicity.Template> all() {
        return all;
    }

    /** Whether there is a template of this id for these means. */
    boolean knows(String id, Means means) {
        return all.stream().anyMatch(one -> one.id().equals(id) && one.means() == means);
    }
}
