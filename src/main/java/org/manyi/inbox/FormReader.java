package org.manyi.inbox;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.manyi.inbox.FormSchema.Component;
import org.manyi.inbox.FormSchema.Rules;
import org.manyi.inbox.FormSchema.Type;
import org.manyi.shared.FieldProblem;
import org.manyi.shared.Texts;
import org.manyi.shared.ValidationException;

/** Reads one submission by its schema. */
final class FormReader {

    private static final Set<String> YES_NO = Set.of("true", "false");

    private final Supplier<Map<String, List<TaskHandler.Option>>> offered;
    private final Predicate<String> knownFile;
    private final List<FieldProblem> problems = new ArrayList<>();
    private final List<SubmittedLine> lines = new ArrayList<>();

    FormReader(Supplier<Map<String, List<TaskHandler.Option>>> offered, Predicate<String> knownFile) {
        this.offered = offered;
        this.knownFile = knownFile;
    }

    FormValues read(List<Component> components, Map<String, Object> submitted) {
        Map<String, Object> values = new LinkedHashMap<>();
        Scope scope = new Scope(components, submitted, null);
        readAll(components, scope, "", "", null, values);
        if (!problems.isEmpty()) {
            throw new ValidationException(problems);
        }
        return new FormValues(values, List.copyOf(lines));
    }

    private void readAll(
            List<Component> components,
            Scope scope,
            String path,
            String linePath,
            Integer row,
            Map<String, Object> values) {
        for (Component component : components) {
            if (scope.hides(component)) {
                continue;
            }
            if (component.type() == Type.GROUP) {
                readAll(component.children(), scope, path, linePath, row, values);
                continue;
            }
            String field = path + component.key();
            Object raw = scope.submitted.get(component.key());
            Object value = component.type() == Type.DYNAMICLIST
                    ? rows(component, field, raw, scope)
                    : value(component, field, linePath + component.key(), row, raw);
            if (value != null) {
                values.put(component.key(), value);
            }
        }
    }

    private Object value(Component component, String field, String lineField, Integer row, Object raw) {
        Object value = isBlank(raw)
                ? null
                : switch (component.type()) {
                    case TEXTFIELD, TEXTAREA -> text(component, field, raw);
                    case NUMBER -> number(component, field, raw);
                    case CHECKBOX -> flag(field, raw);
                    case RADIO, SELECT -> choice(component, field, raw);
                    case CHECKLIST, TAGLIST -> choices(component, field, raw);
                    case DATETIME -> day(field, raw);
                    case FILES -> files(component, field, raw);
                    case DYNAMICLIST, GROUP ->
                        throw new IllegalStateException(component.type().name());
                };
        if (value == null
                && component.rules().required()
                && problems.stream().noneMatch(p -> p.field().equals(field))) {
            problem(field, "required", "shared.field.required");
        }
        if (component.type() == Type.CHECKBOX && component.rules().required() && Boolean.FALSE.equals(value)) {
            problem(field, "required", "shared.field.required");
        }
        if (value != null) {
            lines.add(line(component, lineField, row, value));
        }
        return value;
    }

    private static boolean isBlank(Object raw) {
        return raw == null
                || raw instanceof String text && text.isBlank()
                || raw instanceof List<?> list && list.isEmpty();
    }

    private String text(Component component, String field, Object raw) {
        if (!(raw instanceof String)) {
            return problem(field, "text", "shared.field.text");
        }
        String text = ((String) raw).strip();
        Rules rules = component.rules();
        int most = rules.maxLength() == null ? FormSchema.TEXT_LIMIT : rules.maxLength();
        if (!Texts.storable(text)) {
            return problem(field, "characters", "inbox.field.characters");
        }
        if (text.length() > most) {
            return problem(field, "tooLong", "shared.field.tooLong", most);
        }
        if (rules.minLength() != null && text.length() < rules.minLength()) {
            return problem(field, "tooShort", "shared.field.tooShort", rules.minLength());
        }
        if (rules.pattern() != null && !rules.pattern().matcher(text).find()) {
            return problem(field, "pattern", "inbox.field.pattern");
        }
        return text;
    }

    private Integer number(Component component, String field, Object raw) {
        Integer least = component.rules().min();
        Integer most = component.rules().max();
        Integer number = whole(raw);
        if (number == null || least != null && number < least || most != null && number > most) {
            if (least != null && most != null) {
                return problem(field, "number", "shared.field.number", least, most);
            }
            return least != null
                    ? problem(field, "number", "inbox.field.atLeast", least)
                    : problem(field, "number", "inbox.field.whole");
        }
        return number;
    }

