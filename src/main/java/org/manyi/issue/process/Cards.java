package org.manyi.issue.process;

import java.time.LocalDate;
import org.manyi.calendar.WorkingDays;
import org.manyi.issue.Card;
import org.manyi.issue.IssueStatus;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Component;

/**
 * The colour that a round's deadline gives an issue while the unit has not reported: yellow from the last working day before the
 * due day, red from the first working day after it (domain rule B3).
 */
@Component
class Cards {

    private final WorkingDays workingDays;
    private final MovableClock clock;

    Cards(WorkingDays workingDays, MovableClock clock) {
        this.workingDays = workingDays;
        this.clock = clock;
    }

    Card of(IssueStatus status, LocalDate dueDate) {
        if (!status.deadlineRuns() || dueDate == null) {
            return Card.NONE;
        }
        if (dueDate.isBefore(redBefore())) {
            return Card.RED;
        }
        return dueDate.isAfter(yellowUntil()) ? Card.NONE : Card.YELLOW;
    }

    boolean overdue(IssueStatus status, LocalDate dueDate) {
        return status.deadlineRuns() && dueDate != null && dueDate.isBefore(clock.today());
    }

    /** What was due before this day is red: the latest working day that has begun. */
    LocalDate redBefore() {
        LocalDate today = clock.today();
        return workingDays.isWorkingDay(today) ? today : workingDays.previous(today);
    }

    /** What is due up to this day, and not red, is yellow: the next working day. */
    LocalDate yellowUntil() {
        return workingDays.next(clock.today());
    }
}
