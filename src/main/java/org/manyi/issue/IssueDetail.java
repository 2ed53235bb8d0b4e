package org.manyi.issue;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import org.manyi.evidence.Attachment;
import org.manyi.inbox.TaskItem;
import org.manyi.inbox.TaskItem.PersonRef;
import org.manyi.inbox.TaskItem.UnitRef;

/**
 * An issue with all that the asker may see of it, in the contract's form.
 *
 * @param number never null
 * @param title never null
 * @param description null when none was given
 * @param kind never null
 * @param source never null
 * @param category a code, never null
 * @param severity never null
 * @param school the school it is about, never null
 * @param district null when the school belongs to none
 * @param reporterKnown whether somebody is to be contacted and called back
 * @param reporter masked, and null for the units that are to put the issue right
 * @param concerns {@code nobody}, {@code staff} or {@code head}
 * @param childSafety whether it was raised as a matter of a child's safety
 * @param status never null
 * @param rectification null before triage and for consultations
 * @param terms what the ledger says of it beside, never null
 * @param urgency {@code normal}, {@code urgent} or {@code critical}
 * @param department the responsible department, null before triage
 * @param leadUnit null before triage
 * @param coUnits who helps, with what each has contributed in the current round; never null
 * @param round 0 before the first
 * @param supervised whether the current round follows a dissatisfied reporter
 * @param dueDate the last day of the current round, null before the first
 * @param provisional whether that day crosses a year whose holiday notice is unknown
 * @param overdue from the calendar day after {@code dueDate} while the unit has not reported
 * @param card {@code none}, {@code yellow} or {@code red}
 * @param answer what a consultation or a suggestion was answered, or how a protected matter was dealt with; null before
 * @param takenUp whether what was answered is put right as well
 * @param question what the department wants the reporter to be asked, null unless that is open
 * @param mergedInto the issue in which it is dealt with, null unless merged and where the asker does not see that one
 * @param merged the issues that are dealt with in this one, those the asker sees; never null
 * @param suggestion what the decision table proposed, null before triage
 * @param raisedBy null when the system did
 * @param raisedAt never null
 * @param closedAt when work on it ended, null while open
 * @param version grows with every change
 * @param actions what the asker may do now beside tasks: the codes of {@link IssueAction}, {@code revealReporter}; never null
 * @param attachments the files it was raised with; never null
 * @param tasks its open tasks that the asker may see, never null
 * @param rounds in order, never null
 * @param contacts with the reporter, in order; empty for the units that are to put the issue right
 * @param history in order, never null
 * @param shelved how it rests on the shelf, or what was asked; null where neither
 * @param longTerm how it is reported on; null unless it is a long-term matter with periods
 */
