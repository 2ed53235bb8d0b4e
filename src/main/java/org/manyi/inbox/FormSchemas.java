package org.manyi.inbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.manyi.engine.Processes;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The deployed forms, read once each, and shown in the current language. */
@Component
class FormSchemas {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final Processes processes;
    private final MessageSource messages;
    // By text: forms come only with deployments, so there are as many as there are versions of them.
    private final Map<String, FormSchema> read = new ConcurrentHashMap<>();

    FormSchemas(Processes processes, MessageSource messages) {
        this.processes = processes;
        this.messages = messages;
    }

    FormSchema of(TaskRow task) {
        return read.computeIfAbsent(processes.taskForm(task.id()), FormSchema::parse);
    }

    /** The schema as form-js draws it, its texts in the current language. */
    Map<String, Object> shown(FormSchema schema, String taskKey) {
        Map<String, Object> root = JSON.readValue(schema.text(), OBJECT);
        if (!LocaleContextHolder.getLocale().getLanguage().equals(Locale.CHINESE.getLanguage())) {
            translate(components(root), "form." + taskKey + ".");
        }
        return root;
    }

    /** An answer with its label and what was chosen in the current language. */
    SubmittedLine shown(SubmittedLine line, String taskKey) {
        String key = "form." + taskKey + "." + line.field();
        List<String> values = new ArrayList<>(line.values());
        for (int i = 0; i < line.options().size(); i++) {
            values.set(i, message(key + "." + line.options().get(i), values.get(i)));
        }
        return new SubmittedLine(
                line.field(), line.row(), message(key, line.label()), line.kind(), values, line.options());
    }

    /** What a form needs to offer its dynamic choices, by {@code valuesKey}, as form-js reads them. */
    static Map<String, List<Map<String, String>>> choices(
            FormSchema schema, Map<String, List<TaskHandler.Option>> options) {
        Map<String, List<Map<String, String>>> choices = new LinkedHashMap<>();
        for (String key : schema.valuesKeys()) {
            choices.put(
                    key,
                    options.getOrDefault(key, List.of()).stream()
                            .map(option -> Map.of("value", option.value(), "label", option.label()))
                            .toList());
        }
        return choices;
    }

    private void translate(List<Map<String, Object>> components, String prefix) {
        for (Map<String, Object> component : components) {
            String key = prefix + name(component);
            for (String label : List.of("label", "dateLabel", "text")) {
                component.computeIfPresent(label, (name, text) -> message(key, (String) text));
            }
            component.computeIfPresent("description", (name, text) -> message(key + ".description", (String) text));
            if (component.get("values") instanceof List<?> values) {
                for (Object value : values) {
                    if (value instanceof Map<?, ?>) {
                        @SuppressWarnings("unchecked")
                        Map<String, Object> option = (Map<String, Object>) value;
                        option.computeIfPresent(
                                "label", (name, text) -> message(key + "." + option.get("value"), (String) text));
                    }
                }
            }
            boolean rows = "dynamiclist".equals(component.get("type"));
            translate(components(component), rows ? key + "." : prefix);
        }
    }

    private static String name(Map<String, Object> component) {
        for (String property : List.of("key", "path", "id")) {
            if (component.get(property) instanceof String text && !text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> components(Map<String, Object> parent) {
        return parent.get("components") instanceof List<?> list ? (List<Map<String, Object>>) list : List.of();
    }

    private String message(String key, String otherwise) {
        return messages.getMessage(key, null, otherwise, LocaleContextHolder.getLocale());
    }
}
