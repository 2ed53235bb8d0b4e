package org.manyi.inbox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.manyi.inbox.UpcomingDeadlines.Deadline;
import org.manyi.security.Accounts;
import org.manyi.security.CurrentUser;
import org.manyi.security.CurrentUsers;
import org.manyi.shared.ConflictException;
import org.manyi.shared.MovableClock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps of each calendar's address no more than the hash, so that a copy of the database opens none. */
@Service
@Transactional
class StoredCalendarFeeds implements CalendarFeeds {

    private static final int MOST = 500;
    private static final int RANDOM_BYTES = 32;
    private static final Duration NOTED_EVERY = Duration.ofHours(1);
    private static final String NOBODY = "";

    private final JdbcClient jdbc;
    private final CurrentUsers users;
    private final Accounts accounts;
    private final DeadlineCalendar calendar;
    private final ObjectProvider<UpcomingDeadlines> deadlines;
    private final MovableClock clock;
    private final ApplicationEventPublisher events;
    private final SecureRandom random = new SecureRandom();

    StoredCalendarFeeds(
            JdbcClient jdbc,
            CurrentUsers users,
            Accounts accounts,
            DeadlineCalendar calendar,
            ObjectProvider<UpcomingDeadlines> deadlines,
            MovableClock clock,
            ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.users = users;
        this.accounts = accounts;
        this.calendar = calendar;
        this.deadlines = deadlines;
        this.clock = clock;
        this.events = events;
    }

    @Override
    @Transactional(readOnly = true)
    public Optional<Feed> find(CurrentUser user) {
        return jdbc.sql("select created_at, last_used_at from inbox_calendar_feed where username = :username")
                .param("username", user.username())
                .query((row, n) -> new Feed(TaskRow.instant(row, "created_at"), TaskRow.instant(row, "last_used_at")))
                .optional();
    }

    @Override
    public String make(CurrentUser user) {
        String token = token();
        try {
            jdbc.sql("""
                            insert into inbox_calendar_feed (username, token_hash, created_at) values (:username, :hash, :now)
                            """)
                    .param("username", user.username())
                    .param("hash", hash(token))
                    .param("now", TaskRow.at(clock.instant()))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new ConflictException(ConflictException.Reason.STALE_VERSION, "inbox.problem.calendarOn");
        }
        events.publishEvent(new CalendarFeedEvent.CalendarFeedMade(clock.instant(), user.username(), user.username()));
        return address(token);
    }

    @Override
    public String renew(CurrentUser user) {
        String token = token();
        int renewed = jdbc.sql("""
                        update inbox_calendar_feed set token_hash = :hash, created_at = :now, last_used_at = null
                        where username = :username
                        """)
                .param("hash", hash(token))
                .param("now", TaskRow.at(clock.instant()))
                .param("username", user.username())
                .update();
        if (renewed == 0) {
            throw new ConflictException(ConflictException.Reason.NOT_ACTIVE, "inbox.problem.calendarOff");
        }
        events.publishEvent(
                new CalendarFeedEvent.CalendarFeedRenewed(clock.instant(), user.username(), user.username()));
        return address(token);
    }

    @Override
    public void turnOff(CurrentUser user) {
        int turnedOff = jdbc.sql("delete from inbox_calendar_feed where username = :username")
                .param("username", user.username())
                .update();
        if (turnedOff > 0) {
            events.publishEvent(
                    new CalendarFeedEvent.CalendarFeedTurnedOff(clock.instant(), user.username(), user.username()));
        }
    }

    @Override
    public Optional<Content> read(String token) {
        String hash = hash(token);
        Optional<String> owner = jdbc.sql("select username from inbox_calendar_feed where token_hash = :hash")
                .param("hash", hash)
                .query(String.class)
                .optional();
        // Asked also where there is no owner, so that a void address takes as long as one whose owner is shut out.
        Optional<CurrentUser> able = users.findAble(owner.orElse(NOBODY));
        able.ifPresent(user -> noteUse(hash));
        return able.map(this::content);
    }

    private void noteUse(String hash) {
        Instant now = clock.instant();
        jdbc.sql("""
                        update inbox_calendar_feed set last_used_at = :now
                        where token_hash = :hash and (last_used_at is null or last_used_at <= :before)
                        """)
                .param("now", TaskRow.at(now))
                .param("hash", hash)
                .param("before", TaskRow.at(now.minus(NOTED_EVERY)))
                .update();
    }

    private Content content(CurrentUser user) {
        LocaleContext before = LocaleContextHolder.getLocaleContext();
        LocaleContextHolder.setLocale(language(user));
        try {
            List<Deadline> soonest = deadlines.stream()
                    .flatMap(some -> some.of(user, MOST).stream())
                    .sorted(Comparator.comparing((Deadline deadline) -> TaskRow.overdueFrom(deadline.due()))
                            .thenComparing(Deadline::id))
                    .limit(MOST)
                    .toList();
            Instant now = clock.instant();
            return new Content(calendar.write(soonest, now), hash(calendar.write(soonest, Instant.EPOCH)));
        } finally {
            LocaleContextHolder.setLocaleContext(before);
        }
    }

    private Locale language(CurrentUser user) {
        return accounts.find(user.username())
                .map(account -> Locale.forLanguageTag(account.locale()))
                .orElse(Locale.SIMPLIFIED_CHINESE);
    }

    private String address(String token) {
        return calendar.address("/calendar/" + token + ".ics");
    }

    private String token() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