public record IssueDetail(
        String number,
        String title,
        String description,
        String kind,
        String source,
        String category,
        String severity,
        UnitRef school,
        UnitRef district,
        boolean reporterKnown,
        MaskedReporter reporter,
        String concerns,
        boolean childSafety,
        String status,
        String rectification,
        Terms terms,
        String urgency,
        UnitRef department,
        UnitRef leadUnit,
        List<CoUnit> coUnits,
        int round,
        boolean supervised,
        LocalDate dueDate,
        boolean provisional,
        boolean overdue,
        String card,
        String answer,
        boolean takenUp,
        String question,
        Link mergedInto,
        List<Link> merged,
        Suggestion suggestion,
        PersonRef raisedBy,
        OffsetDateTime raisedAt,
        OffsetDateTime closedAt,
        int version,
        List<String> actions,
        List<Attachment> attachments,
        List<TaskItem> tasks,
        List<Round> rounds,
        List<Contact> contacts,
        List<HistoryEntry> history,
        Shelved shelved,
        LongTerm longTerm) {

    /**
     * What an inspection's ledger asks beside who puts it right by when; each null where nobody named it.
     *
     * @param basis the standard, document or demand that it rests on
     * @param goal what shall be reached
     * @param leader the name of the leader in charge
     */
    public record Terms(String basis, String goal, String leader) {}

    /** A reporter as everybody else sees him: {@code 张*}, {@code 138****1234}; the name may be null. */
    public record MaskedReporter(String name, String phone) {}

    /**
     * Another issue that is the same.
     *
     * @param number never null
     * @param title never null
     * @param reporter masked; null where there is none, and for whom this issue's reporter is not for either
     */
    public record Link(String number, String title, MaskedReporter reporter) {}

    /**
     * What the decision table proposed.
     *
     * @param department never null
     * @param unit the unit proposed to lead, never null
     * @param rectification null for consultations
     * @param workingDays at least 1
     * @param urgency never null
     * @param note the matched rule in words, null when it has none
     */
    public record Suggestion(
            UnitRef department, UnitRef unit, String rectification, int workingDays, String urgency, String note) {}

    /**
     * A round of rectification and its verification.
     *
     * @param number 1 for the first
     * @param cause a {@link RoundCause}'s code
     * @param unit the lead unit of the round
     * @param submittedAt null while the unit is at work
     * @param team null before submission, and where the supervision office verifies
     * @param decision {@code pass}, {@code fail}, null before
     * @param mode {@code onSite}, {@code document}, null before
     * @param points what was checked, never null
     * @param returnCode why it failed, null unless it did
     * @param overdueAt when its last day had passed without a report, null when it did not
     * @param extensions asked for, in order; never null
     */
    public record Round(
            int number,
            String cause,
            boolean supervised,
            UnitRef unit,
            OffsetDateTime openedAt,
            LocalDate dueDate,
            boolean provisional,
            String measures,
            String result,
            LocalDate completedOn,
            List<Attachment> beforeFiles,
            List<Attachment> afterFiles,
            PersonRef rectifiedBy,
            OffsetDateTime submittedAt,
            UnitRef team,
            PersonRef verifiedBy,
            OffsetDateTime verifiedAt,
            String decision,
            String mode,
            List<Point> points,
            String returnCode,
            OffsetDateTime overdueAt,
            List<Extension> extensions) {}

    /**
     * A unit that helps.
     *
     * @param state {@code waiting} before the round, {@code open}, {@code contributed} or {@code withdrawn}
     * @param contribution what it did, null before; also for whoever only helps himself and is of another unit
     * @param files never null
     */
    public record CoUnit(
            String code,
            String name,
            String state,
            String contribution,
            List<Attachment> files,
            PersonRef by,
            OffsetDateTime at) {}

    /**
     * An issue on the shelf (挂账), or the request for it.
     *
     * @param state {@code pending} or {@code shelved}
     * @param reason why it rests, never null
     * @param reviewOn until when, never null
     * @param approver null while pending
     * @param since null while pending
     * @param days for how many calendar days it has rested so far, 0 while pending
     * @param daysLeft how many working days the round has left
     * @param askedUntil until when it shall rest beyond the review, where that was asked and not decided; else null
     */
    public record Shelved(
            String state,
            String reason,
            LocalDate reviewOn,
            PersonRef requestedBy,
            PersonRef approver,
            OffsetDateTime since,
            int days,
            int daysLeft,
            LocalDate askedUntil) {}

    /**
     * How a long-term matter is reported on.
     *
     * @param reportMonths every how many months
     * @param nextReportOn null where none is due
     * @param reportMissing whether the last period passed without a report
     * @param stageCompletedOn when its current stage was found complete, null where it was not
     * @param periods of all rounds, in order; never null
     */
    public record LongTerm(
            int reportMonths,
            LocalDate nextReportOn,
            boolean reportMissing,
            LocalDate stageCompletedOn,
            List<Period> periods) {}

    /**
     * A period of a long-term matter.
     *
     * @param state {@code open}, {@code reported}, {@code missed} or {@code closed}
     * @param progress null unless reported
     * @param files never null
     * @param stageProposed whether the unit proposed to find the stage complete
     */
    public record Period(
            int round,
            int number,
            LocalDate dueDate,
            String state,
            String progress,
            List<Attachment> files,
            boolean stageProposed,
            PersonRef by,
            OffsetDateTime at) {}

    /** A point that was checked: what, whether it is in order, and a remark or null. */
    public record Point(String point, boolean ok, String note) {}

    /**
     * A request for more time.
     *
     * @param state {@code pending}, {@code granted}, {@code refused} or {@code withdrawn}
     * @param grantedDays null unless granted
     * @param dueDate the last day that came of it, null unless granted
     */
    public record Extension(
            OffsetDateTime requestedAt,
            PersonRef requestedBy,
            int workingDays,
            String reason,
            String state,
            PersonRef decidedBy,
            OffsetDateTime decidedAt,
            Integer grantedDays,
            LocalDate dueDate,
            String decisionReason) {}

    /**
     * A contact with the reporter.
     *
     * @param kind {@code first}, {@code question} or {@code callback}
     * @param round 0 before the first
     * @param question what was asked, null unless the kind is that
     * @param outcome of the first contact {@code reached}, {@code unreachable}, {@code refused}; of a question {@code answered},
     *     {@code unreachable}, {@code refused}; of a call back
     *     {@code satisfied}, {@code retry}, {@code exhausted}, {@code dissatisfied}
     * @param solved what the reporter says, null when not reached
     * @param satisfaction {@code satisfied}, {@code basicallySatisfied}, {@code dissatisfied}, null when not reached
     */
    public record Contact(
            String kind,
            int round,
            int attempt,
            OffsetDateTime at,
            PersonRef by,
            String outcome,
            Boolean solved,
            String satisfaction,
            String question,
            String note) {}

    /**
     * What happened.
     *
     * @param actor null when the system did it
     * @param event an {@link IssueEvent}'s simple name
     * @param from the status before, null at the beginning
     * @param to the status after, the same where none changed
     * @param reason in words, null when none was given
     */
    public record HistoryEntry(
            OffsetDateTime at, PersonRef actor, String event, String from, String to, String reason) {}
}
