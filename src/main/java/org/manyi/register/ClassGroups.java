package org.manyi.register;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.manyi.security.CurrentUser;
import org.manyi.shared.Slice;

/**
 * The groups of the schools' classes (S0-19). A school writes its own. It is read by whoever's scope covers the school, by the department in
 * charge of its kind, and for all schools by the campaign's department and the office; to others it is
 * {@link org.manyi.shared.NotFoundException}.
 */
public interface ClassGroups {

    /**
     * What is entered for a class; anything may be null and is then refused where it is required.
     *
     * @param className unique in the school, at most 40 characters; entering it again changes what is there
     * @param channel a {@link Channel#code}
     * @param members of the group, 0 to 2000; 0 where there is none
     * @param families of the class, 1 to 500
     * @param regularised null is false; only where there is a group
     * @param regularisedOn required where regularised, else null; not after today
     * @param version the version that was looked at, null where the class is new
     */
    record Facts(
            String className,
            String channel,
            Integer members,
            Integer families,
            Boolean regularised,
            LocalDate regularisedOn,
            Integer version) {}

    /**
     * A class with its group.
     *
     * @param version to be named by whoever changes it
     */
    record ClassGroup(
            String className,
            Channel channel,
            int members,
            int families,
            boolean regularised,
            LocalDate regularisedOn,
            String changedByName,
            OffsetDateTime changedAt,
            int version) {}

    /**
     * A school in numbers.
     *
     * @param classes how many are on the register
     * @param covered how many of them have a group with members
     * @param regularised how many of them have a regularised group
     * @param families of all its classes
     * @param familiesCovered of each class so many as its group has members, at most all
     * @param percent {@code familiesCovered} of {@code families} in per cent, two decimals, halves up; null where there are no families
     */
    record School(
            String code,
            String name,
            int classes,
            int covered,
            int regularised,
            long families,
            long familiesCovered,
            BigDecimal percent) {}

    /**
     * A school's register.
     *
     * @param groups by the name of the class
     * @param mayWrite whether it is the person's own school
     */
    record Register(School school, List<ClassGroup> groups, boolean mayWrite) {}

    /** A page of the schools that the person sees, by code; those without a class too. */
    Slice<School> schools(String cursor, int size, CurrentUser user);

    /** All schools that the person sees as one; its code and name are empty. */
    School total(CurrentUser user);

    /** The code of the person's own school, null when he is at none or at several. */
    String own(CurrentUser user);

    /** A school's register. */
    Register of(String school, CurrentUser user);

    /**
     * Enters a class, or changes what is there.
     *
     * @throws org.manyi.shared.ConflictException when somebody changed it since, or it is there already and no version was named
     * @throws org.manyi.shared.ForbiddenException when the school is not the person's own
     */
    void save(String school, Facts facts, CurrentUser user);

    /** Takes a class off the register; the trail keeps what was there. */
    void remove(String school, String className, int version, CurrentUser user);
}
