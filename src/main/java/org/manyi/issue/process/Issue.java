package org.manyi.issue.process;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.manyi.calendar.Due;
import org.manyi.inbox.Urgency;
import org.manyi.issue.IssueKind;
import org.manyi.issue.IssueStatus;
import org.manyi.issue.Rectification;
import org.manyi.issue.RoundCause;

/** An issue on its way through the loop. */
final class Issue {

    /** What changes on the way; the columns beside {@link IssueFacts}. */
    record State(
            IssueStatus status,
            Rectification rectification,
            Urgency urgency,
            String department,
            String leadUnit,
            List<String> coUnits,
            Integer limitDays,
            Terms terms,
            Integer reportMonths,
            LocalDate dueDate,
            boolean provisional,
            int round,
            boolean supervised,
            RoundCause nextCause,
            String suggestedUnit,
            String answer,
            Instant closedAt,
            int returns,
            boolean unitFinal,
            boolean takenUp,
            String mergedInto,
            String question,
            int version) {}

    private final IssueFacts facts;
    private IssueStatus statusBefore;
    private IssueStatus status;
    private Rectification rectification;
    private Urgency urgency;
    private String department;
    private String leadUnit;
    private List<String> coUnits;
    private List<String> coUnitsBefore;
    private Integer limitDays;
    private Terms terms;
    private Integer reportMonths;
    private LocalDate dueDate;
    private boolean provisional;
    private int round;
    private boolean supervised;
    private RoundCause nextCause;
    private String suggestedUnit;
    private String answer;
    private Instant closedAt;
    private int returns;
    private boolean unitFinal;
    private boolean takenUp;
    private String mergedInto;
    private String question;
    private int version;

    /** An issue as it was kept. */
    Issue(IssueFacts facts, State state) {
        this.facts = facts;
        this.statusBefore = state.status();
        this.status = state.status();
        this.rectification = state.rectification();
        this.urgency = state.urgency();
        this.department = state.department();
        this.leadUnit = state.leadUnit();
        this.coUnits = List.copyOf(state.coUnits());
        this.coUnitsBefore = coUnits;
        this.limitDays = state.limitDays();
        this.terms = state.terms();
        this.reportMonths = state.reportMonths();
        this.dueDate = state.dueDate();
        this.provisional = state.provisional();
        this.round = state.round();
        this.supervised = state.supervised();
        this.nextCause = state.nextCause();
        this.suggestedUnit = state.suggestedUnit();
        this.answer = state.answer();
        this.closedAt = state.closedAt();
        this.returns = state.returns();
        this.unitFinal = state.unitFinal();
        this.takenUp = state.takenUp();
        this.mergedInto = state.mergedInto();
        this.question = state.question();
        this.version = state.version();
    }

    /** An issue as it comes in from a ledger that was kept elsewhere. */
    static Issue takenIn(IssueFacts facts, Terms terms) {
        Issue issue = raised(facts);
        issue.terms = terms;
        return issue;
    }

    /** An issue as it is raised. */
    static Issue raised(IssueFacts facts) {
        Issue issue = new Issue(
                facts,
                new State(
                        IssueStatus.REGISTERED,
                        null,
                        Urgency.NORMAL,
                        null,
                        null,
                        List.of(),
                        null,
                        Terms.NONE,
                        null,
                        null,
                        false,
                        0,
                        false,
                        RoundCause.FIRST,
                        null,
                        null,
                        null,
                        0,
                        false,
                        false,
                        null,
                        null,
                        0));
        issue.statusBefore = null;
        return issue;
    }

    void suggest(Suggestion suggestion) {
        department = suggestion.department();
        urgency = suggestion.urgency();
        moveTo(IssueStatus.TRIAGE);
    }

    /** A department takes it on; what is to be answered, and so has no unit, waits for its answer where it is. */
    void accept(Assignment assignment) {
        department = assignment.department();
        leadUnit = assignment.unit();
        coUnits = List.copyOf(assignment.coUnits());
        rectification = assignment.rectification();
        limitDays = assignment.workingDays();
        reportMonths = assignment.reportMonths();
        urgency = assignment.urgency();
        terms = assignment.terms();
        if (leadUnit != null) {
            moveTo(IssueStatus.TO_SIGN);
        }
    }

