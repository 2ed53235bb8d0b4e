package org.manyi.notification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.manyi.security.CurrentUser;
import org.manyi.shared.Count;
import org.manyi.shared.Cursor;
import org.manyi.shared.MovableClock;
import org.manyi.shared.NotFoundException;
import org.manyi.shared.Slice;
import org.manyi.shared.ValidationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What each person was told, to be read in Manyi; kept for 180 days. */
@Service
public class Notices {

    static final String SELECT = """
            select n.id, n.username, n.kind, n.words, n.case_number, n.task_key, n.title, n.school_code, n.detail, n.path, n.secret,
                n.channel, n.created_at, n.read_at, m.state, m.reason
            from notification_notice n left join mail m on m.unique_key = n.unique_key
            """;

    /** The most that the top bar counts. */
    private static final int MOST = 99;

    private final JdbcClient jdbc;
    private final Hearers hearers;
    private final MovableClock clock;

    Notices(JdbcClient jdbc, Hearers hearers, MovableClock clock) {
        this.jdbc = jdbc;
        this.hearers = hearers;
        this.clock = clock;
    }

    /** By which way something reaches a person besides the notice. */
    public enum Channel {
        /** By a mail at once. */
        MAIL,
        /** By a mail when the quiet hours are over. */
        QUIET,
        /** With the next daily reminder. */
        DIGEST,
        /** A daily reminder has said it. */
        DIGESTED,
        /** Not any more: it was over before a daily reminder said it. */
        DROPPED,
        /** By none: the person has switched it off. */
        OFF;

        /** The name in the database and message keys; never null. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A notice about to be written. */
    record NewNotice(String key, String username, NewsKind kind, Teller.Told told, Channel channel) {}

    /**
     * A notice.
     *
     * @param username whose, never null
     * @param words the tail of the key {@code notification.notice.<words>}, never null
     * @param caseNumber null when it is about none, and of a protected matter
     * @param taskKey null when it is about no step
     * @param title null of a protected matter and of a case that the person may not see any more
     * @param schoolCode null when it is about none
     * @param detail a code that the words are told with, null for none
     * @param path where it leads, never null
     * @param secret whether it is of a protected matter
     * @param mailState where its mail stands, null where none was written
     * @param mailReason why its mail is not sent, or not yet; null otherwise
     * @param at business time, never null
     * @param read whether it was read
     */
    public record Kept(
            long id,
            String username,
            String kind,
            String words,
            String caseNumber,
            String taskKey,
            String title,
            String schoolCode,
            String detail,
            String path,
            boolean secret,
            Channel channel,
            String mailState,
            String mailReason,
            Instant at,
            boolean read) {

        /** The same without what it is about in words. */
        Kept withoutTitle() {
            return new Kept(
                    id,
                    username,
                    kind,
                    words,
                    secret ? null : caseNumber,
                    taskKey,
                    null,
                    secret ? null : schoolCode,
                    detail,
                    path,
                    secret,
                    channel,
                    mailState,
                    mailReason,
                    at,
                    read);
        }

        private Kept hidden() {
            return new Kept(
                    id,
                    username,
                    kind,
                    words,
                    null,
                    taskKey,
                    null,
                    null,
                    detail,
                    path,
                    true,
                    channel,
                    mailState,
                    mailReason,
                    at,
                    read);
        }
    }

    /**
     * A page of the person's notices, the newest first.
     *
     * @param unreadOnly whether read ones are left out
     * @param cursor null for the first page
     * @param size 1 to 100
     */
    public Slice<Kept> list(boolean unreadOnly, String cursor, int size, CurrentUser user) {
        List<Kept> rows = jdbc.sql(SELECT + " where n.username = :me and n.id < :before"
                        + (unreadOnly ? " and n.read_at is null" : "") + " order by n.id desc fetch first :n rows only")
                .param("me", user.username())
                .param("before", before(cursor))
                .param("n", size + 1)
                .query(Notices::kept)
                .list();
        return visible(Slice.of(rows, size, row -> Cursor.of(row.id()), count(unreadOnly, user)));
    }

    /** How many the person has not read, counted up to 99. */
    public Count unread(CurrentUser user) {
        long counted = jdbc.sql("select count(*) from (select 1 as one from notification_notice"
                        + " where username = :me and read_at is null fetch first :n rows only) as found")
                .param("me", user.username())
                .param("n", MOST + 1)
                .query(Long.class)
                .single();
        return counted > MOST ? new Count(MOST, true) : new Count(counted, false);
    }

    /**
     * Marks one as read.
     *
     * @return where it leads, never null
     * @throws NotFoundException when the person has none of this id
     */
    @Transactional
    public String read(long id, CurrentUser user) {
        String path = jdbc.sql("select path from notification_notice where id = :id and username = :me")
                .param("id", id)
                .param("me", user.username())
                .query(String.class)
                .optional()
                .orElseThrow(NotFoundException::new);
        jdbc.sql("update notification_notice set read_at = :now where id = :id and read_at is null")
                .param("id", id)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
        return path;
    }

    /** Marks all as read; answers how many were not. */
    @Transactional
    public int readAll(CurrentUser user) {
        return jdbc.sql("update notification_notice set read_at = :now where username = :me and read_at is null")
                .param("me", user.username())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private Count count(boolean unreadOnly, CurrentUser user) {
        return Count.ofLimited(
                jdbc.sql("select count(*) from (select 1 as one from notification_notice where username = :me"
                                + (unreadOnly ? " and read_at is null" : "") + " fetch first :n rows only) as found")
                        .param("me", user.username())
                        .param("n", Count.CAP + 1)
                        .query(Long.class)
                        .single());
    }

    /** Without a word of what has been hidden from its reader since. */
    private Slice<Kept> visible(Slice<Kept> page) {
        Set<String> cases = new HashSet<>();
        page.items().stream().filter(row -> row.caseNumber() != null).forEach(row -> cases.add(row.caseNumber()));
        Set<String> restricted = hearers.restricted(cases);
        return page.map(row -> !row.secret()
                        && (!restricted.contains(row.caseNumber()) || hearers.maySee(row.username(), row.caseNumber()))
                ? row
                : row.hidden());
    }

    static Kept kept(ResultSet rs, int row) throws SQLException {
        Timestamp at = rs.getTimestamp("created_at");
        return new Kept(
                rs.getLong("id"),
                rs.getString("username"),
                rs.getString("kind"),
                rs.getString("words"),
                rs.getString("case_number"),
                rs.getString("task_key"),
                rs.getString("title"),
                rs.getString("school_code"),
                rs.getString("detail"),
                rs.getString("path"),
                rs.getBoolean("secret"),
                Channel.valueOf(rs.getString("channel").toUpperCase(Locale.ROOT)),
                rs.getString("state"),
                rs.getString("reason"),
                at.toInstant(),
                rs.getTimestamp("read_at") != null);
    }

    static long before(String cursor) {
        Cursor from = Cursor.decode(cursor, 1);
        try {
            return from == null ? Long.MAX_VALUE : Long.parseLong(from.parts().get(0));
        } catch (NumberFormatException e) {
            throw ValidationException.of("cursor", "malformed", "shared.problem.cursor");
        }
    }
}
