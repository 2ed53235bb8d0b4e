package org.manyi.campaign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares versions of a plan field by field, elements by their ids whatever their order. */
@Component
public class PlanComparison {

    private final JsonMapper json = JsonMapper.builder().build();
    private final PlanFiles files;

    PlanComparison(PlanFiles files) {
        this.files = files;
    }

    /**
     * What is different in the later version, in the order of the plan.
     *
     * @param before never null
     * @param after never null
     */
    public List<PlanChange> of(Plan before, Plan after) {
        JsonNode one = json.readTree(files.keep(before));
        JsonNode other = json.readTree(files.keep(after));
        List<PlanChange> changes = new ArrayList<>();
        for (String part : names(one, other)) {
            JsonNode was = one.get(part);
            JsonNode is = other.get(part);
            if (elements(was) || elements(is)) {
                compare(part, byId(was), byId(is), changes);
            } else if (!Objects.equals(was, is)) {
                changes.add(new PlanChange(part, null, null, text(was), text(is)));
            }
        }
        return List.copyOf(changes);
    }

    private static void compare(
            String part, Map<String, JsonNode> before, Map<String, JsonNode> after, List<PlanChange> changes) {
        Set<String> ids = new LinkedHashSet<>(before.keySet());
        ids.addAll(after.keySet());
        for (String id : ids) {
            JsonNode was = before.get(id);
            JsonNode is = after.get(id);
            String name = name(is == null ? was : is);
            if (was == null || is == null) {
                changes.add(
                        new PlanChange(part, name, null, was == null ? null : name(was), is == null ? null : name(is)));
                continue;
            }
            for (String field : names(was, is)) {
                if (!Objects.equals(was.get(field), is.get(field))) {
                    changes.add(new PlanChange(part, name, field, text(was.get(field)), text(is.get(field))));
                }
            }
        }
    }

    private static boolean elements(JsonNode node) {
        return node != null && node.isArray() && !node.isEmpty() && node.get(0).isObject();
    }

    /** The elements by what names them: their id, a post, a name. */
    private static Map<String, JsonNode> byId(JsonNode list) {
        Map<String, JsonNode> byId = new LinkedHashMap<>();
        if (list != null) {
            list.forEach(element -> byId.put(first(element, "id", "name"), element));
        }
        return byId;
    }

    private static String name(JsonNode element) {
        return first(element, "name", "id");
    }

    private static String first(JsonNode element, String field, String otherwise) {
        return element.path(field).asString(element.path(otherwise).asString(""));
    }

    private static Set<String> names(JsonNode one, JsonNode other) {
        Set<String> names = new LinkedHashSet<>(one.propertyNames());
        names.addAll(other.propertyNames());
        return names;
    }

    private static String text(JsonNode node) {
        if (node == null) {
            return null;
        }
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false)
                    .map(PlanComparison::text)
                    .collect(Collectors.joining(", "));
        }
        if (node.isObject()) {
            return node.propertyStream()
                    .map(property -> property.getKey() + " " + text(property.getValue()))
                    .collect(Collectors.joining(", "));
        }
        return node.asString();
    }
}