    /** What the department cannot judge before the reporter has told more. */
    void ask(String what) {
        question = what;
    }

    void takeAnswer() {
        question = null;
    }

    void decline(String byDepartment, Instant at) {
        department = byDepartment;
        end(IssueStatus.DECLINED, at);
    }

    /** It leaves the loop; it counts as open until the confidential handler has dealt with it. */
    void protect() {
        urgency = Urgency.CRITICAL;
        moveTo(IssueStatus.PROTECTED);
    }

    void handle(String outcome, Instant at) {
        answer = outcome;
        closedAt = at;
    }

    void answer(String text, Instant at) {
        answer = text;
        end(IssueStatus.ANSWERED, at);
    }

    /** What was asked or suggested is answered and put right as well. */
    void takeUp(String text, Assignment assignment) {
        answer = text;
        takenUp = true;
        accept(assignment);
    }

    void sign() {
        moveTo(IssueStatus.RECTIFYING);
    }

    /** The unit returns it; {@code suggested} is whose it thinks it is, or null. */
    void returnByUnit(String suggested) {
        suggestedUnit = suggested;
        returns++;
        moveTo(IssueStatus.RETURN_REVIEW);
    }

    void redirect(String unit) {
        give(unit);
        moveTo(IssueStatus.TO_SIGN);
    }

    /** A leader has decided whose it is: the unit signs and cannot return it any more. */
    void settle(String unit) {
        unitFinal = true;
        redirect(unit);
    }

    /** The unit was the wrong one: another signs anew, and has the whole time that the first one had. */
    void changeUnit(String unit) {
        give(unit);
        nextCause = RoundCause.FIRST;
        if (status != IssueStatus.TO_SIGN) {
            moveTo(IssueStatus.TO_SIGN);
        }
    }

    private void give(String unit) {
        suggestedUnit = null;
        leadUnit = unit;
        List<String> others = new ArrayList<>(coUnits);
        others.remove(unit);
        coUnits = List.copyOf(others);
    }

    /** Moved by hand, past the order of the loop. */
    void relocate(IssueStatus step) {
        if (!status.canBeMovedTo(step)) {
            throw new IllegalStateException(facts.number() + " cannot be moved from " + status + " to " + step);
        }
        if (step == IssueStatus.TO_SIGN) {
            nextCause = RoundCause.FIRST;
        } else if (step == IssueStatus.RECTIFYING && round > 0) {
            nextCause = RoundCause.MOVED;
        }
        status = step;
    }

    void withdraw(Instant at) {
        end(IssueStatus.WITHDRAWN, at);
    }

    void merge(String into, Instant at) {
        mergedInto = into;
        end(IssueStatus.MERGED, at);
    }

    /** Opens the next round. */
    Round openRound(Due due, Instant at) {
        round++;
        supervised = nextCause == RoundCause.DISSATISFIED;
        if (supervised && urgency == Urgency.NORMAL) {
            urgency = Urgency.URGENT;
        }
        Round opened = Round.opened(round, nextCause, supervised, leadUnit, at, due);
        nextCause = RoundCause.FAILED;
        takeDueDateOf(opened);
        return opened;
    }

    void takeDueDateOf(Round current) {
        dueDate = current.due().day();
        provisional = current.due().provisional();
    }

    void askForMoreTime() {
        moveTo(IssueStatus.EXTENSION_REVIEW);
    }

    void askToShelve() {
        moveTo(IssueStatus.SHELVING_REVIEW);
    }

    /** On the shelf nothing is due. */
    void shelve() {
        dueDate = null;
        provisional = false;
        moveTo(IssueStatus.SHELVED);
    }

    void addCoUnit(String unit) {
        List<String> all = new ArrayList<>(coUnits);
        all.add(unit);
        coUnits = List.copyOf(all);
    }

    void goOnRectifying() {
        moveTo(IssueStatus.RECTIFYING);
    }

    void submit() {
        moveTo(IssueStatus.VERIFYING);
    }

