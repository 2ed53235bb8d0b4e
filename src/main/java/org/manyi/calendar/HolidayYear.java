package org.manyi.calendar;

import java.time.LocalDate;
import java.util.List;

/**
 * What one yearly file says. The year is the notice's: its days may begin in the December before.
 *
 * @param year the notice's year
 * @param imported when the file was made from the notice, null when it does not say
 * @param papers the notices behind the days, never null; empty when there are none yet
 * @param days the days off and the make-up days, never null; empty when nothing is known, which never means "no holidays"
 */
public record HolidayYear(int year, LocalDate imported, List<Paper> papers, List<Day> days) {

    /** Takes what the file leaves out for empty. */
    public HolidayYear {
        papers = papers == null ? List.of() : List.copyOf(papers);
        days = days == null ? List.of() : List.copyOf(days);
    }

    /**
     * A notice.
     *
     * @param title never null
     * @param number its 文号, never null
     * @param issued never null
     * @param url where it was published, null when unknown
     */
    public record Paper(String title, String number, LocalDate issued, String url) {}

    /**
     * A day that differs from the plain week.
     *
     * @param date never null
     * @param name the holiday it belongs to, in the notice's words; several joined by "、"; never null
     * @param off true for a day off, false for a make-up day
     */
    public record Day(LocalDate date, String name, boolean off) {}

    /** How much this file makes known. */
    public YearState state() {
        if (days.isEmpty()) {
            return YearState.MISSING;
        }
        return papers.isEmpty() ? YearState.PROVISIONAL : YearState.OFFICIAL;
    }

    /** When the newest of its notices was issued; the beginning of time where there is none. */
    LocalDate issued() {
        return papers.stream().map(Paper::issued).max(LocalDate::compareTo).orElse(LocalDate.MIN);
    }

    /** The days off on weekdays less the make-up days. */
    int balance() {
        return days.stream()
                .mapToInt(day -> {
                    if (!day.off()) {
                        return -1;
                    }
                    return HolidayFiles.isWeekend(day.date()) ? 0 : 1;
                })
                .sum();
    }
}
