package org.manyi.inbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A form as form-js draws it, read so that the server holds everybody to it. Only the components and rules below are known;
 * a schema with anything else is refused when it is read, so that no rule can be drawn and not enforced:
 * {@code textfield textarea number checkbox radio select checklist taglist datetime} (subtype date) {@code dynamiclist group
 * text separator spacer} and our own {@code files}, a list of attachment ids.
 */
public final class FormSchema {

    /** The longest text where the schema names no limit. */
    public static final int TEXT_LIMIT = 4000;
    /** The most rows of a list where the schema names no limit. */
    public static final int ROW_LIMIT = 30;
    /** The most files of a field where the schema names no limit. */
    public static final int FILE_LIMIT = 10;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<String> SHOWN_ONLY = Set.of("text", "separator", "spacer");
    private static final Set<String> RULES = Set.of(
            "required",
            "minLength",
            "maxLength",
            "min",
            "max",
            "pattern",
            "patternErrorMessage",
            "minItems",
            "maxItems");

    private final String text;
    private final List<Component> components;

    private FormSchema(String text, List<Component> components) {
        this.text = text;
        this.components = components;
    }

    /** What a component takes. */
    enum Type {
        TEXTFIELD,
        TEXTAREA,
        NUMBER,
        CHECKBOX,
        RADIO,
        SELECT,
        CHECKLIST,
        TAGLIST,
        DATETIME,
        FILES,
        DYNAMICLIST,
        GROUP;

        boolean chooses() {
            return this == RADIO || this == SELECT || choosesSeveral();
        }

        boolean choosesSeveral() {
            return this == CHECKLIST || this == TAGLIST;
        }

        boolean isText() {
            return this == TEXTFIELD || this == TEXTAREA;
        }
    }

    /** What a value must be; a limit that the schema does not name is null. Items are files or rows. */
    record Rules(
            boolean required,
            Integer minLength,
            Integer maxLength,
            Integer min,
            Integer max,
            Pattern pattern,
            Integer minItems,
            Integer maxItems) {}

    /**
     * A component that takes a value, or holds such components.
     *
     * @param key null for a group
     * @param options the choices written in the schema, null when {@code valuesKey} names them
     */
    record Component(
            Type type,
            String key,
            String label,
            Rules rules,
            List<TaskHandler.Option> options,
            String valuesKey,
            FormCondition hide,
            List<Component> children) {}

