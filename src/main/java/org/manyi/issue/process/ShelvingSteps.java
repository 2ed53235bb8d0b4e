package org.manyi.issue.process;

import java.util.Date;
import org.manyi.engine.Processes;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Component;

/** What {@code shelving.bpmn} calls; every method is named like its element. */
@Component("shelvingSteps")
public class ShelvingSteps {

    private final IssueStore store;
    private final ShelvingStore shelf;
    private final Shelvings shelvings;
    private final CoHandling coHandling;
    private final Processes processes;

    ShelvingSteps(
            IssueStore store, ShelvingStore shelf, Shelvings shelvings, CoHandling coHandling, Processes processes) {
        this.store = store;
        this.shelf = shelf;
        this.shelvings = shelvings;
        this.coHandling = coHandling;
        this.processes = processes;
    }

    /** Stops the round; one that rests already stays as it is. */
    public void freezeRound(String caseNumber) {
        coHandling.close(caseNumber);
        processes.tell(RectificationRound.ISSUE_SHELVED, caseNumber);
    }

    /** The morning of the review day. */
    public Date reviewDueAt(String caseNumber) {
        return Date.from(
                MovableClock.startOf(shelf.current(caseNumber).orElseThrow().reviewOn()));
    }

    /** Lets the round go on; one that never rested just does. */
    public void resumeRound(String caseNumber) {
        if (processes.tell(RectificationRound.ROUND_RESUMED, caseNumber)) {
            coHandling.open(store.forChange(caseNumber));
        }
    }

    /** Lets the round go on before its review. */
    public void resumeEarly(String caseNumber) {
        resumeRound(caseNumber);
    }

    /** The unit has reported, so that there is nothing left to put on the shelf. */
    public void withdrawShelving(String caseNumber) {
        shelvings.withdraw(caseNumber);
    }
}
