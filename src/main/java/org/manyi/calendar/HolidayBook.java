package org.manyi.calendar;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.manyi.calendar.CalendarChange.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The calendar of this node: the files, and over them what was entered on a page. Of several files of a year the newest official notice
 * counts. What another node puts into force is known here within {@link #SECONDS} s.
 */
@Component
class HolidayBook implements SmartInitializingSingleton {

    /** How often a node looks for what another one put into force. */
    static final int SECONDS = 2;

    private static final Logger log = LoggerFactory.getLogger(HolidayBook.class);

    private static final Comparator<HolidayYear> BETTER = Comparator.comparing(
                    (HolidayYear file) -> file.state() == YearState.OFFICIAL)
            .thenComparing(file -> file.state() != YearState.MISSING)
            .thenComparing(HolidayYear::issued);

    private final List<HolidayYear> files;
    private final HolidayYears years;
    private final CalendarStore store;
    private volatile String edition = "";

    HolidayBook(HolidayYears years, CalendarStore store) {
        this.files = List.copyOf(years.files());
        this.years = years;
        this.store = store;
    }

    @Override
    public void afterSingletonsInstantiated() {
        refresh();
    }

    @Scheduled(initialDelay = SECONDS, fixedDelay = SECONDS, timeUnit = TimeUnit.SECONDS)
    void look() {
        if (!store.edition().equals(edition)) {
            refresh();
        }
    }

    /** Takes over what is in force. */
    synchronized void refresh() {
        // Read before the rows: what comes in between is seen at the next look.
        String seen = store.edition();
        years.become(with(List.of()));
        edition = seen;
        log.info("Taken over what was entered of the calendar: {}", seen);
    }

    /**
     * What the calendar would be with these changes besides those in force.
     *
     * @throws IllegalStateException when files contradict one another
     */
    HolidayYears with(Collection<CalendarChange> more) {
        List<CalendarChange> changes = new ArrayList<>(store.inForce());
        changes.addAll(more);
        Map<Integer, HolidayYear> best = new TreeMap<>();
        files.forEach(file -> best.put(file.year(), file));
        for (CalendarChange change : changes) {
            if (change.kind() == Kind.NOTICE) {
                best.merge(
                        change.year(),
                        change.notice(),
                        (before, entered) -> BETTER.compare(entered, before) >= 0 ? entered : before);
            }
        }
        return new HolidayYears(
                best.values(),
                changes.stream()
                        .filter(change -> change.kind() == Kind.DAY)
                        .map(CalendarChange::day)
                        .toList());
    }
}
