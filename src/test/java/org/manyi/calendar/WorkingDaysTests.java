package org.manyi.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkingDaysTests {

    private static final HolidayYears YEARS = new HolidayFiles(Path.of("none")).load();
    private final WorkingDays days = withLateRule(false);

    private static WorkingDays withLateRule(boolean lateCountsAsNextDay) {
        return new HolidayWorkingDays(YEARS, new CalendarSettings(LocalTime.of(17, 30), lateCountsAsNextDay));
    }

    @ParameterizedTest(name = "{0} + {1} = {2}, yellow on {3}, red on {4}")
    @CsvSource({
        "2026-02-13,  5, 2026-02-27, 2026-02-26, 2026-02-28",
        "2026-02-13,  2, 2026-02-24, 2026-02-14, 2026-02-25",
        "2026-02-14,  5, 2026-02-28, 2026-02-27, 2026-03-02",
        "2026-09-18,  5, 2026-09-24, 2026-09-23, 2026-09-28",
        "2026-09-24,  5, 2026-10-09, 2026-10-08, 2026-10-10",
        "2026-09-30,  5, 2026-10-13, 2026-10-12, 2026-10-14",
        "2026-09-30, 10, 2026-10-20, 2026-10-19, 2026-10-21",
        "2026-04-30,  5, 2026-05-11, 2026-05-09, 2026-05-12",
        "2025-09-26,  5, 2025-10-10, 2025-10-09, 2025-10-11",
        "2025-09-30,  5, 2025-10-14, 2025-10-13, 2025-10-15",
    })
    void aLimitAcrossAHolidayIsDueAndTurnsYellowAndRedOnTheRightDay(
            LocalDate received, int amount, LocalDate due, LocalDate yellow, LocalDate red) {
        assertThat(days.plus(received, amount)).isEqualTo(new Due(due, null, received, amount, false));
        assertThat(days.previous(due)).isEqualTo(yellow);
        assertThat(days.between(yellow, due)).isEqualTo(1);
        assertThat(days.next(due)).isEqualTo(red);
        assertThat(days.between(red, due)).isEqualTo(-1);
    }

    @ParameterizedTest(name = "{0} + {1} = {2}")
    @CsvFileSource(resources = "/calendar/deadlines.csv", numLinesToSkip = 1)
    void twoHundredDeadlinesOfTwoYearsFallOnTheRightDay(
            LocalDate received, int amount, LocalDate due, LocalDate yellow, LocalDate red) {
        assertThat(days.plus(received, amount)).isEqualTo(new Due(due, null, received, amount, false));
        assertThat(days.previous(due)).isEqualTo(yellow);
        assertThat(days.next(due)).isEqualTo(red);
        assertThat(days.between(received, due)).isEqualTo(amount);
    }

    @ParameterizedTest
    @CsvSource({
        "2025, 19 19 21 22 19 20 23 21 23 18 20 23",
        "2026, 21 16 22 21 19 21 23 21 22 18 21 23",
    })
    void everyMonthHasAsManyWorkingDaysAsTheNoticeLeaves(int year, String expected) {
        String counted = IntStream.rangeClosed(1, 12)
                .mapToObj(month -> String.valueOf(workingDaysOf(YearMonth.of(year, month))))
                .collect(java.util.stream.Collectors.joining(" "));

        assertThat(counted).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {2025, 2026})
    void aYearHas248WorkingDaysAndEachIsTheNextOfTheOneBefore(int year) {
        LocalDate first = LocalDate.of(year, 1, 1);
        LocalDate last = LocalDate.of(year, 12, 31);

        assertThat(days.between(first.minusDays(1), last)).isEqualTo(248);
        for (LocalDate day = first; day.isBefore(last.minusDays(1)); day = day.plusDays(1)) {
            LocalDate next = days.next(day);
            assertThat(days.isWorkingDay(next)).isTrue();
            assertThat(days.between(day, next)).isEqualTo(1);
            if (days.isWorkingDay(day)) {
                assertThat(days.previous(next)).isEqualTo(day);
                assertThat(days.between(next, day)).isEqualTo(-1);
            }
        }
    }

    @Test
    void aMakeUpSaturdayIsAWorkingDayAndAListedFridayIsNot() {
        assertThat(days.isWorkingDay(LocalDate.of(2026, 2, 14))).isTrue();
        assertThat(days.isWorkingDay(LocalDate.of(2026, 2, 21))).isFalse();
        assertThat(days.isWorkingDay(LocalDate.of(2026, 9, 25))).isFalse();
        assertThat(days.isWorkingDay(LocalDate.of(2026, 9, 24))).isTrue();
    }

    @Test
    void aLimitThatCrossesIntoAYearWithoutANoticeIsProvisional() {
        assertThat(days.plus(LocalDate.of(2026, 12, 30), 5).provisional()).isTrue();
        assertThat(days.plus(LocalDate.of(2026, 12, 30), 1))
                .isEqualTo(new Due(LocalDate.of(2026, 12, 31), null, LocalDate.of(2026, 12, 30), 1, false));
        assertThat(days.on(LocalDate.of(2027, 3, 1), LocalDate.of(2026, 12, 1)).provisional())
                .isTrue();
    }

    @Test
    void inAYearWithoutANoticeWeekendsAndTheHolidaysOfFixedDateAreOff() {
        assertThat(days.isOfficial(2027)).isFalse();
        assertThat(days.isWorkingDay(LocalDate.of(2027, 1, 1))).isFalse();
        assertThat(days.isWorkingDay(LocalDate.of(2027, 1, 2))).isFalse();
        assertThat(days.isWorkingDay(LocalDate.of(2027, 1, 4))).isTrue();
        assertThat(days.isWorkingDay(LocalDate.of(2028, 5, 2))).isFalse();
        assertThat(days.isWorkingDay(LocalDate.of(2028, 5, 3))).isTrue();
        assertThat(days.isWorkingDay(LocalDate.of(2027, 10, 1))).isFalse();
        assertThat(days.plus(LocalDate.of(2026, 12, 30), 5).day()).isEqualTo(LocalDate.of(2027, 1, 7));
    }

    @Test
    void twentyFourHoursAreClockTimeAcrossAHoliday() {
        Instant received = Instant.parse("2026-02-14T09:20:00Z");

        assertThat(days.plusHours(received, 24))
                .isEqualTo(new Due(
                        LocalDate.of(2026, 2, 15),
                        Instant.parse("2026-02-15T09:20:00Z"),
                        LocalDate.of(2026, 2, 14),
                        24,
                        false));
    }

    @Test
    void hoursThatEndAfterMidnightInShanghaiAreDueOnTheNextDay() {
        Due due = days.plusHours(Instant.parse("2026-03-10T15:30:00Z"), 1);

        assertThat(due.from()).isEqualTo(LocalDate.of(2026, 3, 10));
        assertThat(due.day()).isEqualTo(LocalDate.of(2026, 3, 11));
    }

    @Test
    void aNamedDayThatIsOffMovesToTheNextWorkingDay() {
        LocalDate named = LocalDate.of(2026, 2, 1);

        assertThat(days.on(LocalDate.of(2026, 2, 17), named))
                .isEqualTo(new Due(LocalDate.of(2026, 2, 24), null, named, 0, false));
        assertThat(days.on(LocalDate.of(2026, 2, 14), named).day()).isEqualTo(LocalDate.of(2026, 2, 14));
    }

    @Test
    void whatComesAfterClosingCountsForTheNextWorkingDayOnlyWhereTheBureauHasSetItSo() {
        Instant fridayEvening = Instant.parse("2026-02-13T09:31:00Z");
        Instant closing = Instant.parse("2026-02-13T09:30:00Z");

        assertThat(days.receivedOn(fridayEvening)).isEqualTo(LocalDate.of(2026, 2, 13));
        assertThat(withLateRule(true).receivedOn(fridayEvening)).isEqualTo(LocalDate.of(2026, 2, 14));
        assertThat(withLateRule(true).receivedOn(closing)).isEqualTo(LocalDate.of(2026, 2, 13));
    }

    @Test
    void aDayIsNoWorkingDayAwayFromItself() {
        assertThat(days.between(LocalDate.of(2026, 2, 13), LocalDate.of(2026, 2, 13)))
                .isZero();
    }

    @Test
    void aHolidayAfterTheDueDayLetsNoWorkingDayPass() {
        assertThat(days.between(LocalDate.of(2026, 2, 20), LocalDate.of(2026, 2, 14)))
                .isZero();
    }

    @Test
    void aLimitOfNothingIsRefused() {
        assertThatThrownBy(() -> days.plus(LocalDate.of(2026, 3, 2), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> days.plusHours(Instant.EPOCH, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private long workingDaysOf(YearMonth month) {
        return month.atDay(1)
                .datesUntil(month.atEndOfMonth().plusDays(1))
                .filter(days::isWorkingDay)
                .count();
    }
}
