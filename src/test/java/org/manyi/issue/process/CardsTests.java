package org.manyi.issue.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.manyi.ManyiTest;
import org.manyi.calendar.WorkingDays;
import org.manyi.issue.Card;
import org.manyi.issue.IssueStatus;
import org.manyi.shared.MovableClock;
import org.springframework.beans.factory.annotation.Autowired;

/** The cards on the days of the calendar's worked examples, round the holidays of 2026. */
@ManyiTest
class CardsTests {

    @Autowired
    private WorkingDays workingDays;

    private Cards on(LocalDate today) {
        MovableClock clock = new MovableClock(
                Clock.fixed(today.atTime(9, 0).atZone(MovableClock.ZONE).toInstant(), MovableClock.ZONE));
        clock.moveTo(Duration.ZERO);
        return new Cards(workingDays, clock);
    }

    @ParameterizedTest(name = "due {0}, on {1}: {2}")
    @CsvSource({
        "2026-02-27, 2026-02-25, NONE",
        "2026-02-27, 2026-02-26, YELLOW",
        "2026-02-27, 2026-02-27, YELLOW",
        "2026-02-27, 2026-02-28, RED",
        "2026-02-24, 2026-02-13, NONE",
        "2026-02-24, 2026-02-14, YELLOW",
        "2026-02-24, 2026-02-18, YELLOW",
        "2026-02-28, 2026-03-01, YELLOW",
        "2026-02-28, 2026-03-02, RED",
        "2026-09-24, 2026-09-23, YELLOW",
        "2026-09-24, 2026-09-26, YELLOW",
        "2026-09-24, 2026-09-28, RED",
        "2026-10-09, 2026-10-07, NONE",
        "2026-10-09, 2026-10-08, YELLOW",
        "2026-10-09, 2026-10-10, RED"
    })
    void turnsWithTheWorkingDays(LocalDate due, LocalDate today, Card card) {
        assertThat(on(today).of(IssueStatus.RECTIFYING, due)).isEqualTo(card);
        assertThat(on(today).of(IssueStatus.EXTENSION_REVIEW, due)).isEqualTo(card);
    }

    @Test
    void onlyARunningRoundHasACard() {
        for (IssueStatus status :
                EnumSet.complementOf(EnumSet.of(IssueStatus.RECTIFYING, IssueStatus.EXTENSION_REVIEW))) {
            assertThat(on(LocalDate.of(2026, 3, 2)).of(status, LocalDate.of(2026, 2, 2)))
                    .as(status.code())
                    .isEqualTo(Card.NONE);
        }
        assertThat(on(LocalDate.of(2026, 3, 2)).of(IssueStatus.RECTIFYING, null))
                .isEqualTo(Card.NONE);
    }

    @Test
    void overdueBeginsWithTheNextCalendarDay() {
        LocalDate due = LocalDate.of(2026, 2, 27);
        assertThat(on(due).overdue(IssueStatus.RECTIFYING, due)).isFalse();
        assertThat(on(due.plusDays(1)).overdue(IssueStatus.RECTIFYING, due)).isTrue();
        assertThat(on(due.plusDays(1)).overdue(IssueStatus.VERIFYING, due)).isFalse();
    }
}
