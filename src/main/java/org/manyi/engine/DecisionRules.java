package org.manyi.engine;

import java.util.ArrayList;
import java.util.List;
import org.manyi.engine.DecisionSubject.Column;
import org.manyi.engine.DecisionSubject.Option;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.Texts;

/** What a rule and a table must be like to be put into force. */
final class DecisionRules {

    static final int MOST_RULES = 200;
    private static final int LONGEST_DESCRIPTION = 200;
    private static final int SHORTEST_REASON = 2;
    private static final int LONGEST_REASON = 200;
    private static final int FIRST_NONCHARACTER = 0xFFFE;

    private DecisionRules() {}

    /** What is wrong with a rule, by column; a retired code may be asked for but not decided. */
    static List<FieldProblem> problems(DecisionSubject subject, DecisionTable.Rule rule) {
        List<FieldProblem> problems = new ArrayList<>();
        text("description", rule.description(), 1, LONGEST_DESCRIPTION, problems);
        for (Column column : subject.conditions()) {
            if (rule.conditions().getOrDefault(column.name(), List.of()).stream()
                    .anyMatch(code -> column.option(code).isEmpty())) {
                problems.add(FieldProblem.of(column.name(), "unknown", "shared.field.unknown"));
            }
        }
        for (Column column : subject.outputs()) {
            String value = rule.outputs().get(column.name());
            if (value == null || value.isEmpty()) {
                problems.add(FieldProblem.of(column.name(), "required", "shared.field.required"));
            } else if (column.isNumber() && !between(value, column.most())) {
                problems.add(FieldProblem.of(column.name(), "range", "shared.field.number", 1, column.most()));
            } else if (!column.isNumber()
                    && column.option(value).filter(Option::offered).isEmpty()) {
                problems.add(FieldProblem.of(column.name(), "unknown", "shared.field.unknown"));
            }
        }
        return problems;
    }

    private static boolean between(String value, int most) {
        return value.matches("[1-9][0-9]{0,3}") && Integer.parseInt(value) <= most;
    }

    /** What is wrong with a whole table. */
    static List<FieldProblem> problems(DecisionSubject subject, DecisionTable table) {
        List<FieldProblem> problems = new ArrayList<>();
        List<DecisionTable.Rule> rules = table.rules();
        for (int i = 0; i < rules.size(); i++) {
            if (!problems(subject, rules.get(i)).isEmpty()) {
                problems.add(FieldProblem.of("rule-" + (i + 1), "unknown", "engine.problem.decision.rule", i + 1));
            }
        }
        if (rules.isEmpty() || !rules.get(rules.size() - 1).takesAll()) {
            problems.add(FieldProblem.of("rule-" + rules.size(), "required", "engine.problem.decision.last"));
        }
        return problems;
    }

    /** The reason without blanks around it, and what is wrong with it. */
    static String reason(String typed, List<FieldProblem> problems) {
        return text("reason", typed, SHORTEST_REASON, LONGEST_REASON, problems);
    }

    /** A line that can be kept and written into an XML file. */
    private static String text(String field, String typed, int shortest, int longest, List<FieldProblem> problems) {
        String text = typed == null ? "" : typed.strip();
        if (text.length() < shortest) {
            problems.add(FieldProblem.of(field, "required", "shared.field.required"));
        } else if (text.length() > longest) {
            problems.add(FieldProblem.of(field, "tooLong", "shared.field.tooLong", longest));
        } else if (!Texts.storable(text)
                || text.chars().anyMatch(c -> Character.isISOControl(c) || c >= FIRST_NONCHARACTER)) {
            problems.add(FieldProblem.of(field, "unknown", "shared.field.unknown"));
        }
        return text;
    }
}
