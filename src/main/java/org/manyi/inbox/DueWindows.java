package org.manyi.inbox;

import java.time.Instant;
import java.time.LocalDate;
import java.util.function.UnaryOperator;
import org.manyi.calendar.WorkingDays;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Component;

/** Where the {@linkplain DueWindow windows} begin and end today. */
@Component
class DueWindows {

    private static final int FEW_DAYS = 5;

    private final WorkingDays workingDays;
    private final MovableClock clock;

    DueWindows(WorkingDays workingDays, MovableClock clock) {
        this.workingDays = workingDays;
        this.clock = clock;
    }

    /**
     * A stretch of the instants at which tasks become late.
     *
     * @param after exclusive, null for none
     * @param until inclusive, null for none
     */
    record Range(Instant after, Instant until) {}

    Range of(DueWindow window) {
        return new Range(
                window == DueWindow.LONG ? null : end(DueWindow.values()[window.ordinal() - 1]),
                window == DueWindow.LATER ? null : end(window));
    }

    /** The last instant at which a task of the window becomes late. What is due on a day is late from the next one on. */
    private Instant end(DueWindow window) {
        LocalDate today = clock.today();
        return switch (window) {
            case LONG -> startOf(steps(today, workingDays::previous));
            case LATE -> clock.instant();
            case TODAY -> startOf(today.plusDays(1));
            case NEXT -> startOf(workingDays.next(today).plusDays(1));
            case SOON -> startOf(steps(today, workingDays::next).plusDays(1));
            case LATER -> throw new IllegalArgumentException(window.name());
        };
    }

    private static LocalDate steps(LocalDate from, UnaryOperator<LocalDate> step) {
        LocalDate day = from;
        for (int i = 0; i < FEW_DAYS; i++) {
            day = step.apply(day);
        }
        return day;
    }

    private static Instant startOf(LocalDate day) {
        return day.atStartOfDay(MovableClock.ZONE).toInstant();
    }
}