    /**
     * Reads a schema.
     *
     * @param json a form-js schema, never null
     * @throws IllegalArgumentException when it holds anything that the server would not enforce; the message says what
     */
    public static FormSchema parse(String json) {
        JsonNode root;
        try {
            root = JSON.readTree(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("A form must be JSON", e);
        }
        if (!root.path("components").isArray()) {
            throw new IllegalArgumentException("A form has components");
        }
        FormSchema schema = new FormSchema(json, components(root.path("components"), 0));
        schema.refuseDoubleKeys();
        return schema;
    }

    /** The keys of the fields that a submission may name, rows of lists left out; never null. */
    public Set<String> keys() {
        Map<String, Component> fields = new LinkedHashMap<>();
        collect(components, fields);
        return Set.copyOf(fields.keySet());
    }

    /** The keys under which the form asks for its choices; never null. */
    public Set<String> valuesKeys() {
        return allOf(components).stream()
                .map(Component::valuesKey)
                .filter(key -> key != null)
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    /** The schema as it was read; never null. */
    String text() {
        return text;
    }

    List<Component> components() {
        return components;
    }

    /**
     * Takes what the schema knows of a submission.
     *
     * @param submitted as sent, unknown fields are ignored; never null
     * @param options the choices by {@code valuesKey}, asked for only when one of them was chosen; never null
     * @param knownFile whether an attachment id is one of the task's or the case's
     * @throws org.manyi.shared.ValidationException with an entry for every field at fault
     */
    FormValues take(
            Map<String, Object> submitted,
            Supplier<Map<String, List<TaskHandler.Option>>> options,
            Predicate<String> knownFile) {
        return new FormReader(options, knownFile).read(components, submitted);
    }

    private void refuseDoubleKeys() {
        Map<String, Component> fields = new LinkedHashMap<>();
        collect(components, fields);
        long named = allOf(components).stream()
                .filter(component -> component.type != Type.GROUP)
                .count();
        long inRows = fields.values().stream()
                .filter(component -> component.type == Type.DYNAMICLIST)
                .mapToLong(list -> allOf(list.children).stream()
                        .filter(component -> component.type != Type.GROUP)
                        .count())
                .sum();
        if (named - inRows != fields.size()) {
            throw new IllegalArgumentException("Two fields share a key");
        }
    }

    private static void collect(List<Component> components, Map<String, Component> fields) {
        for (Component component : components) {
            if (component.type == Type.GROUP) {
                collect(component.children, fields);
            } else {
                fields.put(component.key, component);
            }
        }
    }

    private static List<Component> allOf(List<Component> components) {
        List<Component> all = new ArrayList<>();
        for (Component component : components) {
            all.add(component);
            all.addAll(allOf(component.children));
        }
        return all;
    }

    private static List<Component> components(JsonNode nodes, int depth) {
        if (depth > 3) {
            throw new IllegalArgumentException("Components are nested too deep");
        }
        List<Component> read = new ArrayList<>();
        for (JsonNode node : nodes) {
            String type = node.path("type").asString("");
            if (!SHOWN_ONLY.contains(type)) {
                read.add(component(node, type, depth));
            } else if (type.equals("text")) {
                refuseExpression(node.path("text"), "text");
            }
        }
        return List.copyOf(read);
    }

    private static Component component(JsonNode node, String typeName, int depth) {
        Type type;
        try {
            type = Type.valueOf(typeName.toUpperCase(java.util.Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Component " + typeName + " is not known", e);
        }
        String key =
                switch (type) {
                    case GROUP -> null;
                    case DYNAMICLIST -> node.path("path").asString("");
                    default -> node.path("key").asString("");
                };
        if (key != null && !key.matches("[A-Za-z][A-Za-z0-9]*")) {
            throw new IllegalArgumentException(typeName + " has no plain key: '" + key + "'");
        }
        String name = key == null ? typeName : key;
        if (type == Type.GROUP && !node.path("path").asString("").isEmpty()) {
            throw new IllegalArgumentException("A group has no path");
        }
        if (type == Type.DATETIME && !"date".equals(node.path("subtype").asString(""))) {
            throw new IllegalArgumentException(name + ": only days, subtype date");
        }
        for (String unsupported : List.of("valuesExpression", "expression")) {
            if (node.has(unsupported)) {
                throw new IllegalArgumentException(name + ": " + unsupported + " is not supported");
            }
        }
        for (String closed : List.of("disabled", "readonly")) {
            if (node.has(closed)
                    && !node.path(closed).equals(JSON.getNodeFactory().booleanNode(false))) {
                throw new IllegalArgumentException(name + ": a field that takes nothing is written as text");
            }
        }
        refuseExpression(node.path("label"), name);
        refuseExpression(node.path("description"), name);
        return new Component(
                type,
                key,
                label(node, type, name),
                rules(node, type, name),
                options(node, type, name),
                node.has("valuesKey") ? node.path("valuesKey").asString() : null,
                condition(node, name),
                node.path("components").isArray() ? components(node.path("components"), depth + 1) : List.of());
    }

    private static String label(JsonNode node, Type type, String name) {
        return node.path(type == Type.DATETIME ? "dateLabel" : "label").asString(name);
    }

    private static void refuseExpression(JsonNode text, String name) {
        String value = text.asString("");
        if (value.startsWith("=") || value.contains("{{")) {
            throw new IllegalArgumentException(name + ": texts are texts, not expressions");
        }
    }

    private static Rules rules(JsonNode node, Type type, String name) {
        JsonNode rules = node.path("validate");
        for (String rule : rules.propertyNames()) {
            if (!RULES.contains(rule)) {
                throw new IllegalArgumentException(name + ": rule " + rule + " is not known");
            }
        }
        Integer minLength = number(rules, "minLength", name);
        Integer maxLength = number(rules, "maxLength", name);
        if (type == Type.NUMBER && node.path("decimalDigits").asInt(0) != 0) {
            throw new IllegalArgumentException(name + ": only whole numbers");
        }
        if (rules.has("required") && !rules.path("required").isBoolean()) {
            throw new IllegalArgumentException(name + ": required is true or false");
        }
        String pattern = rules.path("pattern").asString("");
        return new Rules(
                rules.path("required").asBoolean(false),
                minLength,
                maxLength,
                number(rules, "min", name),
                number(rules, "max", name),
                pattern.isEmpty() ? null : SafePattern.compile(pattern),
                number(rules, "minItems", name),
                type == Type.FILES ? number(node, "max", name) : number(rules, "maxItems", name));
    }

    private static Integer number(JsonNode parent, String rule, String name) {
        JsonNode value = parent.path(rule);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isInt()) {
            throw new IllegalArgumentException(name + ": " + rule + " must be a whole number");
        }
        return value.asInt();
    }

    private static List<TaskHandler.Option> options(JsonNode node, Type type, String name) {
        if (!type.chooses()) {
            return null;
        }
        if (!node.path("values").isArray()) {
            if (!node.has("valuesKey")) {
                throw new IllegalArgumentException(name + ": has neither values nor valuesKey");
            }
            return null;
        }
        List<TaskHandler.Option> options = new ArrayList<>();
        for (JsonNode option : node.path("values")) {
            refuseExpression(option.path("label"), name);
            options.add(new TaskHandler.Option(
                    option.path("value").asString(), option.path("label").asString()));
        }
        return List.copyOf(options);
    }

    private static FormCondition condition(JsonNode node, String name) {
        JsonNode conditional = node.path("conditional");
        for (String property : conditional.propertyNames()) {
            if (!property.equals("hide")) {
                throw new IllegalArgumentException(name + ": conditional " + property + " is not known");
            }
        }
        String hide = conditional.path("hide").asString("");
        return hide.isEmpty() ? null : FormCondition.parse(hide);
    }
}