    void pass() {
        moveTo(facts.reporterKnown() ? IssueStatus.CALLBACK : IssueStatus.APPROVING);
    }

    /** Back to the unit; the next round will say why. */
    void sendBack(RoundCause cause) {
        nextCause = cause;
        moveTo(IssueStatus.RECTIFYING);
    }

    void finishCalls() {
        moveTo(IssueStatus.APPROVING);
    }

    void close(Instant at) {
        end(IssueStatus.CLOSED, at);
    }

    /** Open again: with its unit for another round; what was only answered, with the department. */
    void reopen(RoundCause cause) {
        closedAt = null;
        if (status == IssueStatus.ANSWERED) {
            moveTo(IssueStatus.TRIAGE);
        } else {
            sendBack(cause);
        }
    }

    /** It was closed elsewhere, before it came into this ledger; the loop has no part in it. */
    void takeOverClosed(Assignment assignment, Instant at) {
        department = assignment.department();
        leadUnit = assignment.unit();
        rectification = assignment.rectification();
        limitDays = assignment.workingDays();
        terms = assignment.terms();
        status = IssueStatus.CLOSED;
        closedAt = at;
    }

    /** It came in by an import that was taken back: out of the loop, wherever it stood. */
    void takeBack(Instant at) {
        status = IssueStatus.DECLINED;
        closedAt = at;
    }

    private void end(IssueStatus as, Instant at) {
        closedAt = at;
        moveTo(as);
    }

    private void moveTo(IssueStatus next) {
        if (!status.canTransitionTo(next)) {
            throw new IllegalStateException(facts.number() + " cannot go from " + status + " to " + next);
        }
        status = next;
    }

    /** Takes note that it was written. */
    void written() {
        statusBefore = status;
        coUnitsBefore = coUnits;
        version++;
    }

    /** Whether it is a question that nobody has taken up as something to be put right. */
    boolean isConsultation() {
        return facts.kind() == IssueKind.CONSULTATION && !takenUp;
    }

    /** Whether an answer may be all that it needs. */
    boolean mayBeAnswered() {
        return !takenUp && (isConsultation() || facts.kind() == IssueKind.SUGGESTION);
    }

    IssueFacts facts() {
        return facts;
    }

    String number() {
        return facts.number();
    }

    /** The status when it was last written, null before the first time. */
    IssueStatus statusBefore() {
        return statusBefore;
    }

    IssueStatus status() {
        return status;
    }

    Rectification rectification() {
        return rectification;
    }

    Urgency urgency() {
        return urgency;
    }

    String department() {
        return department;
    }

    String leadUnit() {
        return leadUnit;
    }

    /** Whether they are others than those that were read. */
    boolean coUnitsChanged() {
        return !Set.copyOf(coUnits).equals(Set.copyOf(coUnitsBefore));
    }

    List<String> coUnits() {
        return coUnits;
    }

    /** Every how many months it is reported on; null where the setting says it. */
    Integer reportMonths() {
        return reportMonths;
    }

    Integer limitDays() {
        return limitDays;
    }

    /** What the ledger says of it beside; never null. */
    Terms terms() {
        return terms;
    }

    LocalDate dueDate() {
        return dueDate;
    }

    boolean provisional() {
        return provisional;
    }

    int round() {
        return round;
    }

    boolean supervised() {
        return supervised;
    }

    RoundCause nextCause() {
        return nextCause;
    }

    /** Whose the unit that returned it thinks it is; null when it did not say. */
    String suggestedUnit() {
        return suggestedUnit;
    }

    String answer() {
        return answer;
    }

    Instant closedAt() {
        return closedAt;
    }

    /** How often a unit returned it. */
    int returns() {
        return returns;
    }

    /** Whether a leader has decided whose it is for good. */
    boolean unitFinal() {
        return unitFinal;
    }

    boolean takenUp() {
        return takenUp;
    }

    /** The issue in which it is dealt with; null unless merged. */
    String mergedInto() {
        return mergedInto;
    }

    /** What the reporter is to be asked; null unless that is open. */
    String question() {
        return question;
    }

    int version() {
        return version;
    }
}
