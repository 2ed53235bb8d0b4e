package org.manyi.register;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.manyi.evidence.Attachment;
import org.manyi.security.CurrentUser;
import org.manyi.shared.Slice;

/**
 * The meetings of the district in a running year (S0-14). A department holds them; they are seen by it, by the department that keeps the
 * campaign's office, by the chair, and by whoever's scope covers a unit that speaks there or was given something to do. Of the agenda
 * everybody sees what is his: a school its own. What a person may not see is {@link org.manyi.shared.NotFoundException}, what he sees but
 * may not do {@link org.manyi.shared.ForbiddenException}; a change that names an old version is a
 * {@link org.manyi.shared.ConflictException}; what is wrong in what was entered is a {@link org.manyi.shared.ValidationException}.
 */
public interface Meetings {

    /**
     * What a meeting is entered or changed with; anything may be null and is then refused where it is required.
     *
     * @param campaign the number of a running campaign; stays what it is when a meeting is changed
     * @param node the id of the plan's node that it belongs to, null for none
     * @param department the department that holds it, null for the person's only one; stays what it is when a meeting is changed
     * @param title at most 100 characters
     * @param day on which it is held, in the year of the campaign or the next
     * @param place at most 100 characters
     * @param kind a {@link MeetingKind#code}
     */
    record Facts(
            String campaign, String node, String department, String title, LocalDate day, String place, String kind) {}

    /**
     * A meeting in a list.
     *
     * @param number such as {@code 2026-HY-01}; never null
     * @param departmentName the short name of the department that holds it, never null
     * @param openTasks how many things it gave to do are not done yet, of those the person sees
     */
    record Item(
            String number,
            String campaign,
            String department,
            String departmentName,
            String title,
            LocalDate day,
            String place,
            MeetingKind kind,
            int openTasks) {}

    /**
     * A unit on the agenda.
     *
     * @param number its case number, such as {@code 2026-HY-01.S1}; never null
     * @param meeting the meeting's number, never null
     * @param unit the code of the unit, never null
     * @param unitName never null
     * @param statement what it says, null before it is written
     * @param files never null
     * @param version to be named by whoever changes it
     * @param mayWrite whether the person may write the statement
     */
    record Speech(
            String number,
            String meeting,
            String unit,
            String unitName,
            SpeechPart part,
            String statement,
            List<Attachment> files,
            int version,
            boolean mayWrite) {}

    /**
     * A meeting with all that its page shows.
     *
     * @param campaignTitle never null
     * @param node the id of the plan's node, null for none
     * @param nodeName null for none
     * @param minutes null before they are written
     * @param files of the minutes, never null
     * @param speeches in their order, of those the person sees; never null
     * @param version to be named by whoever changes it
     * @param mayWrite whether the person is of the department that holds it
     * @param held whether its day has come
     */
    record Detail(
            Item item,
            String campaignTitle,
            String node,
            String nodeName,
            String minutes,
            List<Attachment> files,
            List<Speech> speeches,
            int version,
            boolean mayWrite,
            boolean held) {}

    /** A page of the meetings that the person sees, the latest day first. */
    Slice<Item> list(String cursor, int size, CurrentUser user);

    /** A meeting. */
    Detail find(String number, CurrentUser user);

    /** The departments for which the person may enter a meeting, by code with their names; empty when none. */
    Map<String, String> departments(CurrentUser user);

    /**
     * Enters a meeting.
     *
     * @return its number
     */
    String enter(Facts facts, CurrentUser user);

    /** Changes a meeting's facts. */
    void change(String number, int version, Facts facts, CurrentUser user);

    /**
     * Writes the minutes, once the day has come.
     *
     * @param minutes at most 8000 characters
     * @param files ids of the person's drafts, or of files that the minutes have already; null for none
     */
    void writeMinutes(String number, int version, String minutes, List<String> files, CurrentUser user);

    /**
     * Puts a unit on the agenda, behind the others.
     *
     * @param unit the code of an active school, district or department
     * @param part a {@link SpeechPart#code}
     * @param statement what it says, at most 4000 characters; null when it writes that itself
     * @param files ids of the person's drafts, null for none
     * @return the number of the speech
     */
    String addSpeech(String number, String unit, String part, String statement, List<String> files, CurrentUser user);

    /** Something on the agenda. */
    Speech speech(String number, CurrentUser user);

    /**
     * Writes what a unit says, by the unit or by the department that holds the meeting.
     *
     * @param files ids of the person's drafts, or of files that the statement has already; null for none
     */
    void writeSpeech(String number, int version, String statement, List<String> files, CurrentUser user);

    /** Moves a unit one place forward; the first stays where it is. */
    void moveSpeech(String number, int version, CurrentUser user);

    /** Takes a unit off the agenda. */
    void withdrawSpeech(String number, int version, CurrentUser user);
}
