package org.manyi.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.manyi.shared.MovableClock;
import org.springframework.stereotype.Service;

@Service
class HolidayWorkingDays implements WorkingDays {

    private final HolidayYears years;
    private final CalendarSettings settings;

    HolidayWorkingDays(HolidayYears years, CalendarSettings settings) {
        this.years = years;
        this.settings = settings;
    }

    @Override
    public boolean isWorkingDay(LocalDate day) {
        return years.listed(day)
                .map(listed -> !listed.off())
                .orElseGet(() -> !HolidayFiles.isWeekend(day) && !years.assumedOff(day));
    }

    @Override
    public boolean isOfficial(int year) {
        return years.state(year) == YearState.OFFICIAL;
    }

    @Override
    public LocalDate receivedOn(Instant at) {
        LocalDateTime local = LocalDateTime.ofInstant(at, MovableClock.ZONE);
        boolean late = local.toLocalTime().isAfter(settings.closeTime());
        return late && settings.lateCountsAsNextDay() ? next(local.toLocalDate()) : local.toLocalDate();
    }

    @Override
    public Due plus(LocalDate received, int workingDays) {
        atLeastOne(workingDays);
        LocalDate day = received;
        for (int counted = 0; counted < workingDays; counted++) {
            day = next(day);
        }
        return new Due(day, null, received, workingDays, crossesUnknown(received, day));
    }

    @Override
    public Due plusHours(Instant received, int hours) {
        atLeastOne(hours);
        Instant at = received.plus(Duration.ofHours(hours));
        return new Due(
                LocalDate.ofInstant(at, MovableClock.ZONE),
                at,
                LocalDate.ofInstant(received, MovableClock.ZONE),
                hours,
                false);
    }

    @Override
    public Due on(LocalDate day, LocalDate from) {
        LocalDate last = isWorkingDay(day) ? day : next(day);
        return new Due(last, null, from, 0, crossesUnknown(day.minusDays(1), last));
    }

    @Override
    public LocalDate next(LocalDate day) {
        LocalDate next = day.plusDays(1);
        while (!isWorkingDay(next)) {
            next = next.plusDays(1);
        }
        return next;
    }

    @Override
    public LocalDate previous(LocalDate day) {
        LocalDate previous = day.minusDays(1);
        while (!isWorkingDay(previous)) {
            previous = previous.minusDays(1);
        }
        return previous;
    }

    @Override
    public int between(LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            return -between(to, from);
        }
        int days = 0;
        for (LocalDate day = from.plusDays(1); !day.isAfter(to); day = day.plusDays(1)) {
            if (isWorkingDay(day)) {
                days++;
            }
        }
        return days;
    }

    /** Whether the days after {@code from} up to {@code to} touch a year without a notice. */
    private boolean crossesUnknown(LocalDate from, LocalDate to) {
        for (int year = from.plusDays(1).getYear(); year <= to.getYear(); year++) {
            if (!isOfficial(year)) {
                return true;
            }
        }
        return false;
    }

    private static void atLeastOne(int amount) {
        if (amount < 1) {
            throw new IllegalArgumentException("A limit is at least 1, not " + amount);
        }
    }
}
