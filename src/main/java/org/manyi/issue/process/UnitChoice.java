package org.manyi.issue.process;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.manyi.inbox.TaskHandler.Option;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.org.UnitType;
import org.manyi.shared.FieldProblem;
import org.springframework.stereotype.Component;

/** Which units may be given an issue: those that take work on, and from which it is not kept. */
@Component
class UnitChoice {

    /** Beyond so many schools only those of the same district are offered; any other can be reached through its district. */
    private static final int MOST_SCHOOLS = 1000;

    private static final Set<UnitType> TAKE_WORK =
            Set.of(UnitType.SCHOOL, UnitType.DISTRICT, UnitType.DEPARTMENT, UnitType.BODY);

    private final Organisation organisation;
    private final Discretion discretion;

    UnitChoice(Organisation organisation, Discretion discretion) {
        this.organisation = organisation;
        this.discretion = discretion;
    }

    /** The units offered, the likely ones first: the school, its district, departments, other bodies, other districts and schools. */
    List<Option> units(Issue issue) {
        Set<Unit> offered = new LinkedHashSet<>();
        organisation.find(issue.facts().schoolCode()).ifPresent(offered::add);
        organisation.districtOf(issue.facts().schoolCode()).ifPresent(offered::add);
        Map<UnitType, List<Unit>> units = organisation.units(TAKE_WORK);
        offered.addAll(units.get(UnitType.DEPARTMENT));
        offered.addAll(units.get(UnitType.BODY));
        offered.addAll(units.get(UnitType.DISTRICT));
        offered.addAll(near(units.get(UnitType.SCHOOL), issue));
        return options(issue, offered.stream());
    }

    List<Option> departments(Issue issue) {
        return options(issue, organisation.units(UnitType.DEPARTMENT).stream());
    }

    private static List<Unit> near(List<Unit> schools, Issue issue) {
        return schools.size() <= MOST_SCHOOLS
                ? schools
                : schools.stream()
                        .filter(school -> Objects.equals(
                                school.parentCode(), issue.facts().districtCode()))
                        .toList();
    }

    private List<Option> options(Issue issue, Stream<Unit> units) {
        Set<String> hidden = discretion.hiddenUnits(issue);
        return units.filter(Unit::active)
                .filter(unit -> !hidden.contains(unit.code()))
                .map(unit -> new Option(unit.code(), unit.name()))
                .toList();
    }

    /** What is wrong with giving the issue to these units; empty when nothing is. */
    List<FieldProblem> problems(Issue issue, String field, List<String> codes) {
        Set<String> hidden = discretion.hiddenUnits(issue);
        List<FieldProblem> problems = new ArrayList<>();
        for (String code : codes) {
            if (hidden.contains(code)) {
                problems.add(FieldProblem.of(field, "concerned", "issue.problem.unit.concerned"));
            } else if (organisation
                    .find(code)
                    .filter(Unit::active)
                    .filter(unit -> TAKE_WORK.contains(unit.type()))
                    .isEmpty()) {
                problems.add(FieldProblem.of(field, "unknown", "shared.field.unknown"));
            }
        }
        return problems;
    }
}
