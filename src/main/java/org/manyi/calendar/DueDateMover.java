package org.manyi.calendar;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.manyi.calendar.CalendarChanges.Fate;
import org.manyi.calendar.CalendarStore.Counts;
import org.manyi.calendar.CalendarStore.Progress;
import org.manyi.calendar.DueDates.OpenDate;
import org.manyi.shared.MovableClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries what is in force to the open due dates, in batches. A batch and how far it came are one transaction under the lock of the
 * change's row: cut short it has changed nothing, and another node goes on where it stood.
 */
@Component
class DueDateMover {

    /** How often in a row a batch may fail. */
    static final int ATTEMPTS = 5;

    private static final Logger log = LoggerFactory.getLogger(DueDateMover.class);

    private final CalendarStore store;
    private final HolidayBook book;
    private final WorkingDays workingDays;
    private final ObjectProvider<DueDates> rooms;
    private final ApplicationEventPublisher events;
    private final MovableClock clock;
    private final TransactionTemplate transaction;
    private final int batch;

    DueDateMover(
            CalendarStore store,
            HolidayBook book,
            WorkingDays workingDays,
            ObjectProvider<DueDates> rooms,
            ApplicationEventPublisher events,
            MovableClock clock,
            PlatformTransactionManager transactions,
            @Value("${manyi.calendar.due-dates-at-once:50}") int batch) {
        this.store = store;
        this.book = book;
        this.workingDays = workingDays;
        this.rooms = rooms;
        this.events = events;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        this.batch = batch;
    }

    @Scheduled(initialDelay = 5, fixedDelay = 3, timeUnit = TimeUnit.SECONDS)
    void work() {
        for (long change : store.moving(clock.system().instant())) {
            book.look();
            carry(change);
        }
    }

    /**
     * Carries a change to its end. What fails is tried again at the next look, and after some looks in a row not before an
     * administrator asks for it; a database that is away counts as none.
     */
    void carry(long id) {
        try {
            boolean more = true;
            while (more) {
                more = step(id);
            }
        } catch (RuntimeException e) {
            log.error("The due dates of calendar change {} could not be counted again", id, e);
            // The message may quote what somebody typed; the kind of failure never does.
            String failure =
                    NestedExceptionUtils.getMostSpecificCause(e).getClass().getSimpleName();
            transaction.executeWithoutResult(status -> store.failed(id, failure, ATTEMPTS, clock.instant()));
        }
    }

    /** One batch of a change; answers whether there is more to do. */
    boolean step(long id) {
        return Boolean.TRUE.equals(transaction.execute(
                status -> store.lockMoving(id).map(this::batch).orElse(false)));
    }

    /** The rooms that keep due dates, in the order in which they are gone through. */
    List<DueDates> rooms() {
        return rooms.stream().sorted(Comparator.comparing(DueDates::name)).toList();
    }

    private boolean batch(Progress progress) {
        CalendarChange change = progress.change();
        Optional<DueDates> next = rooms().stream()
                .filter(room -> progress.room() == null || room.name().compareTo(progress.room()) >= 0)
                .findFirst();
        if (next.isEmpty()) {
            finish(change);
            return false;
        }
        DueDates room = next.get();
        String after = room.name().equals(progress.room()) ? progress.after() : "";
        List<OpenDate> dates = room.open(notBefore(change), after, batch);
        Recount recount = new Recount(workingDays);
        int moved = 0;
        int settled = 0;
        int stayed = 0;
        for (OpenDate seen : dates) {
            Fate fate = room.lock(seen.key())
                    .map(date -> move(change, room, date, recount))
                    .orElse(Fate.UNCHANGED);
            moved += fate == Fate.LATER ? 1 : 0;
            settled += fate == Fate.SETTLED ? 1 : 0;
            stayed += fate == Fate.EARLIER ? 1 : 0;
        }
        Counts counts = new Counts(dates.size(), moved, settled, stayed);
        if (dates.size() < batch) {
            // The least name after this one's.
            store.advance(change.id(), room.name() + " ", "", counts);
        } else {
            store.advance(change.id(), room.name(), dates.get(dates.size() - 1).key(), counts);
        }
        return true;
    }

    private void finish(CalendarChange change) {
        store.done(change.id(), clock.instant());
        events.publishEvent(new CalendarEvent.DueDatesRecounted(
                clock.instant(),
                change.appliedBy(),
                String.valueOf(change.id()),
                change.moved(),
                change.settled(),
                change.stayed()));
    }

    private Fate move(CalendarChange change, DueDates room, OpenDate date, Recount recount) {
        Due counted = recount.counted(room, date);
        Due given = Recount.given(date.due(), counted);
        if (!given.equals(date.due())) {
            room.move(date, given);
            if (given.day().isAfter(date.due().day())) {
                store.moved(change.id(), room.name(), date, given.day());
            }
            events.publishEvent(new DueDateMoved(
                    clock.instant(),
                    change.appliedBy(),
                    date.caseNumber(),
                    change.id(),
                    room.name(),
                    date.due().day(),
                    given.day(),
                    given.provisional()));
        }
        return Recount.fate(date.due(), counted);
    }

    /** What is due earlier cannot be touched by the change, or is late. */
    LocalDate notBefore(CalendarChange change) {
        LocalDate today = clock.today();
        return change.firstDay().isAfter(today) ? change.firstDay() : today;
    }
}
