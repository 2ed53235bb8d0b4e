package org.manyi.issue.process;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.manyi.inbox.CaseAccess.Restriction;
import org.manyi.issue.Concerns;
import org.manyi.org.Organisation;
import org.manyi.org.Unit;
import org.manyi.org.UnitType;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.security.HeldPost;
import org.manyi.shared.ValidationException;
import org.springframework.stereotype.Component;

/**
 * Keeps a complaint from the person it is about and from those under that person: where the person is in charge of a unit, the
 * whole unit neither sees it nor handles it.
 */
@Component
class Discretion {

    private static final Set<UnitType> UNITS_WITH_SUBORDINATES =
            Set.of(UnitType.SCHOOL, UnitType.DEPARTMENT, UnitType.DISTRICT, UnitType.BODY);

    private final Organisation organisation;
    private final CurrentUsers currentUsers;

    Discretion(Organisation organisation, CurrentUsers currentUsers) {
        this.organisation = organisation;
        this.currentUsers = currentUsers;
    }

    /**
     * From whom an issue is kept.
     *
     * @param hiddenUnit null unless {@code UNIT_HIDDEN}
     * @param hiddenUser null when the person is not known
     */
    record Kept(Restriction restriction, String hiddenUnit, String hiddenUser) {}

    /** From whom an issue about this person of this school has to be kept. */
    Kept keptFrom(Concerns concerns, String person, Unit school) {
        if (concerns == Concerns.NOBODY) {
            return new Kept(Restriction.NONE, null, null);
        }
        Set<String> inCharge = unitsInChargeOf(person);
        if (concerns == Concerns.HEAD || inCharge.contains(school.code())) {
            return new Kept(Restriction.UNIT_HIDDEN, school.code(), person != null ? person : headOf(school));
        }
        return inCharge.stream()
                .findFirst()
                .map(unit -> new Kept(Restriction.UNIT_HIDDEN, unit, person))
                .orElse(new Kept(Restriction.NONE, null, person));
    }

    /** The units that must neither see nor handle the issue, as things stand today. */
    Set<String> hiddenUnits(Issue issue) {
        Set<String> hidden = new LinkedHashSet<>();
        if (issue.facts().hiddenUnit() != null) {
            hidden.add(issue.facts().hiddenUnit());
        }
        hidden.addAll(unitsInChargeOf(issue.facts().concernsUser()));
        return hidden;
    }

    /**
     * Refuses a person from whom the issue is kept.
     *
     * @throws ValidationException with field {@code username}
     */
    void checkAssignee(Issue issue, CurrentUser candidate) {
        boolean concerned = Objects.equals(candidate.username(), issue.facts().concernsUser());
        if (concerned || hiddenUnits(issue).stream().anyMatch(candidate.unitCodes()::contains)) {
            throw ValidationException.of("username", "concerned", "issue.problem.assignee.concerned", candidate.name());
        }
    }

    private Set<String> unitsInChargeOf(String person) {
        Set<String> units = new LinkedHashSet<>();
        if (person != null) {
            for (HeldPost post : currentUsers.byUsername(person).posts()) {
                boolean heads = organisation
                        .find(post.unitCode())
                        .filter(unit -> UNITS_WITH_SUBORDINATES.contains(unit.type()))
                        .filter(unit -> organisation.chargePost(unit.code()).equals(post.key()))
                        .isPresent();
                if (heads) {
                    units.add(post.unitCode());
                }
            }
        }
        return units;
    }

    private String headOf(Unit school) {
        Set<String> holders = organisation.holders(Set.of(organisation.chargePost(school.code())));
        return holders.size() == 1 ? holders.iterator().next() : null;
    }
}
