package org.manyi.engine;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.manyi.security.CurrentUser;

/**
 * The decision tables as people keep them: read, changed in a draft, tried on the cases of the last year, published, put back. Every
 * call with a key that is none throws {@link org.manyi.shared.NotFoundException}.
 */
public interface DecisionTables {

    /** Where a version came from. */
    enum Origin {
        /** With the program. */
        SHIPPED,
        /** From a draft. */
        EDITED,
        /** From an earlier version. */
        RESTORED;

        /** The name in rows and texts: {@code shipped}, {@code edited}, {@code restored}; never null. */
        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * A version, never changed.
     *
     * @param number from 1, the highest is in force
     * @param from the version that it restores, null for others
     * @param by null where the program brought it
     * @param reason null likewise
     */
    record Version(
            int number, DecisionTable table, Origin origin, Integer from, String by, Instant at, String reason) {}

    /**
     * The draft of a table.
     *
     * @param basedOn the number of the version that it began from
     * @param version counts the changes
     */
    record Draft(DecisionTable table, int basedOn, int version, String by, Instant at) {}

    /**
     * A table.
     *
     * @param inForce never null
     * @param draft null when there is none
     * @param newlyShipped whether the program brought a table, after the one in force was made, that says something else
     */
    record Entry(DecisionSubject subject, Version inForce, Draft draft, boolean newlyShipped) {

        /** The decision's id, never null. */
        public String key() {
            return subject.key();
        }
    }

    /** How a rule came to be different. */
    enum Change {
        /** It was not there. */
        ADDED,
        /** It is not there any more. */
        REMOVED,
        /** It says something else. */
        CHANGED,
        /** It stands somewhere else. */
        MOVED
    }

    /**
     * A rule that differs between two tables; one may be both changed and moved.
     *
     * @param before null when added
     * @param after null when removed
     * @param placeBefore from 1, 0 when added
     * @param placeAfter from 1, 0 when removed
     */
    record Difference(
            Change change, DecisionTable.Rule before, DecisionTable.Rule after, int placeBefore, int placeAfter) {}

    /**
     * What a draft would have decided.
     *
     * @param since from when on cases are looked at
     * @param checked how many there are
     * @param changed for how many something that counts would have been decided otherwise than by the table in force
     * @param changedBy for how many, by the name of the output
     * @param hits by rule of the draft, 0 for one that never held; never null
     * @param covered by rule that can never be reached, the numbers of the rules before it that leave it nothing; never null
     * @param examples a page of those that changed, the newest first
     * @param more whether there is a further page
     */
    record Preview(
            LocalDate since,
            int checked,
            int changed,
            Map<String, Integer> changedBy,
            Map<String, Integer> hits,
            Map<String, List<Integer>> covered,
            List<Changed> examples,
            boolean more) {}

    /**
     * A case that would have been decided otherwise.
     *
     * @param before the rule that decides it now, null when none does
     * @param after the rule of the draft, null when none does
     */
    record Changed(DecisionSubject.Example example, DecisionTable.Rule before, DecisionTable.Rule after) {}

    /** All tables that a room looks after, by key. */
    List<Entry> all();

    /** One of them. */
    Entry find(String key);

    /** Its versions, the newest first. */
    List<Version> versions(String key);

    /**
     * One of its versions.
     *
     * @throws org.manyi.shared.NotFoundException when there is none of this number
     */
    Version version(String key, int number);

    /** The table as this program ships it. */
    DecisionTable shipped(String key);

    /** In which rules a table differs from an earlier one; by place, removed ones last. */
    List<Difference> differences(DecisionTable before, DecisionTable after);

    /** The rules that can never be reached, with the numbers of the rules before them that leave them nothing. */
    Map<String, List<Integer>> covered(String key, DecisionTable table);

    /**
     * Begins a draft, or finds the one that there is as it stands.
     *
     * @param fromShipped whether it begins from the shipped table instead of the one in force
     * @throws org.manyi.shared.ConflictException not-active when it should begin from the shipped one and there is a draft
     */
    Draft begin(String key, boolean fromShipped, CurrentUser user);

    /**
     * Adds a rule before the last one, which takes what no other does, or changes one.
     *
     * @param rule its id null to add it
     * @param version of the draft that the person looked at
     * @throws org.manyi.shared.ValidationException per column, {@code description} or, for too many, {@code rule}
     * @throws org.manyi.shared.ConflictException stale-version when somebody changed the draft, not-active when there is none
     * @throws org.manyi.shared.NotFoundException when the draft has no such rule
     */
    void save(String key, DecisionTable.Rule rule, int version, CurrentUser user);

    /** Moves a rule a place up or down, which at the end does nothing; throws as {@link #save}. */
    void move(String key, String rule, boolean up, int version, CurrentUser user);

    /** Takes a rule out of the draft; throws as {@link #save}. */
    void remove(String key, String rule, int version, CurrentUser user);

    /** Throws the draft away; throws as {@link #save}. */
    void discard(String key, int version, CurrentUser user);

    /**
     * Tries the draft on the cases of the last year.
     *
     * @param page from 0
     * @throws org.manyi.shared.ConflictException not-active when there is no draft
     */
    Preview preview(String key, int page, CurrentUser reader);

    /**
     * Puts the draft into force; whatever is decided from now on is decided by it.
     *
     * @param version of the draft that was looked at
     * @param inForce the version in force that it was compared with
     * @param reason 2 to 200 characters
     * @return the new version's number
     * @throws org.manyi.shared.ValidationException when a rule is at fault, the last one does not take everything, nothing differs, or
     *     the reason is missing
     * @throws org.manyi.shared.ConflictException stale-version when either has changed, not-active when there is no draft
     */
    int publish(String key, int version, int inForce, String reason, CurrentUser user);

    /**
     * Puts an earlier version into force again, as a new one; a draft stays as it is.
     *
     * @param inForce the version in force that the person looked at
     * @return the new version's number
     * @throws org.manyi.shared.ValidationException when it names what is no longer offered, or the reason is missing
     * @throws org.manyi.shared.ConflictException stale-version when another is in force by now, not-active for the one in force
     * @throws org.manyi.shared.NotFoundException when there is none of this number
     */
    int restore(String key, int number, int inForce, String reason, CurrentUser user);
}
