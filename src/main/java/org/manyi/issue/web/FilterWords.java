package org.manyi.issue.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.manyi.issue.Category;
import org.manyi.issue.Issues;
import org.manyi.issue.web.IssuePages.Choice;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.org.UnitType;
import org.manyi.shared.Texts;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** The ledger's filters in words, and units as people name them. */
@Component
class FilterWords {

    private static final int OFFERED = 20;
    private static final int LONGEST = 100;

    /** A school among thousands is looked up, everything else is among few. */
    private static final List<UnitType> FEW = List.of(UnitType.DEPARTMENT, UnitType.DISTRICT, UnitType.BODY);

    private final Issues issues;
    private final Organisation organisation;
    private final MessageSource messages;

    FilterWords(Issues issues, Organisation organisation, MessageSource messages) {
        this.issues = issues;
        this.organisation = organisation;
        this.messages = messages;
    }

    /**
     * A filter that is set.
     *
     * @param name in the address, never null
     * @param value in the address, never null
     * @param text in words, never null
     */
    record Said(String name, String value, String text) {}

    /** The filters that are set, in the order of the address; the order of the list is none. */
    List<Said> said(IssueFilters filters) {
        Map<String, String> categories =
                issues.categories().stream().collect(Collectors.toMap(Category::code, Category::name));
        List<Said> said = new ArrayList<>();
        filters.values().forEach((name, set) -> {
            if (!name.equals("sort")) {
                set.forEach(value -> said.add(new Said(name, value, label(name, value, categories))));
            }
        });
        return said;
    }

    private String label(String name, String value, Map<String, String> categories) {
        return switch (name) {
            case "status", "source", "kind", "card", "severity", "rectification" ->
                text("issue.chip." + name, text("issue." + name + "." + value));
            case "category" -> text("issue.chip.category", categories.getOrDefault(value, value));
            case "school", "district", "department", "unit" ->
                text("issue.chip." + name, find(value).map(Unit::shortName).orElse(value));
            default -> text("issue.chip." + name, value);
        };
    }

    /** The filters with the codes of the units that were named; what names none, or several, stays as it was typed. */
    IssueFilters resolved(IssueFilters filters) {
        return filters.about(code(filters.school(), true), code(filters.unit(), false));
    }

    private String code(String typed, boolean schoolsOnly) {
        if (typed == null || find(typed).isPresent()) {
            return typed;
        }
        String last = typed.substring(typed.lastIndexOf(' ') + 1);
        if (find(last).isPresent()) {
            return last;
        }
        List<Unit> named = candidates(typed, schoolsOnly)
                .filter(unit -> typed.equals(unit.name()) || typed.equals(unit.shortName()))
                .limit(2)
                .toList();
        return named.size() == 1 ? named.get(0).code() : typed;
    }

    /** What the field shows for a unit: its name and code; what is no unit's code as it is. */
    String shown(String code) {
        return code == null ? null : find(code).map(FilterWords::named).orElse(code);
    }

    /** The first units whose name or code contains a text; schools only, or whoever may be responsible. */
    List<Choice> offered(String typed, boolean schoolsOnly) {
        return typed == null || typed.isBlank() || typed.length() > LONGEST || !Texts.storable(typed)
                ? List.of()
                : candidates(typed.strip(), schoolsOnly)
                        .limit(OFFERED)
                        .map(unit -> new Choice(named(unit), unit.name()))
                        .toList();
    }

    private Stream<Unit> candidates(String typed, boolean schoolsOnly) {
        if (!Texts.storable(typed)) {
            return Stream.of();
        }
        Stream<Unit> schools = organisation.findSchools(typed, OFFERED).stream();
        return schoolsOnly
                ? schools
                : Stream.concat(
                        FEW.stream()
                                .flatMap(type -> organisation.units(type).stream())
                                .filter(unit -> unit.name().contains(typed)
                                        || unit.shortName().contains(typed)
                                        || unit.code().equalsIgnoreCase(typed)),
                        schools);
    }

    private static String named(Unit unit) {
        return unit.shortName() + " " + unit.code();
    }

    private Optional<Unit> find(String code) {
        return Texts.storable(code) ? organisation.find(code) : Optional.empty();
    }

    private String text(String key, Object... args) {
        return messages.getMessage(key, args, LocaleContextHolder.getLocale());
    }
}
