package org.manyi.issue;

import java.util.List;
import java.util.Optional;
import org.manyi.security.CurrentUser;
import org.manyi.shared.Slice;

/**
 * The ledger of issues. The loop itself is worked through the inbox; here issues are raised, found and acted upon beside it.
 */
public interface Issues {

    /** What a person may raise. */
    enum Raising {
        /** Nothing. */
        NOTHING,
        /** A school its own self-check. */
        OWN_SELF_CHECK,
        /** Every kind of issue of every school. */
        EVERYTHING
    }

    /** What the person may raise. */
    Raising mayRaise(CurrentUser user);

    /**
     * Registers an issue, gives it its number and starts its process.
     *
     * @return as the raiser sees it; a matter of a child's safety as he raised it, for he will not see it again
     * @throws org.manyi.shared.ForbiddenException when the person may not raise issues, or a school raises anything but its own
     *     self-check
     * @throws org.manyi.shared.ValidationException with every field at fault
     * @throws org.manyi.shared.ConflictException possible-duplicate, with an entry for each similar issue that the person may see
     */
    IssueDetail raise(NewIssue issue, CurrentUser user);

    /**
     * The issues of the school, open or closed lately, that look the same; most alike first, those the person may see only.
     *
     * @param title as typed so far, null or blank finds nothing
     */
    List<IssueItem> duplicates(String schoolCode, String title, String category, CurrentUser user);

    /** A page of the ledger, newest first. */
    Slice<IssueItem> list(IssueQuery query, CurrentUser user);

    /**
     * An issue.
     *
     * @throws org.manyi.shared.NotFoundException when unknown or invisible
     */
    IssueDetail find(String number, CurrentUser user);

    /**
     * Asks for more time in the current round, for the unit that puts it right.
     *
     * @param version the version the person has seen
     * @param workingDays 1 to the number that a round may be extended by in all
     * @param reason 2 to 500 characters
     * @throws org.manyi.shared.ConflictException stale-version; not-active when no round runs, its last day is over, or a request
     *     is pending
     * @throws org.manyi.shared.ForbiddenException when it is not the person's unit that puts it right
     */
    IssueDetail requestExtension(String number, int version, int workingDays, String reason, CurrentUser user);

    /**
     * What an action's own field offers the person: units, issues or steps; nothing for an action without one.
     *
     * @throws org.manyi.shared.ConflictException not-active when nobody may do it in the issue's status
     * @throws org.manyi.shared.ForbiddenException when it is not the person's right
     * @throws org.manyi.shared.NotFoundException when there is no such issue for the person
     */
    List<Choice> choices(String number, IssueAction action, CurrentUser user);

    /**
     * Takes an issue off the order of its loop: withdraw, reopen, changeUnit, merge or moveTo.
     *
     * @param version the version the person has seen
     * @param target the unit, the issue to merge into or the step; null for actions without a field
     * @param reason 2 to 500 characters, kept with the issue
     * @throws org.manyi.shared.ConflictException stale-version; not-active when nobody may do it in the issue's status
     * @throws org.manyi.shared.ForbiddenException when it is not the person's right
     * @throws org.manyi.shared.ValidationException with every field at fault
     * @throws org.manyi.shared.NotFoundException when there is no such issue for the person
     */
    IssueDetail act(String number, IssueAction action, int version, String target, String reason, CurrentUser user);

    /** A value that an action offers and its text; neither is null. */
    record Choice(String value, String label) {}

    /**
     * The reporter in clear, for whoever has the task of calling, here or for the issue into which it was merged; every call is kept with its reason.
     *
     * @param reason 2 to 200 characters
     * @throws org.manyi.shared.ForbiddenException when the person has no such task now
     * @throws org.manyi.shared.NotFoundException when there is no reporter, or no such issue for the person
     */
    NewIssue.Reporter revealReporter(String number, String reason, CurrentUser user);

    /** The categories in the order in which they are offered, names in the current language, inactive ones last. */
    List<Category> categories();

    /** An issue in short, for the rooms above; no right is checked. */
    Optional<IssueBrief> brief(String number);
}
