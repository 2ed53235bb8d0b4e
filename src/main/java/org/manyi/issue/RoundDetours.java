package org.manyi.issue;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.manyi.inbox.TaskItem.UnitRef;
import org.manyi.security.CurrentUser;

/**
 * What happens to a round beside its tasks: it rests on the shelf (挂账), others help (协办), a long-term matter's stage is found
 * complete. Every method answers {@link org.manyi.shared.NotFoundException} for an issue that the person may not see, and
 * stale-version for one that has changed since.
 */
public interface RoundDetours {

    /**
     * An issue on the shelf.
     *
     * @param department never null
     * @param leadUnit never null
     * @param since when it was put there, never null
     * @param days for how many calendar days it has rested so far
     * @param reviewOn never null
     */
    record OnTheShelf(
            String number,
            String title,
            UnitRef department,
            UnitRef leadUnit,
            OffsetDateTime since,
            int days,
            LocalDate reviewOn) {}

    /**
     * What rests on the shelf.
     *
     * @param count of all that the person may see
     * @param items the first hundred of them, the soonest review first; never null
     */
    record Shelf(long count, List<OnTheShelf> items) {}

    /**
     * Asks a leader to put the current round on the shelf.
     *
     * @param reason 2 to 500 characters
     * @param reviewOn a working day in the future, within the limit
     * @throws org.manyi.shared.ForbiddenException for others than the lead unit and the responsible department
     * @throws org.manyi.shared.ConflictException not-active when no round with a deadline runs, or something is being decided
     */
    IssueDetail shelve(String number, int version, String reason, LocalDate reviewOn, CurrentUser user);

    /**
     * Takes an issue off the shelf before its review.
     *
     * @param reason 2 to 500 characters
     * @throws org.manyi.shared.ForbiddenException for others than the responsible department and its leader
     * @throws org.manyi.shared.ConflictException not-active when it is not on the shelf
     */
    IssueDetail resume(String number, int version, String reason, CurrentUser user);

    /**
     * Asks another unit to help.
     *
     * @param unitCode neither the lead unit nor one that helps already
     * @param reason 2 to 500 characters
     * @throws org.manyi.shared.ForbiddenException for others than the responsible department and a lead department
     * @throws org.manyi.shared.ConflictException not-active before triage, and once the round has been reported
     */
    IssueDetail addCoUnit(String number, int version, String unitCode, String reason, CurrentUser user);

    /**
     * Finds a stage of a long-term matter complete, without waiting for the unit to propose it.
     *
     * @param reason 2 to 500 characters
     * @throws org.manyi.shared.ForbiddenException for others than the responsible department
     * @throws org.manyi.shared.ConflictException not-active when no long-term round runs
     */
    IssueDetail completeStage(String number, int version, String reason, CurrentUser user);

    /** The units that may be asked to help, the likely ones first. */
    List<UnitRef> unitsToHelp(String number, CurrentUser user);

    /** What rests on the shelf, as far as the person may see it. */
    Shelf shelf(CurrentUser user);
}
