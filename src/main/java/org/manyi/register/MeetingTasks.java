package org.manyi.register;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.manyi.evidence.Attachment;
import org.manyi.security.CurrentUser;

/**
 * What meetings give to do (会议交办): a task in the inbox of a unit, confirmed or sent back by the department that gave it. Seen by the
 * unit's scope, that department, the department of the campaign's office and the chair; to others it is
 * {@link org.manyi.shared.NotFoundException}.
 */
public interface MeetingTasks {

    /**
     * Something given to do.
     *
     * @param number its case number, such as {@code 2026-HY-01.T1}; never null
     * @param meeting the meeting's number, never null
     * @param unit the code of the unit that does it, never null
     * @param what never null
     * @param namedDay the day as it was typed
     * @param dueOn the day that holds: the next working day where the named one is a day off
     * @param provisional whether the day lies in a year whose holidays are not announced
     * @param late whether it was handed in after its day, or is not handed in and its day is over
     */
    record Item(
            String number,
            String meeting,
            String unit,
            String unitName,
            String what,
            LocalDate namedDay,
            LocalDate dueOn,
            boolean provisional,
            TaskState state,
            boolean late) {

        /** Whether the day named was no working day and has moved. */
        public boolean moved() {
            return !namedDay.equals(dueOn);
        }
    }

    /**
     * Something given to do with all that its page shows.
     *
     * @param meetingTitle never null
     * @param departmentName of the department that gave it, never null
     * @param report what was handed in, null before
     * @param files never null
     * @param returnedReason why it came back, null unless it did
     * @param history the newest first, never null
     */
    record Detail(
            Item item,
            String meetingTitle,
            String departmentName,
            String report,
            List<Attachment> files,
            OffsetDateTime handedInAt,
            String returnedReason,
            List<Entry> history) {}

    /**
     * Something that happened.
     *
     * @param event the simple name of the {@link RegisterEvent}, never null
     * @param reason in words, null for none
     */
    record Entry(OffsetDateTime at, String actorName, String event, String reason) {}

    /** What a meeting gave to do, of that which the person sees, in the order it was given. */
    List<Item> of(String meeting, CurrentUser user);

    /** Something given to do. */
    Detail find(String number, CurrentUser user);

    /** How many are not done, of those the person sees. */
    int open(CurrentUser user);

    /**
     * Gives something to a unit to do, once the meeting's day has come; by the department that holds it.
     *
     * @param what at most 200 characters
     * @param unit the code of an active school or district, or of another department
     * @param due not before today; where it is a day off the next working day holds
     * @return its number
     * @throws org.manyi.shared.ForbiddenException when the person is not of that department
     * @throws org.manyi.shared.ValidationException by field {@code what}, {@code unit}, {@code dueDate}
     */
    String give(String meeting, String what, String unit, LocalDate due, CurrentUser user);
}
