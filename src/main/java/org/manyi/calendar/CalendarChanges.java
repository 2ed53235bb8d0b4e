package org.manyi.calendar;

import java.time.LocalDate;
import java.util.List;
import org.manyi.security.CurrentUser;
import org.manyi.shared.Slice;

/**
 * Notices and single days entered on a page: looked at first, then put into force on every node, then carried to the open due dates. A day
 * that somebody was told is never made earlier: it stays, and says so.
 */
public interface CalendarChanges {

    /** The largest file read, in bytes. */
    int LARGEST = 256 * 1024;

    /**
     * What a person types of a notice whose file does not name it.
     *
     * @param title null or blank where the file says it
     * @param number its 文号, likewise
     * @param issued likewise
     */
    record Source(String title, String number, LocalDate issued) {}

    /** What becomes of an open due date. */
    enum Fate {
        /** It moves to a later day. */
        LATER,
        /** It would be earlier and stays. */
        EARLIER,
        /** Its day stays and is provisional no more. */
        SETTLED,
        /** Nothing. */
        UNCHANGED
    }

    /**
     * A due date under a change.
     *
     * @param room as {@link DueDates#name}, never null
     * @param from as it is, never null
     * @param to as it would be counted, never null
     * @param fate never null
     */
    record Affected(String room, String key, String caseNumber, Due from, Due to, Fate fate) {}

    /**
     * What a change would do now.
     *
     * @param named how many of the checked have a day named by people, which moves only if it is a day off now
     * @param page what changes, those that would be earlier first
     */
    record Preview(int checked, int later, int earlier, int settled, int named, Slice<Affected> page) {}

    /** The changes, newest first, at most 100. */
    List<CalendarChange> latest();

    /**
     * One change.
     *
     * @throws org.manyi.shared.NotFoundException when there is none
     */
    CalendarChange find(long id);

    /**
     * Keeps a yearly file as a draft.
     *
     * @param bytes in the layout of the shipped files or of the public data set, never null
     * @throws org.manyi.shared.ValidationException when it breaks a rule; an empty list of days is one, for it never means "no holidays"
     */
    CalendarChange enterNotice(byte[] bytes, Source source, CurrentUser user);

    /**
     * Keeps a single day as a draft.
     *
     * @param off whether the bureau closes; else it works on a day off
     * @throws org.manyi.shared.ValidationException when the day is so already, past, or without a reason of 2 to 60 characters
     */
    CalendarChange enterDay(LocalDate day, boolean off, String reason, CurrentUser user);

    /** What a draft would do, a page of it. */
    Preview preview(long id, String cursor);

    /**
     * Puts a draft into force.
     *
     * @throws org.manyi.shared.ConflictException not-active when it is none
     * @throws org.manyi.shared.ValidationException when it contradicts what is in force now
     */
    void apply(long id, CurrentUser user);

    /**
     * Lets the counting go on where it stands still because the same batch failed again and again.
     *
     * @throws org.manyi.shared.NotFoundException when there is no such change
     * @throws org.manyi.shared.ConflictException not-active when it does not stand still
     */
    void retry(long id, CurrentUser user);

    /**
     * Puts a draft away.
     *
     * @throws org.manyi.shared.ConflictException not-active when it is none
     */
    void discard(long id, CurrentUser user);
}
