package org.manyi.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.camunda.bpm.model.dmn.instance.Decision;
import org.camunda.bpm.model.dmn.instance.Description;
import org.camunda.bpm.model.dmn.instance.DmnElement;
import org.camunda.bpm.model.dmn.instance.Input;
import org.camunda.bpm.model.dmn.instance.InputEntry;
import org.camunda.bpm.model.dmn.instance.Output;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.dmn.instance.Text;
import org.manyi.engine.DecisionSubject.Column;
import org.manyi.engine.DecisionSubject.Option;

/**
 * A decision table as DMN. Only codes and whole numbers ever become an expression; whatever else is asked of it is refused, so that
 * nothing that somebody typed can be evaluated.
 */
final class DecisionDmn {

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,31}");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,3}");
    private static final Pattern ID = Pattern.compile("[A-Za-z]\\w{0,60}");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"(?:\\s*,\\s*|$)");

    private final DmnModelInstance model;
    private final Decision decision;
    private final org.camunda.bpm.model.dmn.instance.DecisionTable table;

    /**
     * Reads a file with one decision, which is a table of hit policy FIRST.
     *
     * @throws IllegalArgumentException when it is anything else
     */
    DecisionDmn(byte[] dmn) {
        this.model = Dmn.readModelFromStream(new ByteArrayInputStream(dmn));
        this.decision = model.getModelElementsByType(Decision.class).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no decision"));
        if (!(decision.getExpression() instanceof org.camunda.bpm.model.dmn.instance.DecisionTable found)
                || found.getHitPolicy() != HitPolicy.FIRST) {
            throw new IllegalArgumentException(decision.getId() + " is no table of which the first rule decides");
        }
        this.table = found;
    }

    String key() {
        return decision.getId();
    }

    /**
     * The rules.
     *
     * @throws IllegalArgumentException when an entry is anything but codes or a number
     */
    DecisionTable read() {
        List<DecisionTable.Rule> rules = new ArrayList<>();
        for (Rule rule : table.getRules()) {
            Map<String, List<String>> conditions = new LinkedHashMap<>();
            int at = 0;
            for (Input input : table.getInputs()) {
                String text = List.copyOf(rule.getInputEntries())
                        .get(at++)
                        .getText()
                        .getTextContent()
                        .strip();
                if (!text.isEmpty()) {
                    conditions.put(name(input), codes(text));
                }
            }
            Map<String, String> outputs = new LinkedHashMap<>();
            at = 0;
            for (Output output : table.getOutputs()) {
                String text = List.copyOf(rule.getOutputEntries())
                        .get(at++)
                        .getText()
                        .getTextContent()
                        .strip();
                outputs.put(
                        output.getName(),
                        NUMBER.matcher(text).matches() ? text : codes(text).get(0));
            }
            rules.add(new DecisionTable.Rule(
                    rule.getId(), rule.getDescription().getTextContent().strip(), conditions, outputs));
        }
        return new DecisionTable(rules);
    }

    private static List<String> codes(String text) {
        List<String> codes = new ArrayList<>();
        Matcher matcher = QUOTED.matcher(text);
        int at = 0;
        while (at < text.length() && matcher.find(at) && matcher.start() == at) {
            codes.add(require(CODE, matcher.group(1)));
            at = matcher.end();
        }
        if (at < text.length() || codes.isEmpty()) {
            throw new IllegalArgumentException("not a list of codes: " + text);
        }
        return List.copyOf(codes);
    }

    /**
     * The same file with other rules.
     *
     * @param subject whose codes there are, never null
     * @throws IllegalArgumentException when a rule holds anything but codes and numbers
     */
    byte[] write(DecisionTable rules, DecisionSubject subject) {
        List.copyOf(table.getRules()).forEach(table.getRules()::remove);
        Map<String, Column> columns = new LinkedHashMap<>();
        subject.conditions().forEach(column -> columns.put(column.name(), column));
        subject.outputs().forEach(column -> columns.put(column.name(), column));
        for (Input input : table.getInputs()) {
            if (input.getInputValues() != null) {
                input.getInputValues().getText().setTextContent(known(columns.get(name(input))));
            }
        }
        for (Output output : table.getOutputs()) {
            if (output.getOutputValues() != null) {
                output.getOutputValues().getText().setTextContent(known(columns.get(output.getName())));
            }
        }
        rules.rules().forEach(this::add);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Dmn.validateModel(model);
        Dmn.writeModelToStream(out, model);
        return out.toByteArray();
    }

    private static String known(Column column) {
        return quoted(column.options().stream().map(Option::code).toList());
    }

    private void add(DecisionTable.Rule rule) {
        Rule element = model.newInstance(Rule.class);
        element.setId(require(ID, rule.id()));
        Description description = model.newInstance(Description.class);
        description.setTextContent(rule.description());
        element.setDescription(description);
        for (Input input : table.getInputs()) {
            String name = name(input);
            InputEntry entry = entry(InputEntry.class, rule, name);
            entry.setText(text(quoted(rule.conditions().getOrDefault(name, List.of()))));
            element.getInputEntries().add(entry);
        }
        for (Output output : table.getOutputs()) {
            String value = rule.outputs().get(output.getName());
            OutputEntry entry = entry(OutputEntry.class, rule, output.getName());
            entry.setText(
                    text("integer".equals(output.getTypeRef()) ? require(NUMBER, value) : quoted(List.of(value))));
            element.getOutputEntries().add(entry);
        }
        table.getRules().add(element);
    }

    private <E extends DmnElement> E entry(Class<E> type, DecisionTable.Rule rule, String column) {
        E entry = model.newInstance(type);
        entry.setId(rule.id() + "_" + column);
        return entry;
    }

    private Text text(String content) {
        Text text = model.newInstance(Text.class);
        text.setTextContent(content);
        return text;
    }

    private static String quoted(List<String> codes) {
        return codes.stream().map(code -> '"' + require(CODE, code) + '"').collect(Collectors.joining(", "));
    }

    private static String name(Input input) {
        return input.getInputExpression().getText().getTextContent().strip();
    }

    private static String require(Pattern pattern, String text) {
        if (text == null || !pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("neither a code nor a number: " + text);
        }
        return text;
    }
}
