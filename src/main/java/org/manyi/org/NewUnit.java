package org.manyi.org;

import java.util.Collection;
import java.util.List;

/**
 * What a unit shall be.
 *
 * @param code 1 to 32 letters, digits and dashes; {@code bureau} for the bureau, lower case for departments, {@code T} and a
 *     number for teams; never null
 * @param name 2 to 60 characters, never null
 * @param shortName at most 30 characters, null for the name itself
 * @param type never null
 * @param kind a kind of institution, null but for schools
 * @param parentCode the district of a school, or {@code bureau} for one directly under it; null but for schools, whose place
 *     follows from the type
 * @param ownership {@code public} or {@code private}, null but for schools
 * @param formerNames under which people still look for it, never null
 */
public record NewUnit(
        String code,
        String name,
        String shortName,
        UnitType type,
        String kind,
        String parentCode,
        String ownership,
        Collection<String> formerNames) {

    /** With lists made unchangeable. */
    public NewUnit {
        formerNames = List.copyOf(formerNames);
    }

    Unit asUnit() {
        String parent =
                switch (type) {
                    case BUREAU, BODY -> null;
                    case DEPARTMENT, DISTRICT, TEAM -> PostKeys.BUREAU;
                    case SCHOOL -> parentCode;
                };
        boolean school = type == UnitType.SCHOOL;
        return new Unit(
                code,
                name,
                shortName == null ? shortened() : shortName,
                type,
                school ? kind : null,
                parent,
                school ? ownership : null,
                true);
    }

    private String shortened() {
        return name.length() <= UnitRules.SHORT_NAME ? name : name.substring(0, UnitRules.SHORT_NAME);
    }
}