    private static Integer whole(Object raw) {
        try {
            if (raw instanceof Number number) {
                return new BigDecimal(number.toString()).intValueExact();
            }
            return raw instanceof String text ? Integer.valueOf(text.strip()) : null;
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    private Boolean flag(String field, Object raw) {
        return raw instanceof Boolean flag ? flag : problem(field, "choice", "shared.field.choice");
    }

    private Object choice(Component component, String field, Object raw) {
        List<TaskHandler.Option> options = options(component);
        if (!isScalar(raw) || find(options, raw.toString()) == null) {
            return problem(field, "choice", "shared.field.choice");
        }
        // A choice between yes and no is a yes or no, whichever way the client writes it.
        return options.stream().allMatch(option -> YES_NO.contains(option.value()))
                ? (Object) Boolean.valueOf(raw.toString())
                : raw.toString();
    }

    private List<String> choices(Component component, String field, Object raw) {
        List<TaskHandler.Option> options = options(component);
        if (!(raw instanceof List<?> list)
                || !list.stream().allMatch(one -> isScalar(one) && find(options, one.toString()) != null)) {
            return problem(field, "choice", "shared.field.choice");
        }
        return list.stream().map(Object::toString).distinct().toList();
    }

    private static boolean isScalar(Object raw) {
        return raw instanceof String || raw instanceof Boolean || raw instanceof Number;
    }

    private List<TaskHandler.Option> options(Component component) {
        return component.options() != null
                ? component.options()
                : offered.get().getOrDefault(component.valuesKey(), List.of());
    }

    private static TaskHandler.Option find(List<TaskHandler.Option> options, String value) {
        return options.stream()
                .filter(option -> option.value().equals(value))
                .findFirst()
                .orElse(null);
    }

    private String day(String field, Object raw) {
        try {
            LocalDate day = LocalDate.parse(raw.toString().strip());
            if (day.getYear() >= 1900 && day.getYear() <= 2199) {
                return day.toString();
            }
        } catch (DateTimeParseException e) {
            // Falls through to the same answer as a day outside the calendar.
        }
        return problem(field, "date", "shared.field.date");
    }

    private List<String> files(Component component, String field, Object raw) {
        if (!(raw instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
            return problem(field, "file", "inbox.field.file");
        }
        List<String> ids = list.stream().map(String.class::cast).distinct().toList();
        int most = component.rules().maxItems() == null
                ? FormSchema.FILE_LIMIT
                : component.rules().maxItems();
        if (ids.size() > most) {
            return problem(field, "tooMany", "inbox.field.tooManyFiles", most);
        }
        return ids.stream().allMatch(knownFile) ? ids : problem(field, "file", "inbox.field.file");
    }

    private List<Map<String, Object>> rows(Component component, String field, Object raw, Scope outer) {
        Rules rules = component.rules();
        if (raw != null && !(raw instanceof List<?>)) {
            return problem(field, "list", "inbox.field.rows", 0, FormSchema.ROW_LIMIT);
        }
        List<?> list = raw == null ? List.of() : (List<?>) raw;
        int least = rules.minItems() != null ? rules.minItems() : rules.required() ? 1 : 0;
        int most = rules.maxItems() == null ? FormSchema.ROW_LIMIT : rules.maxItems();
        if (list.size() < least || list.size() > most || !list.stream().allMatch(Map.class::isInstance)) {
            return list.isEmpty()
                    ? problem(field, "required", "shared.field.required")
                    : problem(field, "list", "inbox.field.rows", least, most);
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            Map<String, Object> submitted = new HashMap<>();
            ((Map<?, ?>) list.get(i)).forEach((key, value) -> submitted.put(String.valueOf(key), value));
            Map<String, Object> row = new LinkedHashMap<>();
            readAll(
                    component.children(),
                    new Scope(component.children(), submitted, outer),
                    field + "[" + i + "].",
                    component.key() + ".",
                    i + 1,
                    row);
            rows.add(row);
        }
        return rows.isEmpty() ? null : rows;
    }

    private SubmittedLine line(Component component, String field, Integer row, Object value) {
        List<String> values = new ArrayList<>();
        List<String> chosen = new ArrayList<>();
        for (Object one : value instanceof List<?> several ? several : List.of(value)) {
            String text = one.toString();
            if (component.type().chooses()) {
                chosen.add(text);
                text = find(options(component), text).label();
            }
            values.add(text);
        }
        return new SubmittedLine(field, row, component.label(), kind(component.type()), values, chosen);
    }

    private static SubmittedLine.Kind kind(Type type) {
        return switch (type) {
            case FILES -> SubmittedLine.Kind.FILES;
            case CHECKBOX -> SubmittedLine.Kind.TICK;
            case DATETIME -> SubmittedLine.Kind.DAY;
            default -> type.chooses() ? SubmittedLine.Kind.CHOICE : SubmittedLine.Kind.TEXT;
        };
    }

    private <T> T problem(String field, String code, String messageKey, Object... args) {
        problems.add(FieldProblem.of(field, code, messageKey, args));
        return null;
    }

    /** The fields that one another's conditions may name: those of a row, then those around the list. */
    private static final class Scope {

        private final Map<String, Component> fields = new HashMap<>();
        private final Map<String, Component> groups = new HashMap<>();
        private final Map<String, Object> submitted;
        private final Scope outer;
        private final Set<String> asking = new HashSet<>();

        Scope(List<Component> components, Map<String, Object> submitted, Scope outer) {
            this.submitted = submitted;
            this.outer = outer;
            index(components, null);
        }

        private void index(List<Component> components, Component group) {
            for (Component component : components) {
                if (component.type() == Type.GROUP) {
                    index(component.children(), component);
                } else {
                    fields.put(component.key(), component);
                    if (group != null) {
                        groups.put(component.key(), group);
                    }
                }
            }
        }

        boolean hides(Component component) {
            Function<String, Object> values = this::valueOf;
            return component.hide() != null && component.hide().holds(values);
        }

        /** What a condition sees of a field: nothing of a hidden one, so that a chain of conditions closes as a whole. */
        private Object valueOf(String key) {
            Component component = fields.get(key);
            if (component == null) {
                return outer == null ? null : outer.valueOf(key);
            }
            if (!asking.add(key)) {
                return null;
            }
            try {
                Component group = groups.get(key);
                return hides(component) || group != null && hides(group)
                        ? null
                        : comparable(component, submitted.get(key));
            } finally {
                asking.remove(key);
            }
        }

        private static Object comparable(Component component, Object raw) {
            if (raw instanceof String text) {
                return text.isBlank()
                        ? null
                        : component.type() == Type.RADIO || component.type().isText() ? text.strip() : text;
            }
            if (raw == null && component.type() == Type.CHECKBOX) {
                return Boolean.FALSE;
            }
            return raw;
        }
    }
}
