package org.manyi.issue.process;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.manyi.engine.Decisions;
import org.manyi.inbox.Urgency;
import org.manyi.issue.Rectification;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.org.UnitType;
import org.springframework.stereotype.Component;

/** Proposes who is responsible, who leads, which class, limit and urgency; the table is {@link TriageTable}. */
@Component
class Triage {

    private final Decisions decisions;
    private final Organisation organisation;
    private final Discretion discretion;
    private final IssueSettings settings;

    Triage(Decisions decisions, Organisation organisation, Discretion discretion, IssueSettings settings) {
        this.decisions = decisions;
        this.organisation = organisation;
        this.discretion = discretion;
        this.settings = settings;
    }

    Suggestion suggest(Issue issue) {
        IssueFacts facts = issue.facts();
        Unit school = organisation.unit(facts.schoolCode());
        Map<String, Object> rule = decisions
                .evaluate(
                        TriageTable.KEY,
                        Map.of(
                                "category", facts.category(),
                                "source", facts.source().code(),
                                "severity", facts.severity().code(),
                                "kind", facts.kind().code(),
                                "institutionKind", school.kind()))
                .stream()
                .findFirst()
                .orElse(Map.of());
        Set<String> hidden = discretion.hiddenUnits(issue);
        String department = department((String) rule.get("department"), school, hidden);
        return new Suggestion(
                department,
                unit(school, department, hidden),
                issue.isConsultation()
                        ? null
                        : Rectification.of((String) rule.get("rectification")).orElse(Rectification.DATED),
                rule.get("workingDays") instanceof Number days ? days.intValue() : settings.limitDays(),
                rule.get("urgency") instanceof String urgency
                        ? Urgency.valueOf(urgency.toUpperCase(Locale.ROOT))
                        : Urgency.NORMAL,
                (String) rule.get("note"));
    }

    /** The table's department where the bureau has it and it may know; else the school's, the office, the supervision office. */
    private String department(String proposed, Unit school, Set<String> hidden) {
        List<String> active = organisation.units(UnitType.DEPARTMENT).stream()
                .map(Unit::code)
                .filter(code -> !hidden.contains(code))
                .toList();
        return Stream.of(proposed, organisation.departmentFor(school), settings.office(), settings.supervision())
                .filter(active::contains)
                .findFirst()
                .orElse(settings.office());
    }

    /** The school itself; where it must not know, its district, else the department. */
    private String unit(Unit school, String department, Set<String> hidden) {
        return Stream.of(
                        school.code(),
                        organisation.districtOf(school.code()).map(Unit::code).orElse(department))
                .filter(code -> !hidden.contains(code))
                .findFirst()
                .orElse(department);
    }
}
