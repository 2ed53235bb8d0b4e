package org.manyi.calendar;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.manyi.calendar.CalendarChange.Kind;
import org.manyi.calendar.CalendarChange.State;
import org.manyi.calendar.DueDates.OpenDate;
import org.manyi.security.CurrentUser;
import org.manyi.shared.ConflictException;
import org.manyi.shared.Count;
import org.manyi.shared.Cursor;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.Slice;
import org.manyi.shared.ValidationException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@Service
class StoredCalendarChanges implements CalendarChanges {

    /** By then every node has looked for changes at least twice. */
    private static final Duration KNOWN_EVERYWHERE = Duration.ofSeconds(2L * HolidayBook.SECONDS + 1);

    private static final int READ_AT_ONCE = 500;
    private static final int SHORTEST_REASON = 2;
    private static final int LONGEST_REASON = 60;

    private final CalendarStore store;
    private final HolidayBook book;
    private final DueDateMover mover;
    private final WorkingDays workingDays;
    private final CalendarSettings settings;
    private final ApplicationEventPublisher events;
    private final MovableClock clock;
    private final NoticeReader reader = new NoticeReader();

    StoredCalendarChanges(
            CalendarStore store,
            HolidayBook book,
            DueDateMover mover,
            WorkingDays workingDays,
            CalendarSettings settings,
            ApplicationEventPublisher events,
            MovableClock clock) {
        this.store = store;
        this.book = book;
        this.mover = mover;
        this.workingDays = workingDays;
        this.settings = settings;
        this.events = events;
        this.clock = clock;
    }

    @Override
    @Transactional(readOnly = true)
    public List<CalendarChange> latest() {
        return store.latest();
    }

    @Override
    @Transactional(readOnly = true)
    public CalendarChange find(long id) {
        return store.find(id).orElseThrow(NotFoundException::new);
    }

    @Override
    @Transactional
    public CalendarChange enterNotice(byte[] bytes, Source source, CurrentUser user) {
        HolidayYear notice = reader.read(bytes, source, clock.today().getYear());
        return enter(draft(Kind.NOTICE, notice.year(), notice, null, bytes, notice.balance(), user), "file", user);
    }

    @Override
    @Transactional
    public CalendarChange enterDay(LocalDate day, boolean off, String reason, CurrentUser user) {
        LocalDate today = clock.today();
        if (day == null || day.isBefore(today) || day.getYear() > today.getYear() + 1) {
            throw ValidationException.of("day", "range", "calendar.problem.dayRange");
        }
        String text = reason == null ? "" : reason.strip();
        if (text.length() < SHORTEST_REASON) {
            throw ValidationException.of("reason", "tooShort", "shared.field.tooShort", SHORTEST_REASON);
        }
        if (text.length() > LONGEST_REASON) {
            throw ValidationException.of("reason", "tooLong", "shared.field.tooLong", LONGEST_REASON);
        }
        if (workingDays.isWorkingDay(day) != off) {
            throw ValidationException.of("day", "choice", "calendar.problem.alreadySo");
        }
        HolidayYear.Day entered = new HolidayYear.Day(day, text, off);
        byte[] bytes = (day + " " + off + " " + text).getBytes(StandardCharsets.UTF_8);
        return enter(draft(Kind.DAY, day.getYear(), null, entered, bytes, 0, user), "day", user);
    }

    private CalendarChange draft(
            Kind kind, int year, HolidayYear notice, HolidayYear.Day day, byte[] bytes, int balance, CurrentUser user) {
        return new CalendarChange(
                0,
                kind,
                year,
                notice,
                day,
                sha256(bytes),
                balance,
                user.username(),
                clock.instant(),
                State.DRAFT,
                null,
                null,
                null,
                0,
                0,
                0,
                0,
                null,
                null,
                null);
    }

    private CalendarChange enter(CalendarChange draft, String field, CurrentUser user) {
        withChange(draft, field);
        long id = store.insert(draft);
        events.publishEvent(new CalendarEvent.CalendarChangeEntered(
                clock.instant(),
                user.username(),
                String.valueOf(id),
                draft.kind().name(),
                draft.year(),
                draft.fingerprint()));
        return find(id);
    }

