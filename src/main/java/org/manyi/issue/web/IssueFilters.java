package org.manyi.issue.web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.manyi.issue.Card;
import org.manyi.issue.IssueKind;
import org.manyi.issue.IssueQuery;
import org.manyi.issue.IssueSource;
import org.manyi.issue.IssueStatus;
import org.manyi.shared.ValidationException;
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
        LocalDate to) {

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
                cursor,
                size);
    }

    /** Whether anything is filtered. */
    public boolean any() {
        return overdue
                || reportMissing
                || !status.isEmpty()
                || Stream.of(school, district, department, unit, category, source, kind, card, q, from, to)
                        .anyMatch(one -> one != null);
    }

    /** The ledger's address with these filters. */
    String href(String cursor) {
        UriComponentsBuilder uri = UriComponentsBuilder.fromPath("/issues");
        List<Object> values = new ArrayList<>();
        status.forEach(one -> add(uri, values, "status", one));
        add(uri, values, "school", school);
        add(uri, values, "district", district);
        add(uri, values, "department", department);
        add(uri, values, "unit", unit);
        add(uri, values, "category", category);
        add(uri, values, "source", source);
        add(uri, values, "kind", kind);
        add(uri, values, "overdue", overdue ? true : null);
        add(uri, values, "reportMissing", reportMissing ? true : null);
        add(uri, values, "card", card);
        add(uri, values, "q", q);
        add(uri, values, "from", from);
        add(uri, values, "to", to);
        add(uri, values, "cursor", cursor);
        return uri.encode().buildAndExpand(values.toArray()).toUriString();
    }

    private static void add(UriComponentsBuilder uri, List<Object> values, String name, Object value) {
        if (value != null) {
            uri.queryParam(name, "{value}");
            values.add(value);
        }
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
