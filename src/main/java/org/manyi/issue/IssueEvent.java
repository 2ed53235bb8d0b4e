package org.manyi.issue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.manyi.shared.CaseEvent;

/**
 * News of an issue, published in the transaction that changes it; each has its row in the issue's history too, where the reason
 * in words is kept. An event holds codes, numbers and days only: no title, no reporter, no text that somebody typed.
 */
public sealed interface IssueEvent extends CaseEvent {

    /** All components beside who, when and which case; a day as text, an absent value left out. */
    @Override
    default Map<String, Object> detail() {
        Map<String, Object> detail = new LinkedHashMap<>();
        for (RecordComponent component : getClass().getRecordComponents()) {
            Object value = Set.of("at", "actor", "caseNumber").contains(component.getName()) ? null : read(component);
            if (value != null) {
                detail.put(component.getName(), value instanceof LocalDate day ? day.toString() : value);
            }
        }
        return detail;
    }

    private Object read(RecordComponent component) {
        try {
            return component.getAccessor().invoke(this);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("A public record's component can always be read", e);
        }
    }

    /**
     * An issue was registered and has its number.
     *
     * @param dismissedDuplicates the numbers of similar issues that the raiser looked at and found to be others; never null
     */
    record IssueRaised(
            Instant at,
            String actor,
            String caseNumber,
            String school,
            String kind,
            String source,
            String category,
            String severity,
            List<String> dismissedDuplicates)
            implements IssueEvent {}

    /** The decision table proposed a department, a class, a limit and an urgency. */
    record TriageSuggested(
            Instant at,
            String actor,
            String caseNumber,
            String department,
            String rectification,
            Integer workingDays,
            String urgency)
            implements IssueEvent {}

    /**
     * A department took the issue on and named who is to act; for a consultation no unit is named.
     *
     * @param unit the lead unit, null for a consultation
     */
    record IssueTriaged(
            Instant at,
            String actor,
            String caseNumber,
            String department,
            String unit,
            List<String> coUnits,
            String rectification,
            Integer workingDays,
            String urgency)
            implements IssueEvent {}

    /** A department did not take the issue on; it is over. */
    record IssueDeclined(Instant at, String actor, String caseNumber, String department) implements IssueEvent {}

    /**
     * A matter of a child's safety left the loop; from now on only the confidential handler and the chair see it.
     *
     * @param atOnce true when the raiser said so, false when triage found it
     */
    record IssueProtected(Instant at, String actor, String caseNumber, boolean atOnce) implements IssueEvent {}

    /** A consultation or a suggestion was answered; it is over. */
    record IssueAnswered(Instant at, String actor, String caseNumber, String department) implements IssueEvent {}

    /**
     * The reporter was contacted for the first time, or it was tried.
     *
     * @param outcome {@code reached}, {@code unreachable} or {@code refused}
     */
    record ReporterContacted(Instant at, String actor, String caseNumber, String outcome) implements IssueEvent {}

    /** The unit signed for the issue. */
    record UnitSigned(Instant at, String actor, String caseNumber, String unit) implements IssueEvent {}

    /**
     * The unit returned the issue as not its own.
     *
     * @param suggestedUnit whose the unit thinks it is, null when it named nobody
     */
    record UnitReturned(Instant at, String actor, String caseNumber, String unit, String suggestedUnit)
            implements IssueEvent {}

    /**
     * The department decided on a return.
     *
     * @param unit who is to sign now, perhaps the same as before
     */
    record ReturnDecided(Instant at, String actor, String caseNumber, String department, String unit)
            implements IssueEvent {}

    /**
     * A round of rectification began.
     *
     * @param cause a {@link RoundCause}'s code
     * @param supervised true after a dissatisfied reporter: urgent, and the contact leader hears of it
     */
    record RoundOpened(
            Instant at,
            String actor,
            String caseNumber,
            String school,
            String unit,
            int round,
            LocalDate dueDate,
            String cause,
            boolean supervised)
            implements IssueEvent {}

