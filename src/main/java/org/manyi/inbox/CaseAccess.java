package org.manyi.inbox;

import java.util.Collection;
import java.util.Map;
import org.manyi.security.CurrentUser;

/**
 * Who may see a case, for every kind of case in one place. A case is seen by the scope of its units, and by every post that
 * raised it or was offered one of its tasks, and stays so; a restriction outweighs both.
 */
public interface CaseAccess {

    /** The restriction of a case. */
    enum Restriction {
        /** Seen by all who have access. */
        NONE,
        /** Not seen by anybody of {@code hiddenUnit}, whatever other access they have. */
        UNIT_HIDDEN,
        /** Seen by {@code bureau:child-protection} and {@code bureau:chair} only. */
        PROTECTED
    }

    /**
     * A condition for a query's {@code where}.
     *
     * @param sql a condition in parentheses over the column given; parameters are named {@code ca_*}; never null
     * @param params by name, never null
     */
    record Condition(String sql, Map<String, Object> params) {}

    /**
     * Registers a case before its process starts.
     *
     * @param unitCodes the units it concerns; whoever sees one of them sees the case
     * @param postKeys posts that see it besides, such as those of the person who raised it
     */
    void open(String caseNumber, Collection<String> unitCodes, Collection<String> postKeys);

    /**
     * Registers many new cases at once, as {@link #open} does.
     *
     * @param unitCodes by the case's number the units that it concerns, never empty
     * @param postKeys posts that see all of them besides
     */
    void openAll(Map<String, ? extends Collection<String>> unitCodes, Collection<String> postKeys);

    /**
     * Makes every other change of this case wait until the transaction ends. The gate takes it before anything else; every other
     * change of a case takes it first too, so that two changes at once follow each other instead of failing each other.
     *
     * @throws org.manyi.shared.NotFoundException when the case was never opened
     */
    void lock(String caseNumber);

    /** Adds units and posts. */
    void grant(String caseNumber, Collection<String> unitCodes, Collection<String> postKeys);

    /**
     * Sets the restriction.
     *
     * @param hiddenUnit the school hidden from, null unless {@code UNIT_HIDDEN}
     * @param hiddenUser a person who must not see it whatever posts he holds, whichever the restriction; null when nobody
     */
    void restrict(String caseNumber, Restriction restriction, String hiddenUnit, String hiddenUser);

    /** Whether the person may see the case. */
    boolean visible(CurrentUser user, String caseNumber);

    /**
     * Lets the person pass or answers as if the case did not exist.
     *
     * @throws org.manyi.shared.NotFoundException when unknown or invisible
     */
    void require(CurrentUser user, String caseNumber);

    /**
     * The condition under which a row's case is visible to a person.
     *
     * @param column the column holding the case number, a constant of ours such as {@code i.number}
     */
    Condition condition(CurrentUser user, String column);
}
