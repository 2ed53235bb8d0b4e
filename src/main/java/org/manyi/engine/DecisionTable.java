package org.manyi.engine;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A decision table as people read it: the first rule that holds decides.
 *
 * @param rules from top to bottom, never null
 */
public record DecisionTable(List<Rule> rules) {

    /** Keeps its own copy. */
    public DecisionTable {
        rules = List.copyOf(rules);
    }

    /**
     * A rule.
     *
     * @param id stays the same through all versions; a letter, then letters, digits and underscores; never null
     * @param description what it is for, as typed, never null
     * @param conditions the codes of which one must be given, by column; a column that is left out takes any; never null
     * @param outputs a code or a whole number by column, never null
     */
    public record Rule(
            String id, String description, Map<String, List<String>> conditions, Map<String, String> outputs) {

        /** Keeps its own copies, the codes in one order, so that rules that say the same are the same. */
        public Rule {
            Map<String, List<String>> asked = new TreeMap<>();
            conditions.forEach((column, codes) -> {
                if (!codes.isEmpty()) {
                    asked.put(column, codes.stream().distinct().sorted().toList());
                }
            });
            conditions = Collections.unmodifiableMap(asked);
            outputs = Collections.unmodifiableMap(new TreeMap<>(outputs));
        }

        /** Whether it holds for what is given. */
        boolean holds(Map<String, String> inputs) {
            return conditions.entrySet().stream()
                    .allMatch(condition -> condition.getValue().contains(inputs.get(condition.getKey())));
        }

        /** Whether it holds for whatever is given. */
        boolean takesAll() {
            return conditions.isEmpty();
        }
    }

    /**
     * The rule that decides, as the engine finds it.
     *
     * @param inputs a code by column, never null
     * @return empty when none holds
     */
    Optional<Rule> decide(Map<String, String> inputs) {
        return rules.stream().filter(rule -> rule.holds(inputs)).findFirst();
    }

    /** The rule of this id; empty when there is none. */
    public Optional<Rule> rule(String id) {
        return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }
}