    /** The unit asked for more time; also the message that the round waits for. */
    record ExtensionRequested(Instant at, String actor, String caseNumber, int round, int workingDays)
            implements IssueEvent {}

    /**
     * The department decided on an extension.
     *
     * @param workingDays how many were granted, 0 when refused
     * @param dueDate the round's last day from now on
     */
    record ExtensionDecided(
            Instant at, String actor, String caseNumber, int round, boolean granted, int workingDays, LocalDate dueDate)
            implements IssueEvent {}

    /**
     * It was asked to put a round on the shelf, or to leave it there longer.
     *
     * @param unit who asks
     * @param reviewOn until when
     */
    record ShelvingAsked(Instant at, String actor, String caseNumber, String unit, int round, LocalDate reviewOn)
            implements IssueEvent {}

    /** A leader decided on that. */
    record ShelvingDecided(Instant at, String actor, String caseNumber, int round, boolean approved, LocalDate reviewOn)
            implements IssueEvent {}

    /**
     * A round went on that had been on the shelf.
     *
     * @param workingDays how many it had left
     * @param dueDate its last day from now on
     */
    record RoundResumed(
            Instant at, String actor, String caseNumber, String unit, int round, int workingDays, LocalDate dueDate)
            implements IssueEvent {}

    /** Another unit is to help with putting it right. */
    record CoUnitAdded(Instant at, String actor, String caseNumber, String unit) implements IssueEvent {}

    /** A unit that helps handed its part in. */
    record ContributionMade(Instant at, String actor, String caseNumber, String unit, int round)
            implements IssueEvent {}

    /** A unit that helps need not hand its part in any more: the lead unit has reported, or the round rests. */
    record ContributionWithdrawn(Instant at, String actor, String caseNumber, String unit, int round)
            implements IssueEvent {}

    /** The unit reported on a long-term matter. */
    record ProgressReported(
            Instant at, String actor, String caseNumber, String unit, int round, int period, boolean stageProposed)
            implements IssueEvent {}

    /** A period of a long-term matter passed without a report. */
    record ProgressMissed(
            Instant at, String actor, String caseNumber, String unit, int round, int period, LocalDate dueDate)
            implements IssueEvent {}

    /** The department found that a stage of a long-term matter is complete; also the message that ends the reports. */
    record StageCompleted(Instant at, String actor, String caseNumber, String unit, int round) implements IssueEvent {}

    /** The department found that a stage is not complete yet; the reports go on. */
    record StageNotCompleted(Instant at, String actor, String caseNumber, String unit, int round)
            implements IssueEvent {}

    /** A round's last day passed without a report. */
    record RectificationOverdue(Instant at, String actor, String caseNumber, String unit, int round, LocalDate dueDate)
            implements IssueEvent {}

    /** The unit reported the rectification of a round done. */
    record RectificationSubmitted(Instant at, String actor, String caseNumber, String unit, int round)
            implements IssueEvent {}

    /**
     * An inspection team was chosen to verify a round.
     *
     * @param team null when no team was eligible and the supervision office has to verify
     */
    record TeamChosen(Instant at, String actor, String caseNumber, int round, String team) implements IssueEvent {}

    /**
     * A round passed its verification.
     *
     * @param mode {@code onSite} or {@code document}
     */
    record RectificationVerified(Instant at, String actor, String caseNumber, int round, String mode)
            implements IssueEvent {}

    /**
     * A round failed its verification; another one follows.
     *
     * @param returnCode {@code noEvidence}, {@code incomplete}, {@code unsustained} or {@code other}
     */
    record RectificationFailed(
            Instant at, String actor, String caseNumber, String unit, int round, String mode, String returnCode)
            implements IssueEvent {}

    /**
     * The reporter was called back, or it was tried.
     *
     * @param attempt 1 for the first call of a round
     * @param outcome {@code satisfied}, {@code retry}, {@code exhausted} or {@code dissatisfied}
     */
    record ReporterCalled(Instant at, String actor, String caseNumber, int round, int attempt, String outcome)
            implements IssueEvent {}

