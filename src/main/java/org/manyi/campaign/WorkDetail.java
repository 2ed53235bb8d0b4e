package org.manyi.campaign;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.manyi.evidence.Attachment;

/**
 * A piece of the year's work with all that its page shows.
 *
 * @param item never null
 * @param campaign never null
 * @param node the plan's node; null when the plan has lost it
 * @param unitName the unit's name, null when no unit does it
 * @param report what was handed in, null before
 * @param onBehalf whether the department entered it for who did it
 * @param files the evidence handed in, never null
 * @param returnedReason why it came back, null unless it did
 * @param before what the same unit handed in last year, null when nothing
 * @param laterDates the later days that were asked for, the newest first, never null
 * @param history the newest first, never null
 */
public record WorkDetail(
        WorkItem item,
        CampaignItem campaign,
        Plan.Node node,
        String unitName,
        String report,
        boolean onBehalf,
        List<Attachment> files,
        String returnedReason,
        Before before,
        List<LaterDate> laterDates,
        List<Entry> history) {

    /**
     * The same work of an earlier year.
     *
     * @param year the plan's year
     * @param report never null
     * @param returns how often it came back
     */
    public record Before(int year, String number, String report, boolean late, int returns) {}

    /**
     * A later day that was asked for.
     *
     * @param wanted the day named, never null
     * @param reason never null
     * @param byName who asked, as shown; never null
     * @param state {@code asked}, {@code granted}, {@code refused} or {@code dropped}
     * @param granted the day granted, null unless it was
     * @param answer null for none
     */
    public record LaterDate(
            LocalDate wanted, String reason, String byName, String state, LocalDate granted, String answer) {}

    /**
     * Something that happened.
     *
     * @param at in the bureau's offset, never null
     * @param actorName as shown, never null
     * @param event the simple name of the {@link WorkEvent}, never null
     * @param reason in words, null for none
     */
    public record Entry(OffsetDateTime at, String actorName, String event, String reason) {}
}
