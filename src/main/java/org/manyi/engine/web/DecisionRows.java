package org.manyi.engine.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.manyi.engine.DecisionSubject;
import org.manyi.engine.DecisionSubject.Column;
import org.manyi.engine.DecisionTable;
import org.manyi.engine.DecisionTables.Difference;
import org.springframework.context.MessageSource;

/** A decision table in words. */
final class DecisionRows {

    private final DecisionSubject subject;
    private final List<Column> conditions;
    private final List<Column> outputs;
    private final MessageSource messages;
    private final Locale locale;

    DecisionRows(DecisionSubject subject, MessageSource messages, Locale locale) {
        this.subject = subject;
        this.conditions = subject.conditions();
        this.outputs = subject.outputs();
        this.messages = messages;
        this.locale = locale;
    }

    /**
     * What a rule says in a column.
     *
     * @param any whether it takes any
     */
    record Cell(String label, String text, boolean any) {}

    /**
     * A rule in its place.
     *
     * @param number from 1
     * @param covered the numbers of the rules that leave it nothing, null when it can be reached
     * @param hits how often it would have held, null where that was not asked
     */
    record Row(
            int number,
            String id,
            String description,
            List<Cell> conditions,
            List<Cell> outputs,
            String covered,
            Integer hits) {}

    /**
     * A rule that differs.
     *
     * @param lines what is different, one a column, empty when it was only moved or is gone
     */
    record Differing(String change, String place, String description, List<String> lines) {}

    /** A case that would have been decided otherwise, with what differs. */
    record Example(DecisionSubject.Example found, String inputs, List<String> lines, String rules) {}

    String name() {
        return text(subject.nameKey());
    }

    List<String> labels() {
        return Stream.concat(conditions.stream(), outputs.stream())
                .map(column -> text(column.labelKey()))
                .toList();
    }

    /** The rules in words; hits is null where nothing was tried. */
    List<Row> rows(DecisionTable table, Map<String, List<Integer>> covered, Map<String, Integer> hits) {
        List<Row> rows = new ArrayList<>();
        for (DecisionTable.Rule rule : table.rules()) {
            List<Integer> coveredBy = covered.get(rule.id());
            rows.add(new Row(
                    rows.size() + 1,
                    rule.id(),
                    rule.description(),
                    conditions.stream()
                            .map(column -> new Cell(
                                    text(column.labelKey()),
                                    condition(column, rule),
                                    !rule.conditions().containsKey(column.name())))
                            .toList(),
                    outputs.stream()
                            .map(column -> new Cell(text(column.labelKey()), output(column, rule), false))
                            .toList(),
                    coveredBy == null
                            ? null
                            : coveredBy.stream().map(String::valueOf).collect(Collectors.joining(separator())),
                    hits == null ? null : hits.get(rule.id())));
        }
        return rows;
    }

    List<Differing> differing(List<Difference> differences) {
        return differences.stream().map(this::differing).toList();
    }

    private Differing differing(Difference difference) {
        DecisionTable.Rule rule = difference.after() == null ? difference.before() : difference.after();
        String place =
                switch (difference.change()) {
                    case ADDED, CHANGED -> text("engine.decision.place", difference.placeAfter());
                    case REMOVED -> text("engine.decision.place", difference.placeBefore());
                    case MOVED ->
                        text("engine.decision.place.moved", difference.placeBefore(), difference.placeAfter());
                };
        List<String> lines =
                switch (difference.change()) {
                    case ADDED -> said(rule);
                    case CHANGED -> changes(difference.before(), rule);
                    default -> List.of();
                };
        return new Differing(difference.change().name().toLowerCase(Locale.ROOT), place, rule.description(), lines);
    }

    private List<String> said(DecisionTable.Rule rule) {
        return Stream.concat(
                        conditions.stream()
                                .filter(column -> rule.conditions().containsKey(column.name()))
                                .map(column -> line(column, condition(column, rule))),
                        outputs.stream().map(column -> line(column, output(column, rule))))
                .toList();
    }

    private List<String> changes(DecisionTable.Rule before, DecisionTable.Rule after) {
        List<String> lines = new ArrayList<>();
        if (!before.description().equals(after.description())) {
            lines.add(text(
                    "engine.decision.line",
                    text("engine.decision.description"),
                    became(before.description(), after.description())));
        }
        for (Column column : conditions) {
            add(lines, column, condition(column, before), condition(column, after));
        }
        for (Column column : outputs) {
            add(lines, column, output(column, before), output(column, after));
        }
        return lines;
    }

    private void add(List<String> lines, Column column, String before, String after) {
        if (!Objects.equals(before, after)) {
            lines.add(line(column, became(before, after)));
        }
    }

    private String became(String before, String after) {
        return Objects.equals(before, after) ? before : text("engine.decision.became", before, after);
    }

    private String line(Column column, String said) {
        return text("engine.decision.line", text(column.labelKey()), said);
    }

    /** A case in words: what was given, and what would have been decided otherwise. */
    Example example(DecisionSubject.Example example, DecisionTable.Rule before, DecisionTable.Rule after) {
        List<String> lines = new ArrayList<>();
        for (Column column : outputs) {
            if (subject.counts(example.inputs(), column.name())) {
                add(lines, column, output(column, before), output(column, after));
            }
        }
        String inputs = conditions.stream()
                .map(column -> column.label(example.inputs().get(column.name())))
                .collect(Collectors.joining(separator()));
        return new Example(example, inputs, lines, became(description(before), description(after)));
    }

    private String description(DecisionTable.Rule rule) {
        return rule == null ? text("engine.decision.none") : rule.description();
    }

    private String condition(Column column, DecisionTable.Rule rule) {
        List<String> codes = rule.conditions().get(column.name());
        if (codes == null) {
            return text("engine.decision.any");
        }
        Stream<String> known = column.options().stream()
                .filter(option -> codes.contains(option.code()))
                .map(option -> option.offered() ? option.label() : text("engine.decision.retired", option.label()));
        Stream<String> unknown =
                codes.stream().filter(code -> column.option(code).isEmpty());
        return Stream.concat(known, unknown).collect(Collectors.joining(separator()));
    }

    private String output(Column column, DecisionTable.Rule rule) {
        return rule == null
                ? text("engine.decision.none")
                : column.label(rule.outputs().getOrDefault(column.name(), text("engine.decision.none")));
    }

    private String separator() {
        return text("engine.decision.separator");
    }

    private String text(String key, Object... args) {
        return messages.getMessage(key, args, locale);
    }
}
