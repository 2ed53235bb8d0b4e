package org.manyi.inbox.web;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.manyi.inbox.DueWindow;
import org.manyi.inbox.TaskQuery;
import org.manyi.shared.Slice;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * What the inbox's address says (public methods are those that templates call): a page of it can be kept, shared and come back to. Values that no page of ours writes are left
 * out, so that a mistyped address still shows an inbox.
 *
 * @param view null where the address names none: then the page chooses
 * @param overdue whether only overdue tasks are shown
 * @param process null for all
 * @param school null for all
 * @param unit null for all
 * @param due null for all
 * @param text null for all
 * @param sort never null
 * @param cursor null for the first page
 */
record InboxAddress(
        TaskQuery.View view,
        boolean overdue,
        String process,
        String school,
        String unit,
        DueWindow due,
        String text,
        TaskQuery.Sort sort,
        String cursor) {

    static final String PATH = "/inbox";
    static final String COUNTS = PATH + "/counts";
    private static final int LONGEST = 500;

    static InboxAddress of(Map<String, String> parameters) {
        return new InboxAddress(
                find(TaskQuery.View.values(), parameters.get("view"), null),
                "true".equals(parameters.get("overdue")),
                Choices.blankToNull(parameters.get("process")),
                Choices.blankToNull(parameters.get("school")),
                Choices.blankToNull(parameters.get("unit")),
                DueWindow.find(parameters.get("due")),
                Choices.blankToNull(parameters.get("q")),
                find(TaskQuery.Sort.values(), parameters.get("sort"), TaskQuery.Sort.DUE),
                Choices.blankToNull(parameters.get("cursor")));
    }

    /**
     * The address that somebody came from, as a link carries it.
     *
     * @param back the query of an inbox address; null or anything else is the inbox without filters
     */
    static InboxAddress ofBack(String back) {
        if (back == null || back.length() > LONGEST) {
            return of(Map.of());
        }
        try {
            Map<String, String> parameters = new LinkedHashMap<>();
            UriComponentsBuilder.fromUriString("?" + back)
                    .build()
                    .getQueryParams()
                    .toSingleValueMap()
                    .forEach((name, value) -> parameters.put(
                            name, value == null ? null : UriUtils.decode(value, StandardCharsets.UTF_8)));
            return of(parameters);
        } catch (IllegalArgumentException e) {
            return of(Map.of());
        }
    }

    private static <E extends Enum<E>> E find(E[] constants, String name, E otherwise) {
        for (E constant : constants) {
            if (code(constant).equals(name)) {
                return constant;
            }
        }
        return otherwise;
    }

    private static String code(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    public TaskQuery query() {
        return new TaskQuery(
                view == null ? TaskQuery.View.MINE : view,
                overdue ? Boolean.TRUE : null,
                process,
                school,
                unit,
                due,
                text,
                sort,
                cursor,
                Slice.DEFAULT_SIZE);
    }

    public boolean filtered() {
        return overdue || process != null || school != null || unit != null || due != null || text != null;
    }

    public InboxAddress withView(TaskQuery.View other) {
        return new InboxAddress(other, overdue, process, school, unit, due, text, sort, null);
    }

    public InboxAddress withoutUnit() {
        return new InboxAddress(view, overdue, process, school, null, due, text, sort, null);
    }

    public InboxAddress withoutDue() {
        return new InboxAddress(view, overdue, process, school, unit, null, text, sort, null);
    }

    public InboxAddress withoutFilters() {
        return new InboxAddress(view, false, null, null, null, null, null, sort, null);
    }

    public InboxAddress withCursor(String other) {
        return new InboxAddress(view, overdue, process, school, unit, due, text, sort, other);
    }

    /** The address without its path: what a link to a task carries as {@code back}; may be empty. */
    public String back() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("view", view == null ? null : code(view));
        parameters.put("overdue", overdue ? "true" : null);
        parameters.put("process", process);
        parameters.put("school", school);
        parameters.put("unit", unit);
        parameters.put("due", due == null ? null : due.code());
        parameters.put("q", text);
        parameters.put("sort", sort == TaskQuery.Sort.DUE ? null : code(sort));
        parameters.put("cursor", cursor);
        return parameters.entrySet().stream()
                .filter(parameter -> parameter.getValue() != null)
                .map(parameter ->
                        parameter.getKey() + "=" + UriUtils.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** The whole address. */
    public String href() {
        return at(PATH);
    }

    /** Where the counts of the views beside the one shown are asked for, under the same filters. */
    public String countsHref() {
        return at(COUNTS);
    }

    private String at(String path) {
        String query = back();
        return query.isEmpty() ? path : path + "?" + query;
    }
}
