package org.manyi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.manyi.inbox.FormSchema;
import tools.jackson.databind.JsonNode;

/** What every form keeps to. Each rule returns what breaks it, in words; nothing when all is well. */
class FormRules {

    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    private FormRules() {}

    static List<String> isNamedLikeItsFile(FormModel form) {
        List<String> found = new ArrayList<>();
        if (!form.id().equals(form.root().path("id").asString(""))) {
            found.add("has the id " + form.root().path("id").asString(""));
        }
        if (!"default".equals(form.root().path("type").asString(""))
                || !"Camunda Platform"
                        .equals(form.root().path("executionPlatform").asString(""))) {
            found.add("is not a form of this engine");
        }
        return found;
    }

    /** The server reads it, and no field takes more than anybody would send. */
    static List<String> usesOnlyWhatTheServerEnforces(FormModel form) {
        List<String> found = new ArrayList<>();
        try {
            FormSchema.parse(form.json());
        } catch (IllegalArgumentException e) {
            found.add(e.getMessage());
        }
        Set<String> ids = new HashSet<>();
        for (Field field : fields(form)) {
            JsonNode node = field.node;
            if (!ids.add(node.path("id").asString(""))) {
                found.add(field.name + " shares the id " + node.path("id").asString(""));
            }
            if (Set.of("textfield", "textarea").contains(field.type())
                    && !node.path("validate").has("maxLength")) {
                found.add(field.name + " takes text without end");
            }
            if (field.type().equals("number")
                    && !(node.path("validate").has("min")
                            && node.path("validate").has("max"))) {
                found.add(field.name + " takes any number");
            }
        }
        return found;
    }

    /** A condition names fields that stand in the form. */
    static List<String> hidesByFieldsThatExist(FormModel form) {
        Set<String> keys = new HashSet<>();
        fields(form).forEach(field -> keys.add(field.node.path("key").asString("")));
        List<String> found = new ArrayList<>();
        for (Field field : fields(form)) {
            Pattern.compile("(\\w+) !?= ")
                    .matcher(field.node.path("conditional").path("hide").asString(""))
                    .results()
                    .map(match -> match.group(1))
                    .filter(key -> !keys.contains(key))
                    .forEach(key -> found.add(field.name + " is hidden by " + key + ", which is no field"));
        }
        return found;
    }

    /** Every text is Chinese in the form, the same in the Chinese messages, and has an English one. */
    static List<String> speaksBothLanguages(FormModel form, Map<String, String> chinese, Map<String, String> english) {
        List<String> found = new ArrayList<>();
        texts(form).forEach((key, text) -> {
            if (!HAN.matcher(text).find() || text.startsWith("=") || text.contains("{{")) {
                found.add(key + " is no Chinese text: " + text);
            }
            if (!text.equals(chinese.get(key))) {
                found.add(key + " reads '" + chinese.get(key) + "' in the Chinese messages");
            }
            if (!english.containsKey(key)) {
                found.add(key + " has no English text");
            }
        });
        return found;
    }

    /** Messages of forms that no form shows any more. */
    static List<String> staleMessages(Collection<FormModel> forms, Map<String, String> messages) {
        Set<String> used = new HashSet<>();
        forms.forEach(form -> used.addAll(texts(form).keySet()));
        Set<String> tasks = new HashSet<>();
        forms.forEach(form -> tasks.add("task." + form.id()));
        return messages.keySet().stream()
                .filter(key -> key.startsWith("form.") || key.startsWith("task."))
                .filter(key -> !key.matches("form\\.triageIssue\\.suggestion\\.\\w+"))
                .filter(key -> !used.contains(key) && !tasks.contains(key))
                .sorted()
                .toList();
    }

    private static Map<String, String> texts(FormModel form) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Field field : fields(form)) {
            String key = "form." + form.id() + "." + field.name;
            for (String property : List.of("label", "dateLabel", "text")) {
                if (field.node.has(property)) {
                    texts.put(key, field.node.path(property).asString());
                }
            }
            if (field.node.has("description")) {
                texts.put(key + ".description", field.node.path("description").asString());
            }
            for (JsonNode option : field.node.path("values")) {
                texts.put(
                        key + "." + option.path("value").asString(),
                        option.path("label").asString());
            }
        }
        return texts;
    }

    private record Field(String name, JsonNode node) {

        String type() {
            return node.path("type").asString("");
        }
    }

    /** The components, a list's rows under the list's name, those of a group beside the others. */
    private static List<Field> fields(FormModel form) {
        List<Field> fields = new ArrayList<>();
        collect(form.root(), "", fields);
        return fields;
    }

    private static void collect(JsonNode parent, String prefix, List<Field> fields) {
        for (JsonNode node : parent.path("components")) {
            String name = node.path("key")
                    .asString(node.path("path").asString(node.path("id").asString("")));
            fields.add(new Field(prefix + name, node));
            boolean rows = node.path("type").asString("").equals("dynamiclist");
            collect(node, rows ? prefix + name + "." : prefix, fields);
        }
    }
}
