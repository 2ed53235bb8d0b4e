package org.manyi.issue.web;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.manyi.issue.Card;
import org.manyi.issue.IssueKind;
import org.manyi.issue.IssueQuery;
import org.manyi.issue.IssueSource;
import org.manyi.issue.IssueStatus;
import org.manyi.issue.Rectification;
import org.manyi.issue.Severity;
import org.manyi.shared.ValidationException;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

/** The ledger's filters as they stand in an address; an empty one is none. */
record IssueFilters(
        List<String> status,
        String school,
        String district,
        String department,
        String unit,
        String category,
        String source,
        String kind,
        boolean overdue,
        boolean reportMissing,
        String card,
        String q,
        LocalDate from,
        LocalDate to,
        String severity,
        String rectification,
        LocalDate dueFrom,
        LocalDate dueTo,
        LocalDate closedFrom,
        boolean redone,
        boolean recurring,
        String sort) {

    /** The names in the address, in their order. */
    private static final List<String> NAMES = List.of(
            "status",
            "school",
            "district",
            "department",
            "unit",
            "category",
            "source",
            "kind",
            "overdue",
            "reportMissing",
            "card",
            "q",
            "from",
            "to",
            "severity",
            "rectification",
            "dueFrom",
            "dueTo",
            "closedFrom",
            "redone",
            "recurring",
            "sort");

    IssueFilters {
        status = status == null
                ? List.of()
                : status.stream().filter(one -> !one.isBlank()).toList();
        school = blankToNull(school);
        district = blankToNull(district);
        department = blankToNull(department);
        unit = blankToNull(unit);
        category = blankToNull(category);
        source = blankToNull(source);
        kind = blankToNull(kind);
        card = blankToNull(card);
        q = blankToNull(q);
        severity = blankToNull(severity);
        rectification = blankToNull(rectification);
        sort = blankToNull(sort);
    }

    /**
     * The filters of an address; what is none of them is passed over.
     *
     * @throws ValidationException when a day is none
     */
    static IssueFilters of(MultiValueMap<String, String> address) {
        return new IssueFilters(
                address.getOrDefault("status", List.of()),
                address.getFirst("school"),
                address.getFirst("district"),
                address.getFirst("department"),
                address.getFirst("unit"),
                address.getFirst("category"),
                address.getFirst("source"),
                address.getFirst("kind"),
                Boolean.parseBoolean(address.getFirst("overdue")),
                Boolean.parseBoolean(address.getFirst("reportMissing")),
                address.getFirst("card"),
                address.getFirst("q"),
                day(address, "from"),
                day(address, "to"),
                address.getFirst("severity"),
                address.getFirst("rectification"),
                day(address, "dueFrom"),
                day(address, "dueTo"),
                day(address, "closedFrom"),
                Boolean.parseBoolean(address.getFirst("redone")),
                Boolean.parseBoolean(address.getFirst("recurring")),
                address.getFirst("sort"));
    }

    private static LocalDate day(MultiValueMap<String, String> address, String name) {
        String text = blankToNull(address.getFirst(name));
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw ValidationException.of(name, "day", "shared.field.date");
        }
    }

    /**
     * The filters as the ledger takes them.
     *
     * @throws ValidationException when one names a choice that does not exist
     */
    IssueQuery asQuery(String cursor, int size) {
        List<IssueStatus> statuses = new ArrayList<>();
        for (String one : status) {
            statuses.add(choice("status", one, IssueStatus::of));
        }
        return new IssueQuery(
                statuses,
                school,
                district,
                department,
                unit,
                category,
                choice("source", source, IssueSource::of),
                choice("kind", kind, IssueKind::of),
                overdue,
                reportMissing,
                choice("card", card, Card::of),
                q,
                from,
                to,
                new IssueQuery.Further(
                        choice("severity", severity, Severity::of),
                        choice("rectification", rectification, Rectification::of),
                        dueFrom,
                        dueTo,
                        closedFrom,
                        redone,
                        recurring,
                        sort == null ? IssueQuery.Sort.NEWEST : choice("sort", sort, IssueQuery.Sort::of)),
                cursor,
                size);
    }

    /** The same about other units. */
    IssueFilters about(String otherSchool, String otherUnit) {
        return new IssueFilters(
                status,
                otherSchool,
                district,
                department,
                otherUnit,
                category,
                source,
                kind,
                overdue,
                reportMissing,
                card,
                q,
                from,
                to,
                severity,
                rectification,
                dueFrom,
                dueTo,
                closedFrom,
                redone,
                recurring,
                sort);
    }

    /** Whether anything is filtered. */
    public boolean any() {
        return values().keySet().stream().anyMatch(name -> !name.equals("sort"));
    }

    /** How many of the rarer filters are set, those that the page keeps folded. */
    public int folded() {
        return (int) values().keySet().stream()
                .filter(name -> !Set.of("status", "category", "source", "department", "card", "overdue", "q", "sort")
                        .contains(name))
                .count();
    }

    /** What is filtered, by name in the order of the address; never null. */
    Map<String, List<String>> values() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String name : NAMES) {
            List<String> set =
                    switch (name) {
                        case "status" -> status;
                        case "school" -> one(school);
                        case "district" -> one(district);
                        case "department" -> one(department);
                        case "unit" -> one(unit);
                        case "category" -> one(category);
                        case "source" -> one(source);
                        case "kind" -> one(kind);
                        case "overdue" -> one(overdue ? true : null);
                        case "reportMissing" -> one(reportMissing ? true : null);
                        case "card" -> one(card);
                        case "q" -> one(q);
                        case "from" -> one(from);
                        case "to" -> one(to);
                        case "severity" -> one(severity);
                        case "rectification" -> one(rectification);
                        case "dueFrom" -> one(dueFrom);
                        case "dueTo" -> one(dueTo);
                        case "closedFrom" -> one(closedFrom);
                        case "redone" -> one(redone ? true : null);
                        case "recurring" -> one(recurring ? true : null);
                        default -> one(sort);
                    };
            if (!set.isEmpty()) {
                values.put(name, set);
            }
        }
        return values;
    }

    private static List<String> one(Object value) {
        return value == null ? List.of() : List.of(value.toString());
    }

    /** What the trail keeps of them: what somebody typed may name people, so it says only that a text was searched. */
    String forTheTrail() {
        Map<String, List<String>> values = values();
        values.replace("q", List.of("*"));
        return values.entrySet().stream()
                .map(set -> set.getKey() + "=" + String.join(",", set.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** The ledger's address with these filters; {@code cursor} is where the page starts, null for the first. */
    String pageHref(String cursor) {
        Map<String, List<String>> values = values();
        if (cursor != null) {
            values.put("cursor", List.of(cursor));
        }
        return href("/issues", values);
    }

    /** The address of another page about the same issues. */
    String href(String path, String... without) {
        Map<String, List<String>> values = values();
        values.keySet().removeAll(Set.of(without));
        return href(path, values);
    }

    /** The same with one filter less. */
    String without(String path, String name, String value) {
        Map<String, List<String>> values = values();
        values.computeIfPresent(
                name,
                (key, set) -> set.stream().filter(one -> !one.equals(value)).toList());
        return href(path, values);
    }

    /** The same among these statuses only. */
    String among(String path, List<String> statuses, LocalDate closedSince) {
        Map<String, List<String>> values = values();
        values.put("status", statuses);
        if (closedSince != null) {
            values.put("closedFrom", List.of(closedSince.toString()));
        }
        return href(path, values);
    }

    private static String href(String path, Map<String, List<String>> parameters) {
        UriComponentsBuilder uri = UriComponentsBuilder.fromPath(path);
        List<Object> values = new ArrayList<>();
        parameters.forEach((name, set) -> set.forEach(value -> {
            uri.queryParam(name, "{value}");
            values.add(value);
        }));
        return uri.encode().buildAndExpand(values.toArray()).toUriString();
    }

    private static <T> T choice(String parameter, String text, Function<String, Optional<T>> known) {
        return text == null
                ? null
                : known.apply(text)
                        .orElseThrow(() -> ValidationException.of(parameter, "choice", "shared.field.choice"));
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
