package org.manyi.org;

/**
 * A unit of the organisation.
 *
 * @param code unique, never null
 * @param name the official name, never null
 * @param shortName never null, the name where there is no shorter one
 * @param type never null
 * @param kind the kind of institution ({@code kindergarten}, {@code primary} ...), null but for schools; kinds are data
 * @param parentCode the district of a school, the bureau of a department, null for the bureau and outside bodies
 * @param ownership {@code public} or {@code private}, null but for schools
 * @param active false once closed or merged
 */
public record Unit(
        String code,
        String name,
        String shortName,
        UnitType type,
        String kind,
        String parentCode,
        String ownership,
        boolean active) {

    /** Whether its kind is one of the preschool ones. */
    public boolean isKindergarten() {
        return kind != null && kind.startsWith("kindergarten");
    }
}
