package org.manyi.register;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.manyi.security.CurrentUser;
import org.manyi.shared.Slice;

/**
 * The contact leaders' log of calls and visits (S0-03) and the report made of it (S0-12). A leader sees what is entered for his post; the
 * department in charge of the campaign and the chair see all of it; to others nothing of it is there
 * ({@link org.manyi.shared.NotFoundException}). Nothing is deleted: a correction keeps what was said before.
 */
public interface ContactVisits {

    /**
     * What is entered; anything may be null and is then refused where it is required.
     *
     * @param school the code of one of the leader's contact schools
     * @param day not after today
     * @param kind a {@link VisitKind#code}
     * @param found at most 2000 characters
     * @param agreed at most 2000 characters, null for none
     * @param issue the number of an issue that the person sees, null for none
     */
    record Facts(String school, LocalDate day, String kind, String found, String agreed, String issue) {}

    /**
     * An entry as a version says it.
     *
     * @param number such as {@code 2026-LX-0001}; never null
     * @param leader the leader's post, never null
     * @param version from 1
     * @param writtenByName never null
     * @param mayCorrect whether the person may correct it
     */
    record Entry(
            String number,
            String leader,
            String leaderName,
            String school,
            String schoolName,
            LocalDate day,
            VisitKind kind,
            String found,
            String agreed,
            String issue,
            int version,
            String writtenByName,
            OffsetDateTime writtenAt,
            boolean mayCorrect) {}

    /**
     * A school of a leader.
     *
     * @param reached whether there is an entry for it in the period
     */
    record School(String code, String name, boolean reached) {}

    /**
     * What a leader did in a period.
     *
     * @param leader the post, never null
     * @param holders the names of who holds it today, never null
     * @param visits how many of {@link VisitKind#VISIT}
     * @param schools the leader's own contact schools, by code
     * @param entries what was found, the earliest first
     */
    record LeaderReport(
            String leader,
            String leaderName,
            List<String> holders,
            int visits,
            int calls,
            int meetings,
            List<School> schools,
            List<Entry> entries) {

        /** How many of the leader's schools were reached. */
        public long reached() {
            return schools.stream().filter(School::reached).count();
        }

        /** The leader's schools that were not reached. */
        public List<School> missed() {
            return schools.stream().filter(school -> !school.reached()).toList();
        }
    }

    /** What all leaders that the person sees did in a period, both days in it. */
    record Report(LocalDate from, LocalDate to, List<LeaderReport> leaders) {}

    /** Whether anything of the log is there for the person. */
    boolean open(CurrentUser user);

    /** The schools for which the person may make an entry, by code with their names; empty when none. */
    Map<String, String> schools(CurrentUser user);

    /** A page of what is entered, the latest day first. */
    Slice<Entry> list(String cursor, int size, CurrentUser user);

    /** An entry as it holds. */
    Entry find(String number, CurrentUser user);

    /** All that an entry ever said, the newest first. */
    List<Entry> versions(String number, CurrentUser user);

    /**
     * Makes an entry.
     *
     * @return its number
     * @throws org.manyi.shared.ForbiddenException when the person is no contact leader
     * @throws org.manyi.shared.ValidationException by field, {@code school} also when it is none of the leader's
     */
    String enter(Facts facts, CurrentUser user);

    /**
     * Corrects an entry of the person's own post.
     *
     * @throws org.manyi.shared.ConflictException when it was corrected since
     * @throws org.manyi.shared.ForbiddenException when it is another leader's
     */
    void correct(String number, int version, Facts facts, CurrentUser user);

    /** How many entries the person sees in the present month. */
    int thisMonth(CurrentUser user);

    /**
     * The report on a period of at most a year.
     *
     * @param from null for the first day of the present month
     * @param to null for the last day of the month of {@code from}
     */
    Report report(LocalDate from, LocalDate to, CurrentUser user);
}