    @Override
    @Transactional(readOnly = true)
    public Preview preview(long id, String cursor) {
        CalendarChange change = find(id);
        Cursor after = Cursor.decode(cursor, 3);
        WorkingDays then = withChange(change, "file");
        LocalDate first = firstDay(change.year(), then);
        List<Affected> affected = new ArrayList<>();
        int checked = 0;
        int named = 0;
        if (first != null) {
            LocalDate notBefore = first.isAfter(clock.today()) ? first : clock.today();
            Recount recount = new Recount(then);
            for (DueDates room : mover.rooms()) {
                for (OpenDate date : all(room, notBefore)) {
                    checked++;
                    Due due = date.due();
                    named += due.at() == null && due.amount() == 0 ? 1 : 0;
                    Due counted = recount.counted(room, date);
                    Fate fate = Recount.fate(due, counted);
                    if (fate != Fate.UNCHANGED) {
                        affected.add(new Affected(room.name(), date.key(), date.caseNumber(), due, counted, fate));
                    }
                }
            }
        }
        // What is to be looked at first stands first.
        affected.sort(Comparator.comparingInt((Affected one) -> order(one.fate()))
                .thenComparing(Affected::room)
                .thenComparing(Affected::key));
        List<Affected> rest = affected.stream()
                .filter(one -> after == null || compare(one, after) > 0)
                .limit(Slice.DEFAULT_SIZE + 1L)
                .toList();
        return new Preview(
                checked,
                count(affected, Fate.LATER),
                count(affected, Fate.EARLIER),
                count(affected, Fate.SETTLED),
                named,
                Slice.of(
                        rest,
                        Slice.DEFAULT_SIZE,
                        one -> Cursor.of(order(one.fate()), one.room(), one.key()),
                        Count.ofLimited(affected.size())));
    }

    private static int order(Fate fate) {
        return fate == Fate.EARLIER ? 0 : fate.ordinal() + 1;
    }

    private static int compare(Affected one, Cursor cursor) {
        List<String> parts = cursor.parts();
        int byFate = String.valueOf(order(one.fate())).compareTo(parts.get(0));
        int byRoom = byFate != 0 ? byFate : one.room().compareTo(parts.get(1));
        return byRoom != 0 ? byRoom : one.key().compareTo(parts.get(2));
    }

    private static int count(List<Affected> affected, Fate fate) {
        return (int) affected.stream().filter(one -> one.fate() == fate).count();
    }

    private static List<OpenDate> all(DueDates room, LocalDate notBefore) {
        List<OpenDate> all = new ArrayList<>();
        List<OpenDate> page = room.open(notBefore, "", READ_AT_ONCE);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = page.size() < READ_AT_ONCE
                    ? List.of()
                    : room.open(notBefore, page.get(page.size() - 1).key(), READ_AT_ONCE);
        }
        return all;
    }

    @Override
    @Transactional
    public void apply(long id, CurrentUser user) {
        CalendarChange change = lockDraft(id);
        LocalDate first = firstDay(change.year(), withChange(change, "file"));
        store.apply(
                id,
                first,
                user.username(),
                clock.instant(),
                clock.system().instant().plus(KNOWN_EVERYWHERE));
        events.publishEvent(
                new CalendarEvent.CalendarChangeApplied(clock.instant(), user.username(), String.valueOf(id)));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                if (status == STATUS_COMMITTED) {
                    book.look();
                }
            }
        });
    }

    @Override
    @Transactional
    public void retry(long id, CurrentUser user) {
        if (!store.retry(find(id).id())) {
            throw ConflictException.of(ConflictException.Reason.NOT_ACTIVE);
        }
        events.publishEvent(new CalendarEvent.DueDatesRetried(clock.instant(), user.username(), String.valueOf(id)));
    }

    @Override
    @Transactional
    public void discard(long id, CurrentUser user) {
        lockDraft(id);
        store.discard(id);
        events.publishEvent(
                new CalendarEvent.CalendarChangeDiscarded(clock.instant(), user.username(), String.valueOf(id)));
    }

    private CalendarChange lockDraft(long id) {
        CalendarChange change = store.lock(id).orElseThrow(NotFoundException::new);
        if (change.state() != State.DRAFT) {
            throw ConflictException.of(ConflictException.Reason.NOT_ACTIVE);
        }
        return change;
    }

    private WorkingDays withChange(CalendarChange change, String field) {
        try {
            return new HolidayWorkingDays(book.with(List.of(change)), settings);
        } catch (IllegalStateException e) {
            throw ValidationException.of(field, "choice", "calendar.problem.contradiction");
        }
    }

    /** The first day that a change makes another one, or from which deadlines stop to be provisional; null when there is none. */
    private LocalDate firstDay(int year, WorkingDays then) {
        LocalDate settledFrom = workingDays.isOfficial(year) == then.isOfficial(year) ? null : LocalDate.of(year, 1, 1);
        LocalDate last = LocalDate.of(year + 1, 12, 31);
        for (LocalDate day = LocalDate.of(year - 1, 1, 1); !day.isAfter(last); day = day.plusDays(1)) {
            if (day.equals(settledFrom) || workingDays.isWorkingDay(day) != then.isWorkingDay(day)) {
                return day;
            }
        }
        return null;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