    /**
     * Somebody read the reporter's name and phone unmasked.
     *
     * @param reason kept in the history and in the trail: the auditor sees no cases
     */
    record ReporterRevealed(Instant at, String actor, String caseNumber, String reason) implements IssueEvent {}

    /** Closure was approved. */
    record ClosureApproved(Instant at, String actor, String caseNumber, int round) implements IssueEvent {}

    /** Closure was not approved; another round follows. */
    record ClosureReturned(Instant at, String actor, String caseNumber, String unit, int round) implements IssueEvent {}

    /** The issue was closed (销号) and is checked for recurrence later. */
    record IssueClosed(Instant at, String actor, String caseNumber, String unit, int round, LocalDate recurrenceCheckOn)
            implements IssueEvent {}

    /** It was checked whether the problem came back. */
    record RecurrenceChecked(Instant at, String actor, String caseNumber, boolean recurred) implements IssueEvent {}

    /** The problem came back, or somebody had it opened: the same number is open again. Also the message that starts the loop anew. */
    record IssueReopened(Instant at, String actor, String caseNumber, String unit) implements IssueEvent {}

    /** The department wants the reporter to be asked something before it decides; the question is kept with the issue. */
    record QuestionPut(Instant at, String actor, String caseNumber, String department) implements IssueEvent {}

    /**
     * The reporter was asked, or it was tried.
     *
     * @param outcome {@code answered}, {@code unreachable} or {@code refused}
     */
    record QuestionAnswered(Instant at, String actor, String caseNumber, String outcome) implements IssueEvent {}

    /** A consultation or a suggestion was answered, and a unit is to put right what it was about. */
    record IssueTakenUp(
            Instant at,
            String actor,
            String caseNumber,
            String department,
            String unit,
            String rectification,
            Integer workingDays)
            implements IssueEvent {}

    /**
     * A leader decided for good whose an issue is that units had returned.
     *
     * @param unit who is to sign now and cannot return it any more
     */
    record ResponsibilityDecided(Instant at, String actor, String caseNumber, String department, String unit)
            implements IssueEvent {}

    /**
     * The department gave a running issue to another unit.
     *
     * @param unit who is to sign now
     * @param unitBefore who had it
     */
    record ResponsibleUnitChanged(
            Instant at, String actor, String caseNumber, String department, String unit, String unitBefore)
            implements IssueEvent {}

    /**
     * The office or the chair moved a running issue to another step.
     *
     * @param step the status from which it goes on
     */
    record IssueMoved(Instant at, String actor, String caseNumber, String step) implements IssueEvent {}

    /** Whoever raised it or the department took the issue back. Also the message that ends its process. */
    record IssueWithdrawn(Instant at, String actor, String caseNumber) implements IssueEvent {}

    /** The issue is the same as another one and is dealt with there. */
    record IssueMerged(Instant at, String actor, String caseNumber, String into) implements IssueEvent {}

    /** Another issue was merged into this one. */
    record IssueJoined(Instant at, String actor, String caseNumber, String joined) implements IssueEvent {}

    /** The confidential handler opened a protected matter's page; who reads what is kept. */
    record ProtectedMatterRead(Instant at, String actor, String caseNumber) implements IssueEvent {}

    /** A protected matter was dealt with. */
    record MatterHandled(Instant at, String actor, String caseNumber) implements IssueEvent {}

    /**
     * An issue that was closed elsewhere came into the ledger by an import.
     *
     * @param batch the import's id
     * @param closedOn the day of its closure there
     */
    record IssueTakenOver(Instant at, String actor, String caseNumber, String batch, LocalDate closedOn)
            implements IssueEvent {}

    /** The import that brought the issue was taken back; it is over without having been worked on. */
    record IssueTakenBack(Instant at, String actor, String caseNumber) implements IssueEvent {}
}
