package org.manyi.org;

import java.time.LocalDate;
import java.util.List;

/**
 * A unit with all that its page shows.
 *
 * @param unit never null
 * @param kindName its kind in the current language, null but for schools
 * @param parent null for the bureau and outside bodies
 * @param formerNames never null
 * @param posts in their order, contact leaders after the bureau's others; never null
 * @param contact who answers for it, null but for schools
 * @param remits the remits of the deputies, empty but for the bureau; never null
 */
public record UnitFacts(
        Unit unit,
        String kindName,
        Unit parent,
        List<FormerName> formerNames,
        List<PostFacts> posts,
        Contact contact,
        List<Remit> remits) {

    /**
     * A name that a unit had.
     *
     * @param until the day it was renamed, null when not known
     */
    public record FormerName(String name, LocalDate until) {}

    /**
     * A post and who holds it.
     *
     * @param key never null
     * @param role the post's part in the unit in the current language, never null
     * @param heldByOne whether one person at most holds it in his own right
     * @param contactSchools how many schools a contact leader answers for, null for other posts
     * @param holders today's and coming ones, holders in their own right first; never null
     */
    public record PostFacts(String key, String role, boolean heldByOne, Integer contactSchools, List<Holder> holders) {}

    /**
     * Somebody who holds a post.
     *
     * @param username never null
     * @param name never null
     * @param from the first day, null when before our records
     * @param lastDay the last day, null when without end
     * @param substituteFor the name of whom he stands in for, null when he holds it in his own right
     */
    public record Holder(String username, String name, LocalDate from, LocalDate lastDay, String substituteFor) {}

    /**
     * Who answers for a school.
     *
     * @param named the contact leader's post that is named for it, null when none is
     * @param answering the post that answers today, which is the fallback where none is named or nobody holds it; never null
     * @param answeringName its name in the current language, never null
     * @param holders the names of who holds it, never null
     */
    public record Contact(String named, String answering, String answeringName, List<String> holders) {

        /** Whether the named contact leader himself answers. */
        public boolean byLeader() {
            return answering.equals(named);
        }
    }

    /**
     * A remit and the deputy who has it.
     *
     * @param code {@code schools}, {@code kindergartens} or {@code sport}; never null
     * @param deputyPost never null
     */
    public record Remit(String code, String deputyPost) {}
}
