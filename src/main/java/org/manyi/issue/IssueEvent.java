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

    /** A consultation was answered; it is over. */
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

    /** The problem came back: the same number is open again. Also the message that starts the loop anew. */
    record IssueReopened(Instant at, String actor, String caseNumber, String unit) implements IssueEvent {}

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
