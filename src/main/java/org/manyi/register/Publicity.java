package org.manyi.register;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.manyi.security.CurrentUser;
import org.manyi.shared.Slice;

/**
 * That schools made the survey line 12340 known (S0-31). Readers and writers are those of {@link ClassGroups}. What is given out are the
 * shipped templates as they are: there is nowhere to put other words, and nowhere to put anything that a parent said.
 *
 * <p>Families reached by several means may be the same ones, so the numbers are never added up: a school's coverage in a year is its largest
 * single reach over the number of its families.
 */
public interface Publicity {

    /**
     * A text that may be given out, as shipped.
     *
     * @param id never null
     * @param means for which it is made
     */
    record Template(String id, Means means, String titleZh, String textZh, String titleEn, String textEn) {}

    /**
     * What is entered; anything may be null and is then refused.
     *
     * @param means a {@link Means#code}
     * @param day not after today
     * @param reached families reached, 0 up to all of the school's in that year
     * @param template the id of a template for these means
     */
    record Facts(String means, LocalDate day, Integer reached, String template) {}

    /**
     * What was done.
     *
     * @param number such as {@code 2026-XC-0001}; never null
     */
    record Entry(String number, Means means, LocalDate day, int reached, String template) {}

    /**
     * A school in numbers.
     *
     * @param families how many it has in the year, null before it said so
     * @param familiesVersion to be named by whoever changes it, 0 before there is one
     * @param entries how many there are
     * @param largest the largest single reach, 0 without entries
     * @param percent {@code largest} of {@code families} in per cent, two decimals, halves up; null where no number of families is known
     */
    record School(
            String code,
            String name,
            Integer families,
            int familiesVersion,
            int entries,
            int largest,
            BigDecimal percent) {}

    /**
     * A school's register of a year.
     *
     * @param entries the latest first
     * @param mayWrite whether it is the person's own school
     */
    record Register(int year, School school, List<Entry> entries, boolean mayWrite) {}

    /** The shipped templates; never empty. */
    List<Template> templates();

    /** A page of the schools that the person sees, by code; those without an entry too. */
    Slice<School> schools(int year, String cursor, int size, CurrentUser user);

    /** How many schools the person sees, and how many of them have reached anybody this year. */
    Reached reached(CurrentUser user);

    /** So many schools of so many. */
    record Reached(int schools, int active) {}

    /** A school's register of a year. */
    Register of(String school, int year, CurrentUser user);

    /**
     * Says how many families the school has in a year.
     *
     * @param year this one or one before
     * @param families 1 to 100000, not fewer than the largest reach of the year
     * @param version the version that was looked at, 0 before there is one
     */
    void saveFamilies(String school, int year, Integer families, int version, CurrentUser user);

    /**
     * Enters what was done.
     *
     * @return its number
     */
    String enter(String school, Facts facts, CurrentUser user);

    /**
     * Takes an entry back; the trail keeps what it said.
     *
     * @return the year it was of
     */
    int remove(String school, String number, CurrentUser user);
}
